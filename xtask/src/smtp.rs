//! An SMTP server with TLS, AUTH and the faults of real ones, that keeps what it accepts as files.
use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tempfile::TempDir;

use crate::{certificate, interrupt, postgres::own_group, say::say, tool, workspace::Workspace};

pub(crate) fn command(workspace: &Workspace) -> Result<()> {
    let smtp = Smtp::start(workspace)?;
    for (name, value) in smtp.environment() {
        say(format_args!("{name}={value}"));
    }
    say("Ctrl-C stops it and removes its mails");
    interrupt::wait();
    Ok(())
}

const AIOSMTPD: &str = "aiosmtpd==1.4.6";
const USER: &str = "registration";
const PASSWORD: &str = "only for tests";

pub(crate) struct Smtp {
    server: Child,
    starttls_port: u16,
    tls_port: u16,
    ca: PathBuf,
    mails: PathBuf,
    // Last, so that the files go after the server.
    _directory: TempDir,
}

impl Smtp {
    pub(crate) fn start(workspace: &Workspace) -> Result<Self> {
        tool::require(&[tool::PYTHON, tool::OPENSSL, tool::SETPRIV])?;
        let python = python_with_aiosmtpd(workspace)?;
        interrupt::refuse_when_asked()?;
        let directory = tempfile::Builder::new().prefix("registration-smtp-").tempdir()?;
        let certificates = certificate::make(directory.path())?;
        let mails = directory.path().join("mails");
        fs::create_dir(&mails)?;
        let mut server = tool::bound_to_us("TERM");
        server
            .arg(python)
            .arg(workspace.root.join("xtask/smtp_sink.py"))
            .arg("--certificate")
            .arg(certificates.leaf)
            .arg("--key")
            .arg(certificates.key)
            .arg("--mails")
            .arg(&mails)
            .args(["--user", USER, "--password", PASSWORD])
            .stdout(Stdio::piped());
        own_group(&mut server);
        let server = server.spawn().context("cannot start setpriv")?;
        let mut smtp =
            Self { server, starttls_port: 0, tls_port: 0, ca: certificates.ca, mails, _directory: directory };
        (smtp.starttls_port, smtp.tls_port) = smtp.ports()?;
        Ok(smtp)
    }

    /// What the tests read; `test.rs` says what each means.
    pub(crate) fn environment(&self) -> [(&'static str, String); 7] {
        [
            ("TEST_SMTP_HOST", "localhost".into()),
            ("TEST_SMTP_STARTTLS_PORT", self.starttls_port.to_string()),
            ("TEST_SMTP_TLS_PORT", self.tls_port.to_string()),
            ("TEST_SMTP_CA", self.ca.display().to_string()),
            ("TEST_SMTP_USER", USER.into()),
            ("TEST_SMTP_PASSWORD", PASSWORD.into()),
            ("TEST_SMTP_MAILS", self.mails.display().to_string()),
        ]
    }

    /// The server says `ready STARTTLS_PORT TLS_PORT` once it listens.
    fn ports(&mut self) -> Result<(u16, u16)> {
        let stdout = self.server.stdout.take().context("the SMTP server has no stdout")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        match line.split_whitespace().collect::<Vec<_>>()[..] {
            ["ready", starttls, tls] => Ok((starttls.parse()?, tls.parse()?)),
            _ => bail!("the SMTP server does not start: {line:?}"),
        }
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        if let (Ok(None), Ok(pid)) = (self.server.try_wait(), i32::try_from(self.server.id())) {
            let _ = kill(Pid::from_raw(pid), Signal::SIGTERM);
            let _ = self.server.wait();
        }
    }
}

/// Its directory carries the version, so that another version is another directory.
fn python_with_aiosmtpd(workspace: &Workspace) -> Result<PathBuf> {
    let environment = workspace.tools().join(AIOSMTPD);
    let python = environment.join("bin/python");
    if has_aiosmtpd(&python) {
        return Ok(python);
    }
    say(format_args!("fetching {AIOSMTPD}"));
    fs::create_dir_all(workspace.tools())?;
    tool::quietly(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment))?;
    tool::quietly(Command::new(&python).args(["-m", "pip", "install", "--quiet", AIOSMTPD]))?;
    ensure!(has_aiosmtpd(&python), "{AIOSMTPD} is installed, and still cannot be imported");
    Ok(python)
}

fn has_aiosmtpd(python: &Path) -> bool {
    tool::quietly(Command::new(python).args(["-c", "import aiosmtpd.smtp"])).is_ok()
}
