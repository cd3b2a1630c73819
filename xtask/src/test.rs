//! Every test, on a machine that has only Rust and Debian's packages; no suite is ever skipped.
//!
//! What tests find in their environment; one that needs a variable and lacks it fails with
//! "run `cargo xtask test`":
//!
//! | variable | value |
//! | --- | --- |
//! | `TEST_POSTGRES_URL` | a superuser's URL of the database `postgres` on a server of this run; up to 300 connections, each test makes databases of its own |
//! | `TEST_SMTP_HOST` | `localhost`, which is in the server's certificate, as is 127.0.0.1 |
//! | `TEST_SMTP_STARTTLS_PORT` | plain, then STARTTLS, then AUTH; both required |
//! | `TEST_SMTP_TLS_PORT` | TLS from the first byte, then AUTH; required |
//! | `TEST_SMTP_CA` | path of the CA's certificate, PEM |
//! | `TEST_SMTP_USER`, `TEST_SMTP_PASSWORD` | the only login |
//! | `TEST_PICTURES` | set by `cargo xtask screenshots` alone: directory for pictures of the pages |
//! | `TEST_AXE` | path of axe-core's script, which browser tests run in each page |
//! | `TEST_SMTP_MAILS` | directory with `NUMBER.eml` and then `NUMBER.json` of each mail received, of all tests: look for your own recipient |
//!
//! `smtp_sink.py` lists the recipients that ask for a fault, and `NUMBER.json` holds `from`, `to`, `tls`,
//! `user`, and `answered`: false where the connection was cut instead of an answer.
mod axe;
mod summary;

use std::{
    io::{BufRead, BufReader},
    process::{ExitCode, Stdio},
};

use anyhow::{Context, Result};
pub(crate) use summary::Summary;

use crate::{
    interrupt::Running,
    postgres::{self, Postgres},
    say::say,
    smtp::Smtp,
    tool,
    workspace::Workspace,
};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Passed to cargo test: a part of a test's name, `-p CRATE` (without its doctests), `-p CRATE --doc`, `--test NAME`, `-- --nocapture`
    #[arg(last = true)]
    cargo: Vec<String>,
}

pub(crate) fn command(workspace: &Workspace, arguments: &Arguments) -> ExitCode {
    let summary = run(workspace, &arguments.cargo);
    say(summary);
    summary.exit_code()
}

/// What goes wrong around the tests counts as one that failed, so that the last line never looks well.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Summary {
    run_with(workspace, arguments, Vec::new())
}

/// The same, with more in the environment.
pub(crate) fn run_with(
    workspace: &Workspace,
    arguments: &[String],
    environment: Vec<(&'static str, String)>,
) -> Summary {
    let mut summary = Summary::default();
    if let Err(error) = run_with_servers(workspace, arguments, environment, &mut summary) {
        say(format_args!("error: {error:#}"));
        summary.broken();
    }
    summary
}

fn run_with_servers(
    workspace: &Workspace,
    arguments: &[String],
    mut environment: Vec<(&'static str, String)>,
    summary: &mut Summary,
) -> Result<()> {
    // All at once, so that whoever installs by hand is asked once.
    tool::require(tool::FOR_TESTS)?;
    let postgres = Postgres::start()?;
    let smtp = Smtp::start(workspace)?;
    environment.push((postgres::URL, postgres.url()));
    environment.extend(smtp.environment());
    environment.push((axe::AXE, axe::script(workspace)?.display().to_string()));
    for selection in selections(arguments) {
        cargo_test(workspace, &selection, arguments, &environment, summary)?;
    }
    Ok(())
}

/// Always the same for a whole run: another selection means other features, and a rebuild of half the tree.
/// Doctests are a selection of their own, because cargo mixes them with no other.
fn selections(arguments: &[String]) -> Vec<Vec<&'static str>> {
    let for_cargo = || arguments.iter().take_while(|argument| *argument != "--");
    let names = |flags: &[&str]| {
        for_cargo().any(|argument| flags.contains(&argument.split('=').next().unwrap_or(argument)))
    };
    let of_one_crate = names(&["-p", "--package"]);
    let of_some_targets =
        names(&["--lib", "--bin", "--bins", "--test", "--tests", "--example", "--bench", "--doc"]);
    match (of_one_crate, of_some_targets) {
        (false, false) => vec![vec!["--workspace", "--all-targets"], vec!["--workspace", "--doc"]],
        (false, true) => vec![vec!["--workspace"]],
        // Cargo fails on the doctests of a crate that is only a program.
        (true, false) => vec![vec!["--all-targets"]],
        (true, true) => vec![vec![]],
    }
}

fn cargo_test(
    workspace: &Workspace,
    selection: &[&str],
    arguments: &[String],
    environment: &[(&'static str, String)],
    summary: &mut Summary,
) -> Result<()> {
    let mut command = workspace.cargo();
    command.args(["test", "--no-fail-fast"]).args(selection).args(arguments);
    command.envs(environment.iter().map(|(name, value)| (name, value))).stdout(Stdio::piped());
    let mut tests = Running::start(&mut command)?;
    let mut said = BufReader::new(tests.stdout().context("cargo test has no stdout")?);
    let (mut line, failed_before) = (Vec::new(), summary.failed);
    // A test may print what is not UTF-8.
    while said.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        say(text.trim_end_matches('\n'));
        summary.read(&text);
        line.clear();
    }
    if !tests.wait()?.success() && summary.failed == failed_before {
        summary.broken();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_selected_unless_somebody_chooses() {
        check(&[], &[&["--workspace", "--all-targets"], &["--workspace", "--doc"]]);
        check(&["a_name"], &[&["--workspace", "--all-targets"], &["--workspace", "--doc"]]);
        check(&["-p", "registration-domain"], &[&["--all-targets"]]);
        check(&["--test=all"], &[&["--workspace"]]);
        check(&["-p", "xtask", "--lib"], &[&[]]);
    }

    #[test]
    fn what_stands_after_two_dashes_is_for_the_tests_themselves() {
        check(&["--", "--test"], &[&["--workspace", "--all-targets"], &["--workspace", "--doc"]]);
    }

    fn check(arguments: &[&str], expected: &[&[&str]]) {
        let arguments: Vec<_> = arguments.iter().map(ToString::to_string).collect();
        assert_eq!(selections(&arguments), expected);
    }
}
