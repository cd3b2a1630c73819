//! Rust files: short, each with its one rule on top, without switched-off lints, skipped tests and sleeps for luck.
//!
//! Read as tokens, so that neither strings nor comments count, and macros do.
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::{Finding, TextFile};

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 70;
const EXCUSE: &str = "// waits for:";

pub(super) struct Source<'a> {
    pub(super) file: &'a TextFile,
    pub(super) tokens: Vec<TokenTree>,
}

impl<'a> Source<'a> {
    pub(super) fn parse(file: &'a TextFile) -> Result<Self, Finding> {
        match file.text.parse::<TokenStream>() {
            Ok(tokens) => Ok(Self { file, tokens: tokens.into_iter().collect() }),
            Err(error) => Err(file.finding(error.span().start().line, "is no Rust")),
        }
    }
}

pub(super) fn findings(source: &Source<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let lines = source.file.text.lines().count();
    if lines > LONGEST_FILE {
        findings.push(source.file.finding(lines, format!("the file has {lines} lines, over {LONGEST_FILE}")));
    }
    if !source.file.text.trim_start().starts_with("//!") {
        findings.push(source.file.finding(1, "lacks the `//!` line that says its rule"));
    }
    walk(&source.tokens, &mut |siblings, at| {
        let what = long_function(&siblings[at..])
            .or_else(|| forbidden_attribute(&siblings[at..]))
            .or_else(|| unexcused_sleep(source, siblings, at));
        let line = siblings[at].span().start().line;
        findings.extend(what.map(|what| source.file.finding(line, what)));
    });
    findings
}

/// Calls `visit` with every token and its siblings.
pub(super) fn walk(siblings: &[TokenTree], visit: &mut impl FnMut(&[TokenTree], usize)) {
    for (at, token) in siblings.iter().enumerate() {
        visit(siblings, at);
        if let TokenTree::Group(group) = token {
            walk(&inside(group), visit);
        }
    }
}

fn long_function(tokens: &[TokenTree]) -> Option<String> {
    let [TokenTree::Ident(keyword), TokenTree::Ident(name), rest @ ..] = tokens else { return None };
    if keyword != "fn" {
        return None;
    }
    let mut signature = rest.iter().take_while(|token| !is_punct(token, ';'));
    let body = signature.find_map(|token| group(token, Delimiter::Brace))?;
    let lines = body.span_close().end().line - keyword.span().start().line + 1;
    (lines > LONGEST_FUNCTION).then(|| format!("`{name}` has {lines} lines, over {LONGEST_FUNCTION}"))
}

fn forbidden_attribute(tokens: &[TokenTree]) -> Option<String> {
    let (hash, rest) = tokens.split_first()?;
    if !is_punct(hash, '#') {
        return None;
    }
    let rest = if is_punct(rest.first()?, '!') { &rest[1..] } else { rest };
    let attribute = inside(group(rest.first()?, Delimiter::Bracket)?);
    let conditional = is_ident(attribute.first()?, "cfg_attr");
    let named = |name| {
        let mut found = is_ident(&attribute[0], name);
        walk(&attribute, &mut |siblings, at| found |= conditional && is_ident(&siblings[at], name));
        found
    };
    if named("allow") {
        return Some("`allow` switches a lint off for good; say `expect`, with a reason".into());
    }
    named("ignore").then(|| "a skipped test proves nothing".into())
}

fn unexcused_sleep(source: &Source<'_>, siblings: &[TokenTree], at: usize) -> Option<String> {
    let of_a_test = source.file.path.split('/').any(|part| part == "tests");
    let called = siblings.get(at + 1).is_some_and(|next| group(next, Delimiter::Parenthesis).is_some());
    let another = at > 0 && (is_punct(&siblings[at - 1], '.') || is_ident(&siblings[at - 1], "fn"));
    if !of_a_test || !is_ident(&siblings[at], "sleep") || !called || another {
        return None;
    }
    let line = siblings[at].span().start().line;
    // Lines count from one: this one, and the one before.
    let excused =
        source.file.text.lines().skip(line.saturating_sub(2)).take(2).any(|line| line.contains(EXCUSE));
    (!excused).then(|| format!("a test that sleeps says why: `{EXCUSE} …`"))
}

pub(super) fn inside(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

pub(super) fn group(token: &TokenTree, delimiter: Delimiter) -> Option<&Group> {
    match token {
        TokenTree::Group(group) => (group.delimiter() == delimiter).then_some(group),
        TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    }
}

pub(super) fn is_ident(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == name)
}

pub(super) fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample;

    #[test]
    fn a_file_over_400_lines_is_found() {
        check("a.rs", &["//! Rule.\n", &"\n".repeat(400)].concat(), Some("401 lines"));
        check("a.rs", &["//! Rule.\n", &"\n".repeat(399)].concat(), None);
    }

    #[test]
    fn a_function_over_70_lines_is_found() {
        let of_lines = |lines: usize| {
            let blank = "\n".repeat(lines - 1);
            format!("//! Rule.\nimpl A {{ pub async fn long(&self) -> Option<()> {{{blank}}} }}")
        };
        check("a.rs", &of_lines(71), Some("`long` has 71 lines"));
        check("a.rs", &of_lines(70), None);
        let braces = format!("//! Rule.\nfn short() {{ \"{{\"; '{{'; /* {{ */ }}{}", "\n".repeat(80));
        check("a.rs", &braces, None);
        let declared =
            format!("//! Rule.\ntrait A {{ fn a(&self); const B: u8 = {{{} 1 }}; }}", "\n".repeat(80));
        check("a.rs", &declared, None);
    }

    #[test]
    fn a_file_without_its_rule_is_found() {
        check("a.rs", "// A comment.\nmod a;", Some("lacks the `//!` line"));
    }

    #[test]
    fn a_lint_switched_off_is_found() {
        check("a.rs", "//! Rule.\n#[allow(dead_code)]\nfn a() {}", Some("`allow`"));
        check("a.rs", "//! Rule.\n#![allow(dead_code)]", Some("`allow`"));
        check("a.rs", "//! Rule.\n#[cfg_attr(test, allow(dead_code))]\nfn a() {}", Some("`allow`"));
        check(
            "a.rs",
            "//! Rule.\nmacro_rules! a { () => { #[allow(dead_code)] fn a() {} } }",
            Some("`allow`"),
        );
        check("a.rs", "//! Rule.\n// #[allow(dead_code)]\nconst A: &str = \"#[allow(dead_code)]\";", None);
        check("a.rs", "//! Rule.\nfn allow(a: bool) { allow(a) }", None);
    }

    #[test]
    fn a_skipped_test_is_found() {
        check("a.rs", "//! Rule.\n#[test]\n#[ignore]\nfn a() {}", Some("skipped"));
        check("a.rs", "//! Rule.\n#[test]\n#[ignore = \"slow\"]\nfn a() {}", Some("skipped"));
        check("a.rs", "//! Rule.\n#[cfg_attr(unix, ignore)]\nfn a() {}", Some("skipped"));
    }

    #[test]
    fn a_test_that_sleeps_for_luck_is_found() {
        for call in ["std::thread::sleep(x);", "tokio::time::sleep(x).await;", "sleep(x)"] {
            let body = |excuse: &str| format!("//! Rule.\nfn a() {{\n{excuse}\n{call} }}");
            check("crates/a/tests/all.rs", &body(""), Some("a test that sleeps"));
            check("crates/a/tests/all.rs", &body("// waits for: the lease to end"), None);
            check("crates/a/src/a.rs", &body(""), None);
        }
        check("crates/a/tests/all.rs", "//! Rule.\nfn a() { clock.sleep(x) }", None);
    }

    #[test]
    fn what_is_no_rust_is_found() {
        assert!(Source::parse(&sample("a.rs", "fn a( {")).is_err());
    }

    fn check(path: &str, text: &str, expected: Option<&str>) {
        let file = sample(path, text);
        let found = findings(&Source::parse(&file).unwrap_or_else(|finding| panic!("{finding}")));
        match expected {
            None => assert_eq!(found, [], "{text}"),
            Some(what) => assert!(found.len() == 1 && found[0].what.contains(what), "{text}: {found:?}"),
        }
    }
}
