//! Of a page, what is meant to be run, and where its links lead.

const EXCUSE: &str = "<!-- not run: ";

/// A fenced block.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) language: String,
    pub(crate) text: String,
    /// Of its fence, from 1.
    pub(crate) line: usize,
    /// Why it is not run, from the comment above it.
    pub(crate) excuse: Option<String>,
}

pub(crate) fn blocks(page: &str) -> Vec<Block> {
    let (mut found, mut above) = (Vec::new(), "");
    let mut lines = page.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        // In a list a block is indented.
        let line = line.trim_start();
        if let Some(language) = line.strip_prefix("```") {
            let inside = lines.by_ref().map(|it| it.1).take_while(|it| !it.trim_start().starts_with("```"));
            let text = inside.fold(String::new(), |text, line| text + line + "\n");
            let excuse = above.strip_prefix(EXCUSE).and_then(|it| it.strip_suffix(" -->"));
            let excuse = excuse.map(str::to_owned);
            found.push(Block { language: language.to_owned(), text, line: index + 1, excuse });
        }
        above = line;
    }
    found
}

/// The targets of `[text](target)`, outside of code.
pub(crate) fn links(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fenced = false;
    for line in page.lines() {
        fenced ^= line.trim_start().starts_with("```");
        if fenced {
            continue;
        }
        let ends = line.match_indices("](").map(|(at, _)| &line[at + 2..]);
        found.extend(ends.filter_map(|it| it.split_once(')')).map(|(target, _)| target.to_owned()));
    }
    found
}

#[test]
fn a_block_has_its_language_its_text_and_its_excuse() {
    let page = "a\n```sh\none\ntwo\n```\n<!-- not run: no server -->\n```sh,server\nthree\n```\n";
    let found: Vec<_> =
        blocks(page).into_iter().map(|it| (it.language, it.text, it.line, it.excuse)).collect();
    let excused = ("sh,server".into(), "three\n".into(), 7, Some("no server".into()));
    assert_eq!(found, [("sh".into(), "one\ntwo\n".into(), 2, None), excused]);
}

#[test]
fn links_are_found_outside_of_code() {
    assert_eq!(links("[a](b.md) and [c](d.md#e)\n```sh\n[f](g)\n```\n"), ["b.md", "d.md#e"]);
}
