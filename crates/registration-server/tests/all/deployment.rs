//! One or several processes on one database, as they are run in production but for the size.
use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use registration_testkit::servers::{SmtpServer, postgres_url};
use sea_orm::{ConnectionTrait, Database};
use tempfile::TempDir;

use super::{client::Client, mails::Mails, server::Server};

pub(crate) struct Deployment {
    // Before the folder, so that the processes end before their files go.
    pub(crate) servers: Vec<Server>,
    pub(crate) client: Client,
    pub(crate) mails: Mails,
    pub(crate) folder: TempDir,
    arguments: Vec<String>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum On {
    Sqlite,
    Postgres,
}

/// Cheap hashes, which only loopback may have, and no limit that a test would meet by its haste.
const CONFIGURATION: &str =
    "[password_hash]\nm = 8\nt = 1\n[limits]\nmails_an_hour = 1000\nmails_a_day = 1000\n";

impl Deployment {
    /// With the development mailbox.
    pub(crate) fn start(on: On, processes: usize) -> Self {
        Self::start_with(on, processes, &[])
    }
    pub(crate) fn start_with(on: On, processes: usize, more: &[&str]) -> Self {
        let folder = folder(CONFIGURATION);
        let mut arguments = database(on, folder.path());
        arguments.extend(more.iter().map(ToString::to_string));
        let (servers, client) = processes_of(folder.path(), processes, &arguments);
        Self { servers, mails: Mails::Mailbox(client.clone()), client, folder, arguments }
    }
    /// With a real mail server.
    pub(crate) fn start_with_smtp(on: On, processes: usize, more: &[&str]) -> Self {
        let smtp = SmtpServer::of_the_run();
        let folder = folder(&format!("{CONFIGURATION}[mail]\nca_file = '{}'\n", smtp.ca.display()));
        let mut arguments = database(on, folder.path());
        let password = smtp.password.replace(' ', "%20");
        let url = format!("smtp://{}:{password}@{}:{}", smtp.user, smtp.host, smtp.starttls_port);
        arguments.extend(["--mail-url".to_owned(), url]);
        arguments.extend(more.iter().map(ToString::to_string));
        let (servers, client) = processes_of(folder.path(), processes, &arguments);
        Self { servers, client, mails: Mails::Sink(smtp.mails), folder, arguments }
    }
    /// The first process once more, after its end; elsewhere than the clients know.
    pub(crate) fn start_again(&mut self) {
        let arguments: Vec<_> = self.arguments.iter().map(String::as_str).collect();
        self.servers[0] = Server::start(self.folder.path(), "server-again", &arguments);
    }
    /// As a database client takes it.
    pub(crate) fn database_url(&self) -> String {
        let named = self.arguments.iter().skip_while(|it| *it != "--database-url").nth(1);
        let file = || format!("sqlite:{}", self.folder.path().join("data/registration.db").display());
        named.cloned().unwrap_or_else(file)
    }
    pub(crate) fn keyring(&self) -> PathBuf {
        let beside = self.folder.path().join("keyring");
        if beside.exists() { beside } else { self.folder.path().join("data/registration.keyring") }
    }

    pub(crate) fn setup_token(&mut self) -> String {
        self.servers[0].setup_token()
    }
}

/// All at once, as an orchestrator starts replicas.
fn processes_of(folder: &Path, processes: usize, arguments: &[String]) -> (Vec<Server>, Client) {
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let mut servers: Vec<_> = std::thread::scope(|scope| {
        let start = |number| {
            let arguments = &arguments;
            scope.spawn(move || Server::start(folder, &format!("server-{number}"), arguments))
        };
        let started: Vec<_> = (0..processes).map(start).collect();
        started.into_iter().map(|it| it.join().expect("it starts")).collect()
    });
    let client = Client::new(servers.iter_mut().map(Server::url).collect());
    (servers, client)
}

pub(crate) fn folder(configuration: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("registration.toml"), configuration).expect("a file");
    folder
}

fn database(on: On, folder: &Path) -> Vec<String> {
    let mut arguments = vec!["--config".to_owned(), "registration.toml".to_owned()];
    if let On::Postgres = on {
        arguments.extend(["--database-url".to_owned(), fresh_postgres_database()]);
        arguments.extend(["--key-file".to_owned(), folder.join("keyring").display().to_string()]);
    }
    arguments
}

/// A database of the test's own, on the run's server.
pub(crate) fn fresh_postgres_database() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("server_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let server = Database::connect(postgres_url()).await.expect("the run's server answers");
        server.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a new database");
        server.close().await.expect("it was open");
    });
    let (server, _) = postgres_url()
        .rsplit_once('/')
        .map(|(server, name)| (server.to_owned(), name.to_owned()))
        .expect("a URL");
    format!("{server}/{name}")
}
