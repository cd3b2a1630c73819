//! What the configuration comes to, a setting a line, with where it came from and without its secrets.
use std::fmt;

use serde_json::json;
use toml::Value;

use super::{
    given::{Entry, Given},
    mask::mask,
    setting::{Kind, SETTINGS, Setting},
};

/// The settings that somebody or a default said.
#[derive(Debug, Clone)]
pub struct Shown(Vec<(&'static Setting, String, String)>);

impl Shown {
    pub(super) fn of(given: &Given) -> Self {
        let said = SETTINGS.iter().filter_map(|setting| Some((setting, given.get(setting.name)?)));
        Self(said.map(|(setting, entry)| (setting, text(setting, entry), entry.origin.to_string())).collect())
    }

    /// The same, for programs.
    pub fn json(&self) -> serde_json::Value {
        let rows = self.0.iter();
        rows.map(|(setting, value, origin)| json!({"name": setting.name, "value": value, "origin": origin}))
            .collect()
    }
}

fn text(setting: &Setting, entry: &Entry) -> String {
    match (&entry.value, setting.kind) {
        (Value::String(url), Kind::Secret) => format!("{:?}", mask(url)),
        (_, Kind::Secret) => "***".to_owned(),
        (Value::Array(tables), Kind::Tables) => format!("{} of them", tables.len()),
        (value, _) => value.to_string(),
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wide = self.0.iter().map(|(setting, ..)| setting.name.len()).max().unwrap_or(0);
        self.0.iter().enumerate().try_for_each(|(index, (setting, value, origin))| {
            let end = if index == 0 { "" } else { "\n" };
            write!(f, "{end}{:wide$} = {value}  # {origin}", setting.name)
        })
    }
}
