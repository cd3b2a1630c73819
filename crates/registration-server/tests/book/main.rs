//! What the book tells people to do works, and every example in it is run or says why not.
mod embed;
mod markdown;
mod own_store;
mod terminal;

use std::{
    fs,
    path::{Path, PathBuf},
};

use markdown::{Block, blocks, links};
use terminal::Terminal;

/// Their pages are compared with the code by `cargo xtask codegen --check`.
const GENERATED: &str = "reference";

#[test]
fn the_tutorial_leads_to_an_accepted_invitation() {
    let page = read("tutorial/first-invitation.md");
    let blocks: Vec<_> = blocks(&page).into_iter().filter(|it| it.excuse.is_none()).collect();
    let mut terminal = Terminal::open();
    for (at, block) in blocks.iter().enumerate() {
        match block.language.as_str() {
            "sh,server" => terminal.serve(&block.text),
            "sh" => {
                let said = terminal.run(&block.text);
                if let Some(expected) = blocks.get(at + 1).filter(|it| it.language == "text") {
                    assert_eq!(said.trim(), expected.text.trim(), "line {}:\n{}", block.line, block.text);
                }
            }
            "text" => {}
            other => panic!("line {}: the tutorial cannot run {other}", block.line),
        }
    }
}

#[test]
fn every_example_of_a_configuration_is_taken() {
    for (path, block) in examples("toml") {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("registration.toml");
        fs::write(&file, &block.text).unwrap();
        let shown =
            terminal::registration(folder.path(), &["config", "show", "--config", "registration.toml"]);
        assert!(shown.status.success(), "{path}:{}: {}", block.line, String::from_utf8_lossy(&shown.stderr));
    }
}

#[test]
fn every_code_block_is_run_or_says_why_not() {
    let mut unexcused = Vec::new();
    for (path, text) in pages() {
        for block in blocks(&text) {
            let runs = match block.language.as_str() {
                "sh" | "sh,server" | "text" => path.starts_with("tutorial/"),
                "toml" => true,
                // Included from a test, which compiles and runs it.
                "rust" => block.text.trim().starts_with("{{#include ") && block.text.lines().count() == 1,
                _ => false,
            };
            if !runs && block.excuse.is_none() {
                unexcused.push(format!("{path}:{}", block.line));
            }
        }
    }
    assert!(unexcused.is_empty(), "put `<!-- not run: REASON -->` above: {unexcused:?}");
}

#[test]
fn every_link_of_the_book_leads_to_a_page() {
    let mut broken = Vec::new();
    for (path, text) in pages() {
        for link in links(&text) {
            let target = link.split('#').next().unwrap_or_default();
            let beside = source().join(&path).parent().map(|it| it.join(target));
            let outside = link.contains("://") || target.is_empty();
            if !outside && !beside.is_some_and(|it| it.exists()) {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn every_page_stands_in_the_summary() {
    let summary = read("SUMMARY.md");
    let missing: Vec<_> =
        pages().into_iter().map(|it| it.0).filter(|it| !summary.contains(&format!("({it})"))).collect();
    assert_eq!(missing, ["SUMMARY.md"], "pages that nobody finds");
}

fn examples(language: &str) -> Vec<(String, Block)> {
    let all = pages().into_iter().filter(|(path, _)| !path.starts_with(GENERATED));
    let all = all.flat_map(|(path, text)| blocks(&text).into_iter().map(move |it| (path.clone(), it)));
    all.filter(|(_, it)| it.language == language && it.excuse.is_none()).collect()
}

/// Every page that people write, by its path from the book's source, and the generated ones without their blocks.
fn pages() -> Vec<(String, String)> {
    let (mut folders, mut found) = (vec![source()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "md") {
                let name = path.strip_prefix(source()).unwrap().to_str().unwrap().to_owned();
                let text = if name.starts_with(GENERATED) {
                    String::new()
                } else {
                    fs::read_to_string(&path).unwrap()
                };
                found.push((name, text));
            }
        }
    }
    found.sort();
    found
}

fn read(page: &str) -> String {
    fs::read_to_string(source().join(page)).unwrap()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src")
}
