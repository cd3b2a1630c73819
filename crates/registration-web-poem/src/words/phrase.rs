//! A phrase is a key and the values that go into it, worded only when it is shown.
use std::{
    borrow::{Borrow, Cow},
    fmt,
};

use askama::filters::Safe;
use fluent_bundle::{FluentArgs, FluentValue};

use super::Words;

/// A phrase, to be worded.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    words: Words,
    key: Cow<'static, str>,
    values: Vec<(&'static str, Value)>,
}

#[derive(Debug, Clone)]
enum Value {
    Text(String),
    Count(usize),
}

impl Phrase {
    pub(super) fn of(words: Words, key: Cow<'static, str>) -> Self {
        Self { words, key, values: Vec::new() }
    }
    /// With this text in it.
    pub(crate) fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.values.push((name, Value::Text(value.to_string())));
        self
    }
    /// With this number in it, by which the language chooses a form.
    pub(crate) fn count(mut self, name: &'static str, value: impl Borrow<usize>) -> Self {
        self.values.push((name, Value::Count(*value.borrow())));
        self
    }
    /// As HTML: the catalogue's own marks stay, and each value is escaped and keeps its own direction.
    pub(crate) fn html(&self) -> Safe<String> {
        Safe(self.worded(|text| format!("<bdi>{}</bdi>", escaped(text))))
    }

    fn worded(&self, show: impl Fn(&str) -> String) -> String {
        let bundle = &self.words.0.bundle;
        let Some(pattern) = bundle.get_message(&self.key).and_then(|it| it.value()) else {
            tracing::error!(key = %self.key, language = self.words.tag(), "the catalogue lacks a phrase");
            return self.key.clone().into_owned();
        };
        let mut arguments = FluentArgs::new();
        for (name, value) in &self.values {
            match value {
                Value::Text(text) => arguments.set(*name, FluentValue::from(show(text))),
                Value::Count(count) => arguments.set(*name, FluentValue::from(*count)),
            }
        }
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut faults).into_owned();
        if !faults.is_empty() {
            tracing::error!(key = %self.key, ?faults, "a phrase lacks a value");
        }
        text
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.worded(str::to_owned))
    }
}

/// Text as HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
