//! What the book says of the code, the code writes; `--check` finds what it would write otherwise.
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::{interrupt::Running, say::say, workspace::Workspace};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; list the files that differ from what the code says, and fail if there are any
    #[arg(long)]
    check: bool,
}

/// Nothing in this folder is written by hand.
const REFERENCE: &str = "docs/src/reference";

pub(crate) fn command(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    if arguments.check { check(workspace) } else { write(workspace) }
}

/// Fails where the book and the code disagree.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let drawn = tempfile::tempdir()?;
    draw(workspace, drawn.path())?;
    let stale = differences(&workspace.root.join(REFERENCE), drawn.path())?;
    for name in &stale {
        say(format_args!("{REFERENCE}/{name} is not what the code says"));
    }
    ensure!(stale.is_empty(), "{} files are stale; run `cargo xtask codegen`", stale.len());
    Ok(())
}

fn write(workspace: &Workspace) -> Result<()> {
    let drawn = tempfile::tempdir()?;
    draw(workspace, drawn.path())?;
    let folder = workspace.root.join(REFERENCE);
    fs::create_dir_all(&folder)?;
    for name in differences(&folder, drawn.path())? {
        let (from, to) = (drawn.path().join(&name), folder.join(&name));
        if from.exists() { fs::copy(&from, &to).map(drop) } else { fs::remove_file(&to) }
            .with_context(|| format!("cannot write {}", to.display()))?;
        say(format_args!("{REFERENCE}/{name}"));
    }
    Ok(())
}

/// Built with the features of the whole workspace, as the tests are, so that neither rebuilds the other's tree.
fn draw(workspace: &Workspace, folder: &Path) -> Result<()> {
    let mut build = workspace.cargo();
    run(build.args(["build", "--quiet", "--workspace", "--example", "reference"]))?;
    let mut program = Command::new(workspace.example("reference"));
    run(program.arg(folder).current_dir(&workspace.root))
}

fn run(command: &mut Command) -> Result<()> {
    let status = Running::start(command)?.wait()?;
    ensure!(status.success(), "{}: {status}", command.get_program().display());
    Ok(())
}

/// The names of the files that are in one folder only, or not the same in both.
fn differences(ours: &Path, theirs: &Path) -> Result<Vec<String>> {
    let mut names = names(ours)?;
    names.extend(self::names(theirs)?);
    let read = |folder: &Path, name: &String| fs::read(folder.join(name)).ok();
    Ok(names.into_iter().filter(|name| read(ours, name) != read(theirs, name)).collect())
}

fn names(folder: &Path) -> Result<BTreeSet<String>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(BTreeSet::new()) };
    let paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    Ok(paths.iter().filter_map(|it| it.file_name()?.to_str().map(str::to_owned)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named_and_what_is_the_same_is_not() {
        let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (folder, name, text) in [
            (&ours, "same.md", "a"),
            (&theirs, "same.md", "a"),
            (&ours, "changed.md", "a"),
            (&theirs, "changed.md", "b"),
            (&ours, "gone.md", "a"),
            (&theirs, "new.md", "a"),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let found = differences(ours.path(), theirs.path()).unwrap();
        assert_eq!(found, ["changed.md", "gone.md", "new.md"]);
    }

    #[test]
    fn a_book_without_a_reference_lacks_all_of_it() {
        let theirs = tempfile::tempdir().unwrap();
        fs::write(theirs.path().join("new.md"), "a").unwrap();
        assert_eq!(differences(Path::new("no such folder"), theirs.path()).unwrap(), ["new.md"]);
    }
}
