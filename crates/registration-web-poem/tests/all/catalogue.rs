//! Every phrase that a page asks for is in the catalogue, and none is in it for nothing.
use std::{collections::BTreeSet, fs, path::Path};

/// Keys that are put together while the program runs begin so.
const COMPOSED: &[&str] = &[
    "check-",
    "mailbox-width-",
    "sign-up-",
    "status-",
    "bounce-",
    "notified-",
    "month-",
    "theme-",
    "fault-",
    "failure-",
    "refusal-",
    "state-",
    "permission-",
    "group-",
    "action-",
    "listed-",
    "mail-",
    "revoked-",
    "tab-",
    "empty-",
    "column-",
    "mailbox-view-",
    "day",
    "moment",
    "access-",
    "sign-in-outcome-",
    "sign-in-method-",
    "request-",
    "outcome-",
    "result-",
    "reason-",
    "code-state-",
    "code-refused-",
];

#[test]
fn every_phrase_is_known_and_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut asked = BTreeSet::new();
    for folder in ["src", "templates"] {
        collect(&root.join(folder), &mut asked);
    }
    let mut known = BTreeSet::new();
    for file in fs::read_dir(root.join("locales/en")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        known.extend(
            text.lines()
                .filter(|it| it.starts_with(|c: char| c.is_ascii_lowercase()))
                .filter_map(|it| Some(it.split_once(" =")?.0.to_owned())),
        );
    }
    let unknown: Vec<_> = asked.difference(&known).collect();
    assert!(unknown.is_empty(), "not in the catalogue: {unknown:?}");
    let idle = known.difference(&asked).filter(|it| !COMPOSED.iter().any(|prefix| it.starts_with(prefix)));
    let idle: Vec<_> = idle.collect();
    assert!(idle.is_empty(), "of no use: {idle:?}");
}

/// What stands as a whole key in `t("…")`, `say("…")` and `Notice::of("…")`, and words that look like keys.
fn collect(folder: &Path, asked: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, asked);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let is_test = path.ends_with("words/tests.rs");
        for start in [".t(\"", "words.say(\"", "Notice::of(\""] {
            let keys = text.split(start).skip(1).filter_map(|it| it.split('"').next());
            asked.extend(keys.filter(|_| !is_test).map(str::to_owned));
        }
        // A key may be chosen first and asked for later.
        for line in text.lines().filter(|it| {
            it.contains("title") || it.contains("notice-") || it.contains("task(") || it.contains("phrase(")
        }) {
            let quoted = line.split('"').skip(1).step_by(2);
            let is_key = |it: &&str| {
                it.contains('-') && it.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'_')
            };
            // What a part of a page is called by another part is no key.
            let is_id = |it: &str| text.contains(&format!("id=\"{it}\""));
            let keys = quoted
                .filter(is_key)
                .filter(|it| ["title", "notice-", "task-", "fault-"].iter().any(|part| it.contains(part)));
            asked.extend(
                keys.filter(|it| !it.starts_with("--") && !it.ends_with('-') && !is_id(it))
                    .map(str::to_owned),
            );
        }
    }
}
