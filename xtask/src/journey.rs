//! The product's main journey, step by step, as the tests run it: there is one of it, in the server's tests.
use std::process::ExitCode;

use crate::{say::say, test, workspace::Workspace};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// On this database only: a file with the development mailbox, or a server with three replicas and real mail
    #[arg(long)]
    database: Option<Database>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
}

pub(crate) fn command(workspace: &Workspace, arguments: &Arguments) -> ExitCode {
    let journeys = match arguments.database {
        None => "journey_c_on_",
        Some(Database::Sqlite) => "journey_c_on_sqlite",
        Some(Database::Postgres) => "journey_c_on_postgres",
    };
    // One after the other, so that the steps of one stand together.
    let selection = ["--test", "all", journeys, "--", "--nocapture", "--test-threads=1"];
    let summary = test::run(workspace, &selection.map(str::to_owned));
    say(summary);
    summary.exit_code()
}
