//! The servers of a run keep what `test.rs` and `smtp_sink.py` promise; other implementations' clients ask them.
use std::{env, process::Command};

#[test]
fn postgresql_takes_many_connections() {
    assert_eq!(psql("show max_connections"), "300");
}

#[test]
fn postgresql_lets_tests_make_databases() {
    assert_eq!(psql("select usename from pg_user where usesuper and usename = current_user"), "app");
    assert_eq!(psql("show server_encoding"), "UTF8");
}

#[test]
fn a_mail_by_starttls_is_kept() {
    check("kept_by_starttls");
}

#[test]
fn a_mail_by_tls_is_kept() {
    check("kept_by_tls");
}

#[test]
fn a_mail_without_tls_is_refused() {
    check("no_mail_without_tls");
}

#[test]
fn a_mail_without_a_login_is_refused() {
    check("no_mail_without_login");
}

#[test]
fn a_login_with_another_password_is_refused() {
    check("no_login_with_another_password");
}

#[test]
fn recipients_ask_for_refusals() {
    check("refusals");
}

#[test]
fn a_recipient_asks_for_one_cut_after_data() {
    check("cut_after_data_once");
}

#[test]
fn a_recipient_asks_for_a_server_that_hangs() {
    check("hang");
}

fn psql(query: &str) -> String {
    run(Command::new("psql").arg(of_the_run("TEST_POSTGRES_URL")).args(["-Atc", query]))
}

/// A function of `smtp_check.py`.
fn check(promise: &str) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp_check.py");
    of_the_run("TEST_SMTP_HOST");
    run(Command::new("python3").args([script, promise]));
}

fn of_the_run(variable: &str) -> String {
    env::var(variable).unwrap_or_else(|_| panic!("{variable} is missing: run `cargo xtask test`"))
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said.trim().to_owned()
}
