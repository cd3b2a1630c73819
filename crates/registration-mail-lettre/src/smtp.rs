//! Each step with a server has an end: what it refuses is refused, and all else is tried again.
mod reply;

use std::{sync::Mutex, sync::PoisonError, time::Duration};

use lettre::transport::smtp::{
    Error,
    authentication::{Credentials, Mechanism},
    client::{AsyncSmtpConnection, Certificate, TlsParameters},
    extension::ClientId,
};
use registration_domain::port::MailerError;
use tokio::time::{Instant, timeout};

use crate::{
    destination::{Protection, Server},
    mime::WrittenMail,
    settings::{MailSettings, UnusableMail},
};

/// A server, and the connections to it that are open and idle.
///
/// Not the transport of lettre, whose time-out ends with the connection: after it a server could keep us for
/// ever. Also, here it is known whether a server refused a mail or refused us.
pub(crate) struct Smtp {
    server: Server,
    tls: Option<TlsParameters>,
    hello: ClientId,
    connect_timeout: Duration,
    send_timeout: Duration,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
}

/// Servers end connections that say nothing for longer.
const KEPT_IDLE: Duration = Duration::from_mins(1);
/// As many as are used at a time, more or less.
const MAX_IDLE: usize = 8;

impl Smtp {
    pub(crate) fn new(
        server: Server,
        settings: &MailSettings,
        trusted: &[Certificate],
    ) -> Result<Self, UnusableMail> {
        let tls = match server.protection {
            Protection::StartTls | Protection::Tls => Some(tls(&server.host, trusted)?),
            Protection::Plain => None,
        };
        Ok(Self {
            server,
            tls,
            hello: ClientId::default(),
            connect_timeout: settings.connect_timeout,
            send_timeout: settings.send_timeout,
            idle: Mutex::default(),
        })
    }

    pub(crate) async fn send(&self, mail: &WrittenMail) -> Result<String, MailerError> {
        let mut connection = self.connection().await?;
        match timeout(self.send_timeout, connection.send(&mail.envelope, &mail.bytes)).await {
            Ok(Ok(response)) => {
                self.keep(connection);
                Ok(reply::accepted(&response))
            }
            Ok(Err(error)) => Err(reply::to_a_mail(&error)),
            Err(_) => Err(too_late("take the mail", self.send_timeout)),
        }
    }

    /// One that was kept and still answers, or a new one.
    async fn connection(&self) -> Result<AsyncSmtpConnection, MailerError> {
        while let Some(Idle { mut connection, since }) = self.take_idle() {
            let is_usable = since.elapsed() < KEPT_IDLE
                && timeout(self.connect_timeout, connection.test_connected()).await.unwrap_or(false);
            if is_usable {
                return Ok(connection);
            }
        }
        match timeout(self.connect_timeout, self.open()).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(error)) => Err(reply::to_us(&error)),
            Err(_) => Err(too_late("let us in", self.connect_timeout)),
        }
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, Error> {
        let address = (self.server.host.as_str(), self.server.port);
        let from_the_start = match self.server.protection {
            Protection::Tls => self.tls.clone(),
            Protection::StartTls | Protection::Plain => None,
        };
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, None, &self.hello, from_the_start, None).await?;
        if let (Protection::StartTls, Some(tls)) = (self.server.protection, &self.tls) {
            connection.starttls(tls.clone(), &self.hello).await?;
        }
        if let Some(login) = &self.server.login {
            let credentials = Credentials::new(login.user.clone(), login.password.expose().to_owned());
            connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await?;
        }
        Ok(connection)
    }

    fn take_idle(&self) -> Option<Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE && !connection.has_broken() {
            idle.push(Idle { connection, since: Instant::now() });
        }
    }
}

fn tls(host: &str, trusted: &[Certificate]) -> Result<TlsParameters, UnusableMail> {
    let builder = trusted.iter().cloned().fold(
        TlsParameters::builder(host.to_owned()),
        lettre::transport::smtp::client::TlsParametersBuilder::add_root_certificate,
    );
    builder.build_rustls().map_err(|error| UnusableMail::Tls(error.into()))
}

fn too_late(what: &str, after: Duration) -> MailerError {
    MailerError::NotNow(format!("the server did not {what} within {after:?}"))
}
