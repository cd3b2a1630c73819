//! Measures one database: seeds it, asks a server about it over HTTP, asks its store without one, and prints
//! what it measured. Nothing is compared with a number from elsewhere.
mod alike;
mod client;
mod copy;
mod founding;
mod in_process;
mod load;
mod operations;
mod organizations;
mod process;
mod seed;
mod table;

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use clap::Parser;

use crate::{
    founding::Scene,
    process::{Process, Server},
    seed::Size,
    table::Table,
};

#[derive(Parser)]
#[command(about = "What `cargo xtask bench` runs for each database")]
struct Arguments {
    /// The program to measure
    #[arg(long)]
    server: PathBuf,
    /// An empty PostgreSQL; without it, a SQLite file that is removed at the end
    #[arg(long)]
    postgres: Option<String>,
    /// How long each operation is measured, at the most
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// How many members the organization has
    #[arg(long, default_value_t = 10_000)]
    members: u32,
    /// How many invitations it has
    #[arg(long, default_value_t = 100_000)]
    invitations: u32,
    /// How many other organizations let themselves be found
    #[arg(long, default_value_t = 10_000)]
    organizations: u32,
    /// How many requests are under way at a time
    #[arg(long, default_value_t = 16)]
    concurrency: usize,
    /// Only whether the time of an answer tells who has an account
    #[arg(long)]
    sign_up: bool,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let folder = tempfile::Builder::new().prefix("registration-benchmark-").tempdir()?;
    let database = match &arguments.postgres {
        Some(url) => url.clone(),
        None => format!("sqlite:{}", folder.path().join("registration.db").display()),
    };
    let size = Size::of(arguments.members, arguments.invitations, arguments.organizations)?;
    let program = Server::program(&arguments.server, folder.path(), &database);
    // The driver shares the machine with what it drives: one thread is enough for it.
    let single = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut table = Table::default();
    let scene = single.block_on(founding::found(&program, &folder.path().join("keyring")))?;
    single.block_on(seed::fill(&database, &scene, size, &mut table))?;
    if arguments.sign_up {
        return single.block_on(alike::measure(
            &program,
            size.members,
            Duration::from_secs(arguments.seconds),
        ));
    }
    let limits = Limits { time: Duration::from_secs(arguments.seconds), concurrency: arguments.concurrency };
    single.block_on(over_http(&program, &database, &scene, size, limits, &mut table))?;
    drop(single);
    let many = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    many.block_on(in_process::measure(&database, &scene, limits.time, &mut table))?;
    table.print(&mut io::stdout().lock()).context("nobody reads the table")
}

/// How much is asked.
#[derive(Clone, Copy)]
struct Limits {
    time: Duration,
    concurrency: usize,
}

async fn over_http(
    program: &process::Program,
    database: &str,
    scene: &Scene,
    size: Size,
    limits: Limits,
    table: &mut Table,
) -> Result<()> {
    let mut first_answers = Vec::new();
    for _ in 0..5 {
        let (server, first_answer) = Server::start_and_ask(program).await?;
        first_answers.push(first_answer);
        server.stop()?;
    }
    first_answers.sort_unstable();
    table.fact("start to the first answer, median of 5", format_args!("{:.0?}", first_answers[2]));
    let server = Server::start(program)?;
    let database = Process::of_database(database).await?;
    table.fact("memory of the server, idle", server.process().memory()?);
    for operation in operations::all(scene, size, server.address()).await? {
        process::quiet(&server.process(), database.as_ref()).await?;
        let measured =
            load::measure(server.address(), &operation, limits, &server.process(), database.as_ref()).await?;
        ensure!(measured.answered > 0, "{} was never answered as it should be", operation.name);
        table.operation(operation.name, &measured);
    }
    table.fact("memory of the server, at its peak", server.process().memory_peak()?);
    server.stop()
}
