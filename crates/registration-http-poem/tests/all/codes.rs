//! Every code that the domain and the edge can tell is explained, under the status that it comes with.
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use registration_http_poem::problem_table;

/// Everything that is written in a crate.
fn sources(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rooms = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name).join("src")];
    while let Some(room) = rooms.pop() {
        let entries = fs::read_dir(&room).expect("a room of the workspace");
        let paths: Vec<PathBuf> = entries.map(|it| it.expect("an entry").path()).collect();
        for path in paths {
            if path.is_dir() {
                rooms.push(path);
            } else {
                found.push(fs::read_to_string(path).expect("a source"));
            }
        }
    }
    found
}

/// What stands in quotes behind each place where `before` is written.
fn quoted<'a>(source: &'a str, before: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    source.split(before).skip(1).filter_map(|rest| {
        let (between, rest) = rest.split_once('"')?;
        Some((between, rest.split('"').next()?))
    })
}

#[test]
fn every_refusal_of_the_domain_is_explained_under_its_status() {
    let statuses = BTreeMap::from([
        ("Invalid", 422),
        ("Unauthenticated", 401),
        ("Forbidden", 403),
        ("NotFound", 404),
        ("Conflict", 409),
        ("Gone", 410),
        ("Limited", 429),
        ("Stale", 412),
        ("Unavailable", 503),
    ]);
    let mut seen = 0;
    for source in sources("registration-domain") {
        for (kind, code) in quoted(&source, "(RefusalKind::").filter(|(kind, _)| kind.ends_with(", ")) {
            let status = statuses[kind.trim_end_matches(", ")];
            let known = problem_table().iter().find(|it| it.code == code);
            let known = known.unwrap_or_else(|| panic!("{code} is not explained"));
            assert_eq!(known.status, Some(status), "{code}");
            seen += 1;
        }
    }
    assert!(seen > 20, "the domain tells its codes in another way: {seen}");
}

#[test]
fn every_fault_of_a_value_is_explained() {
    let mut seen = 0;
    for source in sources("registration-domain") {
        for part in source.split("fn code(").skip(1) {
            let body = part.split("\n    }\n").next().unwrap_or_default();
            for (_, code) in quoted(body, "=> ").chain(quoted(body, "{\n        ")) {
                let is_code = code.bytes().all(|it| it.is_ascii_lowercase() || it == b'_');
                let known = problem_table().iter().any(|it| it.code == code);
                assert!(!is_code || known, "{code} is not explained");
                seen += 1;
            }
        }
    }
    assert!(seen > 15, "values tell their codes in another way: {seen}");
}

#[test]
fn every_problem_of_the_edge_is_explained_under_the_same_title() {
    let source = sources("registration-edge-poem").concat();
    for (_, code) in quoted(&source, "=> (").filter(|(between, _)| between.is_empty()) {
        let known = problem_table().iter().find(|it| it.code == code);
        let known = known.unwrap_or_else(|| panic!("{code} is not explained"));
        assert!(source.contains(known.title), "{code}: the edge says it in other words");
    }
}
