//! A page is Markdown that says who wrote it, so that nobody mends it by hand.
use std::fmt::Display;

/// A page in the making.
pub(crate) struct Page(String);

impl Page {
    pub(crate) fn new(title: &str, about: &str) -> Self {
        Self(format!(
            "# {title}\n\n<!-- Written by `cargo xtask codegen`; a change by hand is lost, and CI refuses it. -->\n\n{about}\n"
        ))
    }
    pub(crate) fn heading(&mut self, depth: usize, text: impl Display) -> &mut Self {
        self.add(format_args!("{} {text}", "#".repeat(depth)))
    }
    /// A block of its own, with a blank line before it.
    pub(crate) fn add(&mut self, block: impl Display) -> &mut Self {
        self.0 += &["\n", &block.to_string(), "\n"].concat();
        self
    }
    pub(crate) fn table<Row: AsRef<[String]>>(
        &mut self,
        head: &[&str],
        rows: impl IntoIterator<Item = Row>,
    ) -> &mut Self {
        let rule = vec!["---"; head.len()].join(" | ");
        let mut lines = vec![format!("| {} |", head.join(" | ")), format!("| {rule} |")];
        lines.extend(rows.into_iter().map(|row| {
            let cells: Vec<_> = row.as_ref().iter().map(|it| cell(it)).collect();
            format!("| {} |", cells.join(" | "))
        }));
        self.add(lines.join("\n"))
    }
    pub(crate) fn end(self) -> String {
        self.0
    }
}

pub(crate) fn code(text: impl Display) -> String {
    format!("`{text}`")
}

/// A line in a table cannot be broken, and a bar ends its cell.
fn cell(text: &str) -> String {
    text.trim().replace('|', "\\|").replace('\n', " ")
}
