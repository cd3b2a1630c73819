//! Two terminals of a reader: one in which the server runs, one in which everything else is typed.
//!
//! What is run is what the page says, with two differences: `cargo run` runs the program that was built for this
//! test, and the server listens on a free port, which takes the place of 8080 in the commands.
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio},
};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_registration");
const ADDRESS: &str = "http://127.0.0.1:8080";
const BLOCK: &str = ".block";
const PASTED: &str = ".pasted";
/// Ends the output of each block.
const END: &str = "=== end of block ===";

pub(crate) struct Terminal {
    folder: TempDir,
    server: Option<Server>,
    shell: Option<Shell>,
}

struct Server {
    process: Child,
    address: String,
    setup: String,
}

/// One shell for all blocks, so that a variable of one is there in the next.
struct Shell {
    folder: PathBuf,
    process: Child,
    typed: ChildStdin,
    said: BufReader<ChildStdout>,
}

impl Terminal {
    pub(crate) fn open() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), server: None, shell: None }
    }

    /// `cargo run`, with whatever stands behind it.
    pub(crate) fn serve(&mut self, command: &str) {
        let mut words = command.split_whitespace();
        assert_eq!((words.next(), words.next()), (Some("cargo"), Some("run")));
        let arguments: Vec<_> = words.skip_while(|it| *it == "--").collect();
        self.server = Some(Server::start(self.folder.path(), &arguments));
    }

    /// What the block printed.
    pub(crate) fn run(&mut self, block: &str) -> String {
        let server = self.server.as_ref().expect("the page starts the server first");
        let shell = self.shell.get_or_insert_with(|| Shell::start(self.folder.path()));
        shell.run(&block.replace(ADDRESS, &server.address), &server.setup)
    }
}

impl Server {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = command(folder);
        command.args(arguments).envs([("REGISTRATION_LISTEN", "127.0.0.1:0"), ("REGISTRATION_LOG", "warn")]);
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let facts = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let (mut address, mut setup) = (None, None);
        for fact in facts {
            match fact.split_once(' ') {
                Some(("listening", url)) => address = Some(url.to_owned()),
                Some(("setup", _)) => setup = Some(fact.clone()),
                Some(("mailbox", _)) => break,
                Some(_) | None => {}
            }
        }
        let (address, setup) = (address.expect("it listens"), setup.expect("nobody owns it yet"));
        Self { process, address, setup }
    }
}

impl Shell {
    fn start(folder: &Path) -> Self {
        let mut command = Command::new("sh");
        command.arg("-es").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let (typed, said) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        Self { folder: folder.to_owned(), process, typed, said }
    }

    /// Whatever a block reads is typed by somebody who pastes the setup line.
    fn run(&mut self, block: &str, setup: &str) -> String {
        fs::write(self.folder.join(BLOCK), block).unwrap();
        fs::write(self.folder.join(PASTED), format!("{setup}\n")).unwrap();
        writeln!(self.typed, ". ./{BLOCK} < ./{PASTED}; echo '{END}'").unwrap();
        self.typed.flush().unwrap();
        let mut said = String::new();
        loop {
            let mut line = String::new();
            if self.said.read_line(&mut line).unwrap() == 0 {
                let status = self.process.wait().unwrap();
                panic!("this ended the shell ({status}):\n{block}\n{said}");
            }
            if line.trim_end() == END {
                return said;
            }
            said.push_str(&line);
        }
    }
}

/// Runs the program to its end.
pub(crate) fn registration(folder: &Path, arguments: &[&str]) -> Output {
    command(folder).args(arguments).output().unwrap()
}

/// Without what the developer's own environment sets.
fn command(folder: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    for (name, _) in
        std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("REGISTRATION_"))
    {
        command.env_remove(name);
    }
    command.current_dir(folder);
    command
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
