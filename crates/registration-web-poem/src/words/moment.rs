//! A point in time as people read it, and beside it as programs do.
use std::fmt;

use askama::filters::Safe;
use chrono::{DateTime, Datelike, Timelike, Utc};
use registration_domain::time::Timestamp;

use super::Words;

/// A point in time, in words: to the minute, in UTC.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    words: Words,
    at: DateTime<Utc>,
}

impl Moment {
    pub(super) fn of(words: Words, at: Timestamp) -> Self {
        Self { words, at: DateTime::from_timestamp_micros(at.micros()).unwrap_or(DateTime::UNIX_EPOCH) }
    }
    /// The day alone.
    pub(crate) fn day(&self) -> String {
        let month = self.words.say(format!("month-{}", self.at.month()));
        let day = self.words.say("day").with("day", self.at.day()).with("month", month);
        day.with("year", self.at.year()).to_string()
    }
    /// For people and programs.
    pub(crate) fn html(&self) -> Safe<String> {
        let exact = self.at.format("%Y-%m-%dT%H:%M:%SZ");
        Safe(format!("<time datetime=\"{exact}\">{}</time>", super::phrase::escaped(&self.to_string())))
    }
    /// The day alone, for people and programs.
    pub(crate) fn day_html(&self) -> Safe<String> {
        let exact = self.at.format("%Y-%m-%dT%H:%M:%SZ");
        Safe(format!("<time datetime=\"{exact}\">{}</time>", super::phrase::escaped(&self.day())))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = format!("{:02}:{:02}", self.at.hour(), self.at.minute());
        self.words.say("moment").with("day", self.day()).with("time", time).fmt(f)
    }
}
