//! A private PostgreSQL on loopback: for tests as fast as one that nobody misses after a power cut.
use std::{
    fs::{self, File},
    net::TcpListener,
    os::unix::fs::{PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use nix::{
    sys::signal::{Signal, kill},
    unistd::{Pid, User},
};
use tempfile::TempDir;

use crate::{interrupt, say::say, tool};

pub(crate) fn command() -> Result<()> {
    let postgres = Postgres::start()?;
    say(format_args!("{URL}={}", postgres.url()));
    say("Ctrl-C stops it and removes its data");
    interrupt::wait();
    Ok(())
}

pub(crate) const URL: &str = "TEST_POSTGRES_URL";

/// Somebody else may take the port between our look and the server's bind.
const ATTEMPTS: u8 = 3;
/// How often a starting server is asked, and how long it waits in between: 30 seconds in all.
const LOOKS: u16 = 600;
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

pub(crate) struct Postgres {
    server: Child,
    port: u16,
    // Last, so that the files go after the server.
    directory: TempDir,
}

/// What becomes of a commit in a power cut.
#[derive(Clone, Copy)]
pub(crate) enum Durability {
    /// It survives, and waits for the disk: PostgreSQL's own defaults.
    Kept,
    /// Nobody would miss it.
    Lost,
}

impl Postgres {
    /// For tests.
    pub(crate) fn start() -> Result<Self> {
        Self::start_with(Durability::Lost)
    }

    pub(crate) fn start_with(durability: Durability) -> Result<Self> {
        tool::require(&[tool::POSTGRES, tool::SETPRIV])?;
        let binaries = binaries()?;
        let mut attempt = 1;
        loop {
            interrupt::refuse_when_asked()?;
            match Self::try_start(&binaries, durability) {
                Err(error) if attempt == ATTEMPTS => return Err(error),
                Err(_) => attempt += 1,
                started => return started,
            }
        }
    }

    /// The database `postgres`, as the superuser `app`, without a password.
    pub(crate) fn url(&self) -> String {
        format!("postgres://app@127.0.0.1:{}/postgres", self.port)
    }

    fn try_start(binaries: &Path, durability: Durability) -> Result<Self> {
        let directory = private_directory()?;
        let data = directory.path().join("data");
        tool::quietly(as_owner(directory.path(), &binaries.join("initdb")).arg("-D").arg(&data).args([
            "-U",
            "app",
            "--auth=trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = File::create(directory.path().join("log"))?;
        let mut server = as_owner(directory.path(), &binaries.join("postgres"));
        server.arg("-D").arg(&data).args(["-p", &port.to_string()]);
        server.arg("-c").arg(format!("unix_socket_directories={}", directory.path().display()));
        for setting in
            ["listen_addresses=127.0.0.1", "max_connections=300"].iter().chain(durability.settings())
        {
            server.args(["-c", setting]);
        }
        own_group(&mut server);
        let server = server.stdout(log.try_clone()?).stderr(log).spawn().context("cannot start setpriv")?;
        let mut postgres = Self { server, port, directory };
        postgres.wait_until_ready(binaries)?;
        Ok(postgres)
    }

    fn wait_until_ready(&mut self, binaries: &Path) -> Result<()> {
        let mut ask = Command::new(binaries.join("pg_isready"));
        ask.args(["-q", "-h", "127.0.0.1", "-U", "app", "-d", "postgres", "-p", &self.port.to_string()]);
        for _ in 0..LOOKS {
            interrupt::refuse_when_asked()?;
            if self.server.try_wait()?.is_some() {
                break;
            }
            if tool::quietly(&mut ask).is_ok() {
                return Ok(());
            }
            thread::sleep(BETWEEN_LOOKS);
        }
        let log = fs::read_to_string(self.directory.path().join("log")).unwrap_or_default();
        bail!("PostgreSQL does not start:\n{log}")
    }
}

impl Durability {
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Kept => &[],
            Self::Lost => &["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
        }
    }
}

impl Drop for Postgres {
    /// SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
    fn drop(&mut self) {
        if let (Ok(None), Ok(pid)) = (self.server.try_wait(), i32::try_from(self.server.id())) {
            let _ = kill(Pid::from_raw(pid), Signal::SIGINT);
            let _ = self.server.wait();
        }
    }
}

/// The newest of Debian's, whatever else is in the path: theirs is a known build with its contrib modules.
pub(crate) fn binaries() -> Result<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").context("PostgreSQL is not installed")?;
    versions
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .filter(|bin| ["initdb", "postgres", "pg_isready"].iter().all(|program| bin.join(program).is_file()))
        .max_by_key(|bin| major(bin))
        .context("PostgreSQL's server is not installed")
}

fn major(bin: &Path) -> Option<u32> {
    bin.parent()?.file_name()?.to_str()?.parse().ok()
}

fn private_directory() -> Result<TempDir> {
    let directory = tempfile::Builder::new()
        .prefix("registration-postgres-")
        .permissions(fs::Permissions::from_mode(0o700))
        .tempdir()?;
    if tool::is_root() {
        let owner = User::from_name("postgres")?.context("there is no user postgres")?;
        chown(directory.path(), Some(owner.uid.as_raw()), Some(owner.gid.as_raw()))?;
    }
    Ok(directory)
}

/// PostgreSQL refuses to run as root.
fn as_owner(directory: &Path, program: &Path) -> Command {
    let mut command = tool::bound_to_us("INT");
    if tool::is_root() {
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
    }
    command.arg(program).current_dir(directory).env("HOME", directory);
    command
}

/// Ctrl-C in a terminal reaches a whole group; servers outlive the tests that it ends.
pub(crate) fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}
