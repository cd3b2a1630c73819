//! A point in time as people read it where they live, and beside it as programs do.
use std::fmt;

use askama::filters::Safe;
use chrono::{DateTime, Datelike, NaiveDateTime, Timelike, Utc};
use chrono_tz::Tz;
use registration_domain::time::Timestamp;

use super::Words;

/// A point in time, in words: to the minute, in the reader's zone or in UTC.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    words: Words,
    at: DateTime<Utc>,
    zone: Tz,
}

impl Moment {
    pub(super) fn of(words: Words, at: Timestamp) -> Self {
        let at = DateTime::from_timestamp_micros(at.micros()).unwrap_or(DateTime::UNIX_EPOCH);
        Self { words, at, zone: Tz::UTC }
    }
    /// As the clocks of this zone tell it.
    pub(crate) fn within(self, zone: Tz) -> Self {
        Self { zone, ..self }
    }
    /// The day alone.
    pub(crate) fn day(&self) -> String {
        let local = self.local();
        let month = self.words.say(format!("month-{}", local.month()));
        let day = self.words.say("day").with("day", local.day()).with("month", month);
        day.with("year", local.year()).to_string()
    }
    /// The time of the day alone.
    pub(crate) fn time(&self) -> String {
        let local = self.local();
        format!("{:02}:{:02}", local.hour(), local.minute())
    }
    /// The time of the day to the second, for what happens within minutes.
    pub(crate) fn clock(&self) -> String {
        let local = self.local();
        let time = format!("{:02}:{:02}:{:02}", local.hour(), local.minute(), local.second());
        let place = place_of(self.zone.name());
        let phrase = if place == "UTC" {
            self.words.say("clock")
        } else {
            self.words.say("clock-elsewhere").with("place", place)
        };
        phrase.with("time", time).to_string()
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

    fn local(&self) -> NaiveDateTime {
        self.at.with_timezone(&self.zone).naive_local()
    }
}

/// The place that a zone is named after: `Buenos Aires` for `America/Argentina/Buenos_Aires`.
pub(crate) fn place_of(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = place_of(self.zone.name());
        let phrase = if place == "UTC" {
            self.words.say("moment")
        } else {
            self.words.say("moment-elsewhere").with("place", place)
        };
        phrase.with("day", self.day()).with("time", self.time()).fmt(f)
    }
}
