//! What is printed: a table of operations, one of facts. Markdown, so that it can be put into a page as it is.
use std::{
    fmt::Display,
    io::{self, Write},
    time::Duration,
};

use crate::load::Measured;

#[derive(Default)]
pub(crate) struct Table {
    operations: Vec<[String; 7]>,
    facts: Vec<(String, String)>,
}

const HEAD: [&str; 7] = [
    "operation",
    "a second",
    "p50 ms",
    "p99 ms",
    "CPU ms each, server",
    "CPU ms each, database",
    "answered otherwise",
];

impl Table {
    pub(crate) fn operation(&mut self, name: &str, it: &Measured) {
        self.operations.push([
            name.to_owned(),
            rate(it.answered, it.elapsed),
            milliseconds(it.median),
            milliseconds(it.slowest_percent),
            milliseconds(each(it.server, it.answered)),
            it.database.map(|spent| milliseconds(each(spent, it.answered))).unwrap_or_default(),
            it.others.to_string(),
        ]);
    }
    /// Of what has no process of its own to be measured.
    pub(crate) fn alone(&mut self, name: String, done: usize, elapsed: Duration, sorted: &[Duration]) {
        let [median, slowest] = [0.50, 0.99].map(|part| milliseconds(crate::load::at(sorted, part)));
        let none = String::new;
        self.operations.push([name, rate(done, elapsed), median, slowest, none(), none(), none()]);
    }
    pub(crate) fn fact(&mut self, name: &str, value: impl Display) {
        self.facts.push((name.to_owned(), value.to_string()));
    }

    pub(crate) fn print(&self, to: &mut impl Write) -> io::Result<()> {
        writeln!(to, "| {} |\n| --- |{}", HEAD.join(" | "), " ---: |".repeat(HEAD.len() - 1))?;
        for row in &self.operations {
            writeln!(to, "| {} |", row.join(" | "))?;
        }
        writeln!(to, "\n| fact | |\n| --- | --- |")?;
        for (name, value) in &self.facts {
            writeln!(to, "| {name} | {value} |")?;
        }
        to.flush()
    }
}

#[expect(clippy::cast_precision_loss, reason = "no count comes near what a float counts exactly")]
fn rate(done: usize, elapsed: Duration) -> String {
    format!("{:.0}", done as f64 / elapsed.as_secs_f64())
}

fn each(spent: Duration, done: usize) -> Duration {
    spent / u32::try_from(done.max(1)).unwrap_or(u32::MAX)
}

fn milliseconds(it: Duration) -> String {
    format!("{:.2}", it.as_secs_f64() * 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_a_table() {
        let mut table = Table::default();
        let took = [Duration::from_micros(500), Duration::from_millis(2)];
        table.alone("read".to_owned(), 2, Duration::from_secs(1), &took);
        table.fact("cores", 2);
        let mut printed = Vec::new();
        table.print(&mut printed).unwrap();
        let printed = String::from_utf8(printed).unwrap();
        assert!(printed.contains("\n| read | 2 | 0.50 | 2.00 |  |  |  |\n"), "{printed}");
        assert!(printed.ends_with("| cores | 2 |\n"), "{printed}");
    }
}
