//! Plain text is wrapped at 78 characters (RFC 5322, 2.1.1); links and quotes survive it.
use std::borrow::Cow;

const WIDTH: usize = 78;

/// Without the white space that templates leave: one empty line at most between paragraphs, none around.
pub(super) fn wrapped(text: &str) -> String {
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    for line in text.trim().lines().map(str::trim_end) {
        if line.is_empty() && lines.last().is_some_and(|it| it.is_empty()) {
            continue;
        }
        wrap(line, &mut lines);
    }
    lines.push(Cow::Borrowed(""));
    lines.join("\n")
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn without_blank_lines(html: &str) -> String {
    html.lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .fold(String::new(), |page, line| page + line + "\n")
}

/// A word that is longer than a line stays whole, as every link does.
fn wrap<'a>(line: &'a str, lines: &mut Vec<Cow<'a, str>>) {
    if line.chars().count() <= WIDTH {
        lines.push(Cow::Borrowed(line));
        return;
    }
    let (sign, words) = line.strip_prefix("> ").map_or(("", line), |words| ("> ", words));
    let mut part = String::from(sign);
    for word in words.split_whitespace() {
        let is_first = part.len() == sign.len();
        if !is_first && part.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(Cow::Owned(std::mem::replace(&mut part, String::from(sign))));
        } else if !is_first {
            part.push(' ');
        }
        part.push_str(word);
    }
    lines.push(Cow::Owned(part));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_between_words() {
        let text = wrapped(&"word ".repeat(40));
        assert!(text.lines().all(|line| line.len() <= WIDTH && line.starts_with("word")), "{text}");
        assert_eq!(one_line(&text), "word ".repeat(40).trim());
    }

    #[test]
    fn a_link_is_never_cut() {
        let link = format!("https://join.example.org/i/{}", "A".repeat(76));
        assert!(
            wrapped(&format!("Go to {link} now, if you like that better than anything else")).contains(&link)
        );
    }

    #[test]
    fn a_quote_stays_a_quote() {
        let text = wrapped(&format!("> {}", "quoted ".repeat(30)));
        assert!(text.lines().all(|line| line.starts_with("> quoted") && line.len() <= WIDTH), "{text}");
        assert!(text.lines().count() > 2);
    }

    #[test]
    fn one_empty_line_parts_paragraphs() {
        assert_eq!(wrapped("\n\n a \n\n\n \nb\n\n"), "a\n\nb\n");
    }
}
