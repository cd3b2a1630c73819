//! One file a command: `cargo xtask COMMAND`.
mod bench;
mod certificate;
mod ci;
mod codegen;
mod interrupt;
mod journey;
mod postgres;
mod say;
mod screenshots;
mod smtp;
mod test;
mod tidy;
mod tool;
mod workspace;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use anyhow::Result;
use clap::{Parser, Subcommand};
use workspace::Workspace;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "What developers and the CI of this repository run")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start a private PostgreSQL and an SMTP server, and run every test against them
    Test(test::Arguments),
    /// Walk the product's main journey, and print each step
    Journey(journey::Arguments),
    /// Check what compiles but does not belong: dependency edges, layers, sizes, lints, words
    Tidy,
    /// Write the reference pages of the book from the code
    Codegen(codegen::Arguments),
    /// Run what a change must pass before it lands
    Ci,
    /// Measure the release build, on both databases; see "Measuring" in the book
    Bench(bench::Arguments),
    /// Take the pictures of the README and the book anew, of the pages as they are
    Screenshots,
    /// Keep a private PostgreSQL running until Ctrl-C
    Postgres,
    /// Keep an SMTP server running until Ctrl-C
    Smtp,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    interrupt::watch()?;
    let workspace = Workspace::find()?;
    match command {
        Command::Test(arguments) => return Ok(test::command(&workspace, &arguments)),
        Command::Journey(arguments) => return Ok(journey::command(&workspace, &arguments)),
        Command::Screenshots => return screenshots::command(&workspace),
        Command::Ci => return Ok(ci::command(&workspace)),
        Command::Bench(arguments) => bench::command(&workspace, &arguments)?,
        Command::Tidy => tidy::run(&workspace)?,
        Command::Codegen(arguments) => codegen::command(&workspace, &arguments)?,
        Command::Postgres => postgres::command()?,
        Command::Smtp => smtp::command(&workspace)?,
    }
    Ok(ExitCode::SUCCESS)
}
