//! Where the servers of a test run are. Only `cargo xtask test` starts them; without it their tests fail.
use std::{env, path::PathBuf};

/// The database `postgres` as a superuser, on a server that is this run's own.
///
/// # Panics
///
/// Outside of `cargo xtask test`.
pub fn postgres_url() -> String {
    of_the_run("TEST_POSTGRES_URL")
}

/// An SMTP server that keeps what it accepts, and fails where a recipient asks for it.
#[derive(Debug, Clone)]
pub struct SmtpServer {
    /// Stands in its certificate.
    pub host: String,
    /// Plain at first; STARTTLS and then AUTH are required.
    pub starttls_port: u16,
    /// TLS from the first byte; AUTH is required.
    pub tls_port: u16,
    /// The certificate, PEM, of the CA that signed the server's.
    pub ca: PathBuf,
    /// The only one who may send.
    pub user: String,
    /// Of that user.
    pub password: String,
    /// `NUMBER.eml`, then `NUMBER.json` with its envelope, of every mail of every test.
    pub mails: PathBuf,
}

impl SmtpServer {
    /// # Panics
    ///
    /// Outside of `cargo xtask test`.
    pub fn of_the_run() -> Self {
        Self {
            host: of_the_run("TEST_SMTP_HOST"),
            starttls_port: port_of_the_run("TEST_SMTP_STARTTLS_PORT"),
            tls_port: port_of_the_run("TEST_SMTP_TLS_PORT"),
            ca: of_the_run("TEST_SMTP_CA").into(),
            user: of_the_run("TEST_SMTP_USER"),
            password: of_the_run("TEST_SMTP_PASSWORD"),
            mails: of_the_run("TEST_SMTP_MAILS").into(),
        }
    }
}

fn port_of_the_run(variable: &str) -> u16 {
    let port = of_the_run(variable);
    port.parse().unwrap_or_else(|error| panic!("{variable}={port}: {error}"))
}

fn of_the_run(variable: &str) -> String {
    env::var(variable).unwrap_or_else(|_| panic!("{variable} is missing: run `cargo xtask test`"))
}
