//! How fast the release build is on this machine, today, on databases that keep what they acknowledged.
use std::{fs, thread};

use anyhow::{Result, ensure};

use crate::{
    interrupt::{self, Running},
    postgres::{Durability, Postgres},
    say::say,
    tool,
    workspace::Workspace,
};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only this
    only: Option<Only>,
    /// On which database
    #[arg(long, default_value = "both")]
    database: Databases,
    /// How long each operation is measured, at the most
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// 100,000 members, organizations to join, and 1,000,000 invitations, instead of a tenth of each
    #[arg(long)]
    full: bool,
    /// 1,000 members, organizations to join, and 10,000 invitations: whether it works, not how fast it is
    #[arg(long, conflicts_with = "full")]
    small: bool,
    /// Another number of organizations to join
    #[arg(long)]
    organizations: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Only {
    /// Whether the time of an answer tells who has an account
    SignUp,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Databases {
    Sqlite,
    Postgres,
    Both,
}

const SERVER: &str = "registration";
const BENCHMARK: &str = "registration-benchmark";

pub(crate) fn command(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    let mut build = workspace.cargo();
    build.args(["build", "--release", "--package", "registration-server", "--package", BENCHMARK]);
    ensure!(Running::start(&mut build)?.wait()?.success(), "the release build failed");
    if arguments.database != Databases::Postgres {
        say("\n## SQLite\n");
        measure(workspace, arguments, None)?;
    }
    if arguments.database != Databases::Sqlite {
        interrupt::refuse_when_asked()?;
        let postgres = Postgres::start_with(Durability::Kept)?;
        say("\n## PostgreSQL\n");
        measure(workspace, arguments, Some(&postgres.url()))?;
    }
    facts(workspace)
}

fn measure(workspace: &Workspace, arguments: &Arguments, postgres: Option<&str>) -> Result<()> {
    let (members, invitations) = match (arguments.small, arguments.full) {
        (true, _) => ("1000", "10000"),
        (_, true) => ("100000", "1000000"),
        _ => ("10000", "100000"),
    };
    let mut benchmark = std::process::Command::new(workspace.release(BENCHMARK));
    benchmark.arg("--server").arg(workspace.release(SERVER));
    let organizations = arguments.organizations.map_or(members.to_owned(), |it| it.to_string());
    benchmark.args(["--members", members, "--organizations", &organizations, "--invitations", invitations]);
    benchmark.args(["--seconds", &arguments.seconds.to_string()]);
    if arguments.only == Some(Only::SignUp) {
        benchmark.arg("--sign-up");
    }
    if let Some(url) = postgres {
        benchmark.args(["--postgres", url]);
    }
    ensure!(Running::start(&mut benchmark)?.wait()?.success(), "the benchmark failed");
    Ok(())
}

/// Numbers say nothing without the machine that they are of.
fn facts(workspace: &Workspace) -> Result<()> {
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let (cpu, memory, load) = (read("/proc/cpuinfo"), read("/proc/meminfo"), read("/proc/loadavg"));
    let model = value(&cpu, "model name");
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        tool::quietly(command.current_dir(&workspace.root).args(arguments))
    };
    let commit = git(&["rev-parse", "--short", "HEAD"])?;
    let changed = git(&["status", "--porcelain", "--untracked-files=no"])?;
    say("\n## The machine\n");
    say(format_args!("- {cores} cores, shared by server, database and driver: {model}"));
    say(format_args!("- memory: {}", value(&memory, "MemTotal")));
    say(format_args!("- load at the end, over 1, 5 and 15 minutes: {}", load.trim_end()));
    let state = if changed.is_empty() { "" } else { ", with changes that are not committed" };
    say(format_args!("- commit: {}{state}", commit.trim()));
    Ok(())
}

fn value<'a>(text: &'a str, name: &str) -> &'a str {
    let found = text.lines().find_map(|line| line.strip_prefix(name)?.split_once(':'));
    found.map_or("unknown", |(_, value)| value.trim())
}
