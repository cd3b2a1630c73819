//! A process that is measured: what it spent and what it holds is what Linux says of it.
use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use nix::{
    sys::signal::{Signal, kill},
    unistd::{Pid, SysconfVar, sysconf},
};
use registration_domain::secret::Secret;
use sea_orm::{ConnectionTrait, Database};
use tokio::time::{Instant, sleep};

use crate::client::{Connection, Request};

/// How the server is started, each time alike.
pub(crate) struct Program {
    path: PathBuf,
    arguments: Vec<String>,
    log: PathBuf,
}

pub(crate) struct Server {
    child: Child,
    said: BufReader<ChildStdout>,
    address: SocketAddr,
}

/// One that answers for itself, or one with all that it started.
pub(crate) struct Process {
    id: u32,
    with_children: bool,
}

impl Server {
    pub(crate) fn program(path: &Path, folder: &Path, database: &str) -> Program {
        let mails = format!("file:{}", folder.join("mails").display());
        let keyring = folder.join("keyring").display().to_string();
        let arguments = [
            ["--listen", "127.0.0.1:0"],
            ["--database-url", database],
            ["--key-file", &keyring],
            ["--mail-url", &mails],
        ];
        Program {
            path: path.to_owned(),
            arguments: arguments.concat().into_iter().map(str::to_owned).collect(),
            log: folder.join("server.log"),
        }
    }

    pub(crate) fn start(program: &Program) -> Result<Self> {
        Self::start_with(program, &[])
    }
    /// The same, told something by its environment.
    pub(crate) fn start_with(program: &Program, environment: &[(&str, &str)]) -> Result<Self> {
        let log = File::options().create(true).append(true).open(&program.log)?;
        let mut command = Command::new(&program.path);
        command
            .args(&program.arguments)
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log);
        let mut child = command.spawn().context("the server does not start")?;
        let said = BufReader::new(child.stdout.take().context("it was piped")?);
        let mut server = Self { child, said, address: SocketAddr::from(([127, 0, 0, 1], 0)) };
        server.address = server.line("listening http://")?.parse()?;
        Ok(server)
    }

    /// The rest of a printed line that begins with these words.
    fn line(&mut self, words: &str) -> Result<String> {
        let mut line = String::new();
        while self.said.read_line(&mut line)? > 0 {
            if let Some(rest) = line.trim_end().strip_prefix(words) {
                return Ok(rest.to_owned());
            }
            line.clear();
        }
        bail!("the server ended without a word of {words:?}")
    }

    /// The same, with the time until it answered that it can work.
    pub(crate) async fn start_and_ask(program: &Program) -> Result<(Self, Duration)> {
        let began = Instant::now();
        let server = Self::start(program)?;
        let ask = Request { method: "GET", path: "/readyz".to_owned(), token: None, body: None };
        Connection::open(server.address).await?.send(&ask).await?.expect(200)?;
        Ok((server, began.elapsed()))
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
    /// Of the link that founds a platform that nobody founded.
    pub(crate) fn setup_token(&mut self) -> Result<Secret> {
        let link = self.line("setup ")?;
        link.rsplit('/').next().map(Secret::new).context("a setup link ends in its token")
    }
    pub(crate) fn process(&self) -> Process {
        Process { id: self.child.id(), with_children: false }
    }

    pub(crate) fn stop(mut self) -> Result<()> {
        kill(Pid::from_raw(i32::try_from(self.child.id())?), Signal::SIGTERM)?;
        let status = self.child.wait()?;
        ensure!(status.success(), "the server ended with {status}");
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // After `stop` there is nobody left to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    /// PostgreSQL with all its processes; nothing where the database is a library in the server.
    pub(crate) async fn of_database(url: &str) -> Result<Option<Self>> {
        if url.starts_with("sqlite:") {
            return Ok(None);
        }
        let connection = Database::connect(url).await?;
        let row = connection.query_one_raw(crate::copy::raw(&connection, "SELECT pg_backend_pid()")).await?;
        let backend: i32 = row.context("PostgreSQL knows its processes")?.try_get_by_index(0)?;
        let (parent, _) = read(u32::try_from(backend)?)?;
        Ok(Some(Self { id: parent, with_children: true }))
    }

    /// Processor time until now. Of a child that ended in between, its parent tells.
    pub(crate) fn spent(&self) -> Result<Duration> {
        let (_, mut ticks) = read(self.id)?;
        if self.with_children {
            for entry in fs::read_dir("/proc")?.flatten() {
                let id = entry.file_name().to_str().and_then(|it| it.parse().ok());
                // It may end while we look.
                let found = id.and_then(|id| read(id).ok());
                ticks += found.filter(|(parent, _)| *parent == self.id).map_or(0, |(_, ticks)| ticks);
            }
        }
        let per_second = sysconf(SysconfVar::CLK_TCK)?.context("ticks have a length")?;
        Ok(Duration::from_millis(ticks * 1000 / u64::try_from(per_second)?))
    }

    pub(crate) fn memory(&self) -> Result<String> {
        self.status("VmRSS:")
    }
    pub(crate) fn memory_peak(&self) -> Result<String> {
        self.status("VmHWM:")
    }

    /// In MiB.
    fn status(&self, line: &str) -> Result<String> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id))?;
        let found = status.lines().find_map(|it| it.strip_prefix(line));
        let kib: u64 = found.and_then(|it| it.trim().strip_suffix(" kB")).context("no memory")?.parse()?;
        Ok(format!("{} MiB", kib.div_ceil(1024)))
    }
}

/// The parent of a process, and the ticks that it and its ended children spent.
fn read(id: u32) -> Result<(u32, u64)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat"))?;
    // The name before it may hold anything.
    let (_, rest) = stat.rsplit_once(") ").context("a line of another form")?;
    let fields = rest.split(' ').collect::<Vec<_>>();
    let field = |index: usize| fields.get(index).context("too few fields");
    let parent = field(1)?.parse()?;
    let ticks = (11..=14).map(|index| anyhow::Ok(field(index)?.parse::<u64>()?)).sum::<Result<u64>>()?;
    Ok((parent, ticks))
}

/// Returns once there is nothing left to do, mails above all, or after a while: what was caused before is not to
/// be counted to what comes next.
pub(crate) async fn quiet(server: &Process, database: Option<&Process>) -> Result<()> {
    const LOOK: Duration = Duration::from_millis(500);
    const LITTLE: Duration = Duration::from_millis(25);
    let spent = || anyhow::Ok(server.spent()? + database.map_or(Ok(Duration::ZERO), Process::spent)?);
    for _ in 0..120 {
        let before = spent()?;
        sleep(LOOK).await;
        if spent()?.saturating_sub(before) <= LITTLE {
            break;
        }
    }
    Ok(())
}
