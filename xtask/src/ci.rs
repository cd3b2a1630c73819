//! What a change must pass before it lands, with the minutes that each step takes.
use std::{
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};

use crate::{codegen, interrupt::Running, say::say, test, tidy, workspace::Workspace};

type Step = (&'static str, fn(&Workspace) -> Result<()>);

/// In the order of their cost; all run, so that one look shows all that is wrong. The tests come last.
const STEPS: &[Step] = &[
    ("fmt", |workspace| run(workspace.cargo().args(["fmt", "--all", "--check"]))),
    ("tidy", tidy::run),
    ("clippy", |workspace| {
        run(workspace.cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    }),
    ("codegen", codegen::check),
];

pub(crate) fn command(workspace: &Workspace) -> ExitCode {
    let mut rows = Vec::new();
    let mut well = true;
    for (name, step) in STEPS {
        say(format_args!("== {name}"));
        let (outcome, took) = timed(|| step(workspace));
        if let Err(error) = &outcome {
            say(format_args!("error: {error:#}"));
        }
        well &= outcome.is_ok();
        rows.push(row(name, took, outcome.is_ok()));
    }
    say("== test");
    let (summary, took) = timed(|| test::run(workspace, &[]));
    rows.push(row("test", took, summary.is_well()));
    say("\nstep    minutes");
    for row in rows {
        say(row);
    }
    say(summary);
    if well { summary.exit_code() } else { ExitCode::FAILURE }
}

fn run(command: &mut Command) -> Result<()> {
    let status = Running::start(command)?.wait()?;
    ensure!(status.success(), "{status}");
    Ok(())
}

fn row(name: &str, took: Duration, well: bool) -> String {
    let outcome = if well { "ok" } else { "FAILED" };
    format!("{name:<7} {:>7.1}  {outcome}", took.as_secs_f64() / 60.0)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a developer's tool measures itself; the product's time is a port"
)]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_tells_minutes_and_outcome() {
        assert_eq!(row("clippy", Duration::from_secs(90), true), "clippy      1.5  ok");
        assert_eq!(row("fmt", Duration::from_secs(0), false), "fmt         0.0  FAILED");
    }
}
