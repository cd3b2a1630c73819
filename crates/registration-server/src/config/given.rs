//! What was said about each setting, and where: flags over environment over the file over defaults.
use std::{collections::BTreeMap, ffi::OsString, fs, path::Path};

use toml::{Table, Value};

use super::{
    fault::Fault,
    origin::Origin,
    setting::{Kind, SETTINGS, Setting, find},
};

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) value: Value,
    pub(crate) origin: Origin,
}

/// All that was said, by the setting's name.
pub(crate) type Given = BTreeMap<&'static str, Entry>;

/// Where settings come from besides their defaults.
pub struct Sources<'a> {
    /// By the setting's name, what the command line says.
    pub flags: BTreeMap<&'static str, String>,
    /// The environment.
    pub environment: &'a dyn Fn(&str) -> Option<OsString>,
    /// The file of `--config`.
    pub file: Option<&'a Path>,
}

impl std::fmt::Debug for Sources<'_> {
    /// Values may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sources").field("file", &self.file).finish_non_exhaustive()
    }
}

/// Lays one source over the other.
pub(super) fn gather(sources: &Sources<'_>, faults: &mut Vec<Fault>) -> Given {
    let mut given = Given::new();
    for setting in SETTINGS {
        if let Some(text) = setting.default {
            put(&mut given, setting, text, Origin::Default, faults);
        }
    }
    if let Some(path) = sources.file {
        match read_table(path) {
            Ok(table) => from_file(&mut given, &table, "", path, faults),
            Err(reason) => faults.push(Fault { setting: path.display().to_string(), origin: None, reason }),
        }
    }
    for setting in SETTINGS {
        from_environment(&mut given, setting, sources.environment, faults);
        if let (Some(text), Some(flag)) = (sources.flags.get(setting.name), setting.flag()) {
            put(&mut given, setting, text, Origin::Flag(flag), faults);
        }
    }
    given
}

fn read_table(path: &Path) -> Result<Table, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    // The error's own text quotes the line, which may hold a password.
    text.parse::<Table>().map_err(|error| {
        let line = error.span().map_or(0, |span| text[..span.start.min(text.len())].lines().count());
        format!("is no TOML near line {}: {}", line.max(1), error.message())
    })
}

/// Sections are walked down to what is a setting; what is none is named.
fn from_file(given: &mut Given, table: &Table, above: &str, path: &Path, faults: &mut Vec<Fault>) {
    for (key, value) in table {
        let name = if above.is_empty() { key.clone() } else { format!("{above}.{key}") };
        let origin = Origin::File(path.to_owned());
        match (find(&name), value) {
            (Some(setting), _) => {
                given.insert(setting.name, Entry { value: value.clone(), origin });
            }
            (None, Value::Table(inner)) if is_section(&name) => from_file(given, inner, &name, path, faults),
            (None, _) => {
                let reason = "there is no such setting".to_owned();
                faults.push(Fault { setting: name, origin: Some(origin), reason });
            }
        }
    }
}

fn is_section(name: &str) -> bool {
    SETTINGS.iter().any(|it| it.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

/// Variables of other names are not ours to judge: orchestrators invent some for a service of this name.
fn from_environment(
    given: &mut Given,
    setting: &'static Setting,
    environment: &dyn Fn(&str) -> Option<OsString>,
    faults: &mut Vec<Fault>,
) {
    if setting.kind == Kind::Tables {
        return;
    }
    let variable = setting.variable();
    let said = |name: &str| environment(name).filter(|it| !it.is_empty());
    if let Some(text) = said(&variable) {
        let origin = Origin::Environment(variable.clone());
        match text.into_string() {
            Ok(text) => put(given, setting, &text, origin, faults),
            Err(_) => faults.push(fault(setting, origin, "is not UTF-8")),
        }
    }
    let in_file = format!("{variable}_FILE");
    if setting.kind != Kind::Secret {
        return;
    }
    if let Some(path) = said(&in_file) {
        let origin = Origin::SecretFile(in_file);
        if given.get(setting.name).is_some_and(|it| it.origin == Origin::Environment(variable.clone())) {
            faults.push(fault(setting, origin, &format!("{variable} is set, too; choose one")));
            return;
        }
        match fs::read_to_string(&path) {
            Ok(text) => put(given, setting, text.trim_end_matches(['\n', '\r']), origin, faults),
            Err(error) => faults.push(fault(setting, origin, &error.to_string())),
        }
    }
}

fn put(given: &mut Given, setting: &'static Setting, text: &str, origin: Origin, faults: &mut Vec<Fault>) {
    match value_of(setting.kind, text) {
        Ok(value) => {
            given.insert(setting.name, Entry { value, origin });
        }
        Err(reason) => faults.push(fault(setting, origin, reason)),
    }
}

/// Text from the environment or the command line, as the file would have it.
fn value_of(kind: Kind, text: &str) -> Result<Value, &'static str> {
    Ok(match kind {
        Kind::Text | Kind::Secret | Kind::Duration => Value::String(text.to_owned()),
        Kind::Number => Value::Integer(text.trim().parse().map_err(|_| "is no whole number")?),
        Kind::Switch => Value::Boolean(text.trim().parse().map_err(|_| "is neither true nor false")?),
        Kind::List => {
            let parts = text.split(',').map(str::trim).filter(|it| !it.is_empty());
            Value::Array(parts.map(|it| Value::String(it.to_owned())).collect())
        }
        Kind::Tables => return Err("can be set in a file only"),
    })
}

fn fault(setting: &Setting, origin: Origin, reason: &str) -> Fault {
    Fault { setting: setting.name.to_owned(), origin: Some(origin), reason: reason.to_owned() }
}
