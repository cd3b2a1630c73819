//! One process of the program, in a folder of the test's; it ends with the test.
use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tokio::time::Instant;

/// A machine that builds at the same time is slow.
const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) struct Server {
    child: Child,
    lines: Receiver<String>,
    printed: Vec<String>,
    log: PathBuf,
}

/// The program, without what this process was told about itself.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_registration"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("REGISTRATION_") {
            command.env_remove(&name);
        }
    }
    command.current_dir(folder).stdin(Stdio::null());
    command
}

impl Server {
    /// Starts it on a port of its own, and waits until it accepts requests.
    pub(crate) fn start(folder: &Path, name: &str, arguments: &[&str]) -> Self {
        let log = folder.join(format!("{name}.log"));
        let mut command = program(folder);
        command.args(["--listen", "127.0.0.1:0"]).args(arguments).stdout(Stdio::piped());
        let mut child = command.stderr(File::create(&log).unwrap()).spawn().expect("the program starts");
        let said = BufReader::new(child.stdout.take().expect("it was piped"));
        let (send, lines) = channel();
        thread::spawn(move || said.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        let mut server = Self { child, lines, printed: Vec::new(), log };
        server.line("listening");
        server
    }

    /// Where it listens.
    pub(crate) fn url(&mut self) -> String {
        self.line("listening")
    }
    /// The token of the link that it printed.
    pub(crate) fn setup_token(&mut self) -> String {
        self.line("setup").rsplit('/').next().expect("the token ends it").to_owned()
    }
    /// The rest of a printed line that begins with this word.
    pub(crate) fn line(&mut self, word: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let found = self.printed.iter().find_map(|it| it.strip_prefix(word)?.strip_prefix(' '));
            if let Some(rest) = found {
                return rest.to_owned();
            }
            match self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => self.printed.push(line),
                Err(error) => {
                    panic!("{error}: {:?}, and no {word:?}; its log:\n{}", self.printed, self.log())
                }
            }
        }
    }
    /// All that it printed until its end.
    pub(crate) fn printed_to_the_end(&mut self) -> Vec<String> {
        self.printed.extend(self.lines.iter());
        self.printed.clone()
    }
    /// What it logged so far.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Asks for a graceful end, and tells how long it took.
    pub(crate) fn stop(&mut self) -> (ExitStatus, Duration) {
        let asked = Instant::now();
        kill(self.pid(), Signal::SIGTERM).expect("it runs");
        let status = self.child.wait().expect("it ends");
        (status, asked.elapsed())
    }

    /// What stands on its command line, as everybody on its machine can read.
    pub(crate) fn command_line(&self) -> Vec<u8> {
        std::fs::read(format!("/proc/{}/cmdline", self.child.id())).expect("it runs")
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.id()).expect("a process id"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if thread::panicking() {
            let log = self.log();
            let last: Vec<_> = log.lines().rev().take(20).collect();
            for line in last.iter().rev() {
                print_line(line);
            }
        }
    }
}

#[expect(clippy::print_stdout, reason = "the harness shows it where the test fails")]
pub(crate) fn print_line(line: &str) {
    println!("{line}");
}
