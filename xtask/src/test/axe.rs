//! axe-core, which finds what keeps people out of a page: fetched once from npm, and kept beside what cargo builds.
use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::{tool::quietly, workspace::Workspace};

/// Where tests find the script.
pub(super) const AXE: &str = "TEST_AXE";

const PACKAGE: &str = "axe-core@4.14.1";

/// The path of the script, as npm's own check of its digest let it through.
pub(super) fn script(workspace: &Workspace) -> Result<PathBuf> {
    let directory = workspace.tools().join(PACKAGE);
    let script = directory.join("package/axe.min.js");
    if script.is_file() {
        return Ok(script);
    }
    fs::create_dir_all(&directory).with_context(|| format!("cannot make {}", directory.display()))?;
    let packed = Command::new("npm")
        .args(["pack", "--silent", PACKAGE])
        .current_dir(&directory)
        .stdin(Stdio::null())
        .output()
        .context("cannot start npm")?;
    ensure!(packed.status.success(), "npm pack {PACKAGE}: {}", String::from_utf8_lossy(&packed.stderr));
    let archive = String::from_utf8_lossy(&packed.stdout).trim().to_owned();
    quietly(Command::new("tar").args(["xzf", &archive]).current_dir(&directory))?;
    ensure!(script.is_file(), "{PACKAGE} has no {}", script.display());
    Ok(script)
}
