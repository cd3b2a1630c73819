//! What compiles but does not belong here; every finding is listed with its place.
mod domain;
mod edges;
mod manifests;
mod source;
mod words;

use std::{fmt, fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};

use crate::{say::say, tool, workspace::Workspace};

#[derive(Debug, PartialEq, Eq)]
struct Finding {
    path: String,
    line: usize,
    what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// A text file as it stands in the work tree, under its path from the root.
struct TextFile {
    path: String,
    text: String,
}

impl TextFile {
    fn finding(&self, line: usize, what: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, what: what.into() }
    }

    fn extension(&self) -> Option<&str> {
        Path::new(&self.path).extension()?.to_str()
    }
}

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let findings = findings(workspace)?;
    for finding in &findings {
        say(finding);
    }
    ensure!(findings.is_empty(), "{} places are not tidy", findings.len());
    Ok(())
}

fn findings(workspace: &Workspace) -> Result<Vec<Finding>> {
    let files = text_files(&workspace.root)?;
    let mut findings = manifests::findings(&files);
    for package in &workspace.packages {
        let manifest = package.manifest_path.strip_prefix(&workspace.root)?.to_string_lossy();
        let manifest = files.iter().find(|file| file.path == manifest);
        findings.extend(edges::findings(package, manifest.context("a manifest that git does not know")?));
    }
    let sources = files.iter().filter(|file| file.extension() == Some("rs"));
    let (sources, unparsed): (Vec<_>, Vec<_>) = sources.map(source::Source::parse).partition(Result::is_ok);
    findings.extend(unparsed.into_iter().filter_map(Result::err));
    let sources: Vec<_> = sources.into_iter().flatten().collect();
    findings.extend(sources.iter().flat_map(source::findings));
    findings.extend(domain::findings(&sources));
    findings.extend(files.iter().flat_map(words::findings));
    findings.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    Ok(findings)
}

/// All that git tracks or would track.
fn text_files(root: &Path) -> Result<Vec<TextFile>> {
    let listed = tool::quietly(Command::new("git").current_dir(root).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
        "--deduplicate",
    ]))?;
    let mut files = Vec::new();
    for path in listed.split_terminator('\0') {
        // Removed and not yet committed, a link, or binary: no text to judge.
        if let Ok(text) = fs::read_to_string(root.join(path)) {
            files.push(TextFile { path: path.into(), text });
        }
    }
    ensure!(!files.is_empty(), "git lists no files in {}", root.display());
    Ok(files)
}

#[cfg(test)]
fn sample(path: &str, text: &str) -> TextFile {
    TextFile { path: path.into(), text: text.into() }
}
