//! Inside the hexagon: value types ← aggregates ← change ← port ← use case.
use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenTree};

use super::{
    Finding,
    source::{Source, group, inside, is_ident, is_punct, walk},
};

const HOME: &str = "crates/registration-domain/src/";

/// A module may name its own layer and those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    Value,
    Aggregate,
    Change,
    Port,
    UseCase,
}

/// What is not listed is an aggregate, so that a new module starts under the strictest rule but the values'.
const LAYERS: [(Layer, &[&str]); 4] = [
    (
        Layer::Value,
        &[
            "domain_name",
            "email",
            "free_mail",
            "id",
            "locale",
            "note",
            "organization_name",
            "page",
            "password",
            "person_name",
            "revision",
            "secret",
            "text",
            "time",
            "username",
        ],
    ),
    (Layer::Change, &["change"]),
    (Layer::Port, &["port"]),
    (Layer::UseCase, &["platform", "use_case"]),
];

/// Every layer says no in this one vocabulary, which itself speaks of aggregates.
const VOCABULARY: &str = "refusal";

impl Layer {
    fn of(module: &str) -> Self {
        let listed = LAYERS.iter().find(|(_, modules)| modules.contains(&module));
        listed.map_or(Self::Aggregate, |(layer, _)| *layer)
    }
}

pub(super) fn findings(sources: &[Source<'_>]) -> Vec<Finding> {
    let modules: Vec<_> = sources.iter().filter_map(|source| Some((module_path(source)?, source))).collect();
    let shown = modules.iter().filter(|(path, _)| path.is_empty()).flat_map(|(_, root)| names_shown_by(root));
    let shown: BTreeMap<_, _> = shown.collect();
    let inner = modules.iter().filter(|(path, _)| !path.is_empty());
    inner.flat_map(|(path, source)| judge(path, source, &shown)).collect()
}

fn judge(path: &[String], source: &Source<'_>, shown: &BTreeMap<String, String>) -> Vec<Finding> {
    let layer = Layer::of(&path[0]);
    let mut findings = Vec::new();
    each_name(&source.tokens, path.len(), &mut |name, line| {
        let name = shown.get(&name).unwrap_or(&name);
        if *name != path[0] && name != VOCABULARY && Layer::of(name) > layer {
            findings.push(source.file.finding(line, format!("`{}` may not name `{name}`", path[0])));
        }
    });
    walk(&source.tokens, &mut |siblings, at| {
        if layer < Layer::Port && is_ident(&siblings[at], "async") {
            let line = siblings[at].span().start().line;
            findings.push(source.file.finding(line, format!("`{}` may not wait", path[0])));
        }
    });
    findings
}

/// `use_case/invite.rs` is `["use_case", "invite"]`, and `lib.rs` is `[]`.
fn module_path(source: &Source<'_>) -> Option<Vec<String>> {
    let path = source.file.path.strip_prefix(HOME)?.strip_suffix(".rs")?;
    let mut parts: Vec<_> = path.split('/').map(str::to_owned).collect();
    if matches!(parts.last().map(String::as_str), Some("lib" | "mod")) {
        parts.pop();
    }
    Some(parts)
}

/// What the root shows under another path, as in `pub use port::Clock;`: the name and its module.
fn names_shown_by(root: &Source<'_>) -> Vec<(String, String)> {
    let mut names = Vec::new();
    for (at, token) in root.tokens.iter().enumerate() {
        if is_ident(token, "use") {
            let tree: Vec<_> =
                root.tokens[at + 1..].iter().take_while(|token| !is_punct(token, ';')).collect();
            let Some(module) = tree.iter().find_map(|token| ident(token).filter(|name| name != "self"))
            else {
                continue;
            };
            let mut seen = Vec::new();
            last_names(&tree.into_iter().cloned().collect::<Vec<_>>(), &mut seen);
            names.extend(seen.into_iter().map(|name| (name, module.clone())));
        }
    }
    names
}

/// The names that a use tree brings in: of each branch the last one.
fn last_names(tree: &[TokenTree], names: &mut Vec<String>) {
    for branch in tree.split(|token| is_punct(token, ',')) {
        match branch.last() {
            Some(TokenTree::Group(group)) => last_names(&inside(group), names),
            Some(last) => names.extend(ident(last)),
            None => {}
        }
    }
}

/// Calls `visit` with every name that is reached from the crate's root, and its line.
fn each_name(siblings: &[TokenTree], depth: usize, visit: &mut impl FnMut(String, usize)) {
    for (at, token) in siblings.iter().enumerate() {
        if let TokenTree::Group(inner) = token {
            let is_module = at > 1 && is_ident(&siblings[at - 2], "mod");
            each_name(&inside(inner), depth + usize::from(is_module), visit);
        } else if let Some(rest) = from_root(siblings, at, depth) {
            first_names(rest, visit);
        }
    }
}

/// What follows `crate::`, or as many `super::` as lead to the root.
fn from_root(siblings: &[TokenTree], at: usize, depth: usize) -> Option<&[TokenTree]> {
    let starts = at == 0 || !is_punct(&siblings[at - 1], ':');
    if !starts {
        return None;
    }
    if is_ident(&siblings[at], "crate") {
        return after_colons(&siblings[at + 1..]);
    }
    let mut rest = &siblings[at..];
    if rest.first().is_some_and(|token| is_ident(token, "self")) {
        rest = after_colons(&rest[1..])?;
    }
    let mut climbed = 0;
    while rest.first().is_some_and(|token| is_ident(token, "super")) {
        climbed += 1;
        rest = after_colons(&rest[1..])?;
    }
    (climbed == depth).then_some(rest)
}

fn after_colons(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [first, second, rest @ ..] if is_punct(first, ':') && is_punct(second, ':') => Some(rest),
        _ => None,
    }
}

fn first_names(tokens: &[TokenTree], visit: &mut impl FnMut(String, usize)) {
    let Some(first) = tokens.first() else { return };
    if let Some(group) = group(first, Delimiter::Brace) {
        for branch in inside(group).split(|token| is_punct(token, ',')) {
            first_names(branch, visit);
        }
    } else if let Some(name) = ident(first) {
        visit(name, first.span().start().line);
    }
}

fn ident(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample;

    #[test]
    fn an_aggregate_names_neither_port_nor_platform_nor_use_case() {
        check("invitation.rs", "use crate::port::Clock;", &["port"]);
        check("invitation.rs", "use crate::{id::Id, platform::Platform};", &["platform"]);
        check("invitation/acceptable.rs", "fn a(b: &crate::use_case::invite::Invite) {}", &["use_case"]);
        check("invitation.rs", "use crate::change::Change;", &["change"]);
        check("invitation.rs", "use crate::{id::Id, membership::Membership, refusal::Refusal};", &[]);
    }

    #[test]
    fn a_value_names_no_aggregate() {
        check("email.rs", "use crate::account::Account;", &["account"]);
        check("email.rs", "use crate::{refusal::Fault, text};", &[]);
    }

    #[test]
    fn only_use_cases_name_ports() {
        check("change.rs", "use crate::port::Ledger;", &["port"]);
        check("port/ledger.rs", "use crate::{change::ChangeSet, platform::Platform};", &["platform"]);
        check("port/ledger.rs", "use crate::{change::ChangeSet, port::Outbox};", &[]);
        check("use_case/invite.rs", "use crate::{change::ChangeSet, platform::Platform, port::Outbox};", &[]);
    }

    #[test]
    fn super_leads_to_the_root_too() {
        check("invitation.rs", "use super::port::Clock;", &["port"]);
        check("invitation/acceptable.rs", "use super::super::{id, port};", &["port"]);
        check("invitation/acceptable.rs", "use super::port;", &[]);
        check("invitation.rs", "mod tests { use super::port; }", &[]);
        check("invitation.rs", "mod tests { use super::super::port; }", &["port"]);
    }

    #[test]
    fn what_the_root_shows_stays_where_it_is() {
        check("invitation.rs", "use crate::Clock;", &["port"]);
        check("invitation.rs", "use crate::Seconds;", &[]);
    }

    #[test]
    fn words_in_docs_and_texts_are_no_names() {
        check("invitation.rs", "/// See [`crate::port`].\nconst A: &str = \"crate::port\";", &[]);
    }

    #[test]
    fn an_aggregate_does_not_wait() {
        let found = findings_in("invitation.rs", "impl A { pub async fn a() {} }");
        assert_eq!(found, ["`invitation` may not wait"]);
        check("port/ledger.rs", "trait Ledger { async fn commit(&self); }", &[]);
    }

    fn check(path: &str, text: &str, forbidden: &[&str]) {
        let module = path.split(['/', '.']).next().unwrap_or_default();
        let expected: Vec<_> =
            forbidden.iter().map(|name| format!("`{module}` may not name `{name}`")).collect();
        assert_eq!(findings_in(path, text), expected, "{text}");
    }

    fn findings_in(path: &str, text: &str) -> Vec<String> {
        let root = sample(
            &format!("{HOME}lib.rs"),
            "pub mod port; pub use port::{Ids, clock::SystemClock as Clock}; pub use self::time::Seconds;",
        );
        let file = sample(&format!("{HOME}{path}"), text);
        let sources =
            [&root, &file].map(|file| Source::parse(file).unwrap_or_else(|finding| panic!("{finding}")));
        findings(&sources).into_iter().map(|finding| finding.what).collect()
    }
}
