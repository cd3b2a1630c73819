//! Values are parsed once, and every fault is kept: nobody mends a configuration one error at a time.
use std::{fmt::Display, time::Duration};

use toml::Value;

use super::{duration, fault::Fault, given::Given};

/// Parses settings and collects what is wrong with them.
pub(super) struct Reader<'a> {
    given: &'a Given,
    pub(super) faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(given: &'a Given, faults: Vec<Fault>) -> Self {
        Self { given, faults }
    }

    /// What somebody said; nothing where neither they nor a default did.
    pub(super) fn value(&self, name: &str) -> Option<&'a Value> {
        self.given.get(name).map(|it| &it.value)
    }

    pub(super) fn refuse(&mut self, name: &str, reason: impl Display) {
        let origin = self.given.get(name).map(|it| it.origin.clone());
        self.faults.push(Fault { setting: name.to_owned(), origin, reason: reason.to_string() });
    }

    pub(super) fn text(&mut self, name: &str) -> Option<&'a str> {
        let value = self.value(name)?;
        let text = value.as_str();
        if text.is_none() {
            self.refuse(name, "is no text");
        }
        text
    }
    pub(super) fn parsed<T, E: Display>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.text(name)?;
        self.checked(name, parse(text))
    }
    pub(super) fn duration(&mut self, name: &str) -> Option<Duration> {
        let length = self.parsed(name, duration::parse)?;
        if length.is_zero() {
            self.refuse(name, "must be longer than nothing");
        }
        Some(length)
    }
    pub(super) fn switch(&mut self, name: &str) -> Option<bool> {
        let value = self.value(name)?;
        let switch = value.as_bool();
        if switch.is_none() {
            self.refuse(name, "is neither true nor false");
        }
        switch
    }
    /// A whole number that is at least `least`.
    pub(super) fn number<T: TryFrom<i64>>(&mut self, name: &str, least: i64) -> Option<T> {
        let value = self.value(name)?;
        let Some(number) = value.as_integer() else {
            self.refuse(name, "is no whole number");
            return None;
        };
        let number = (number >= least).then_some(number).and_then(|it| T::try_from(it).ok());
        if number.is_none() {
            self.refuse(name, format!("must be at least {least}, and not too large to be meant"));
        }
        number
    }
    pub(super) fn list<T, E: Display>(&mut self, name: &str, parse: impl Fn(&str) -> Result<T, E>) -> Vec<T> {
        let Some(value) = self.value(name) else { return Vec::new() };
        let Some(items) = value.as_array() else {
            self.refuse(name, "is no list");
            return Vec::new();
        };
        let read = items.iter().map(|item| match item.as_str() {
            Some(text) => parse(text).map_err(|error| format!("{text:?} {error}")),
            None => Err(format!("{item} is no text")),
        });
        read.filter_map(|item| self.checked(name, item)).collect()
    }
    pub(super) fn checked<T, E: Display>(&mut self, name: &str, parsed: Result<T, E>) -> Option<T> {
        parsed.map_err(|error| self.refuse(name, error)).ok()
    }
}
