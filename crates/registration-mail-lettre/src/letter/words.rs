//! Values as people read them. What came from outside unchecked is made harmless here.
use chrono::DateTime;
use registration_domain::{
    access::Access, catalogue::Catalogue, device_name::DeviceName, note::Note, permission::Permission,
    session::Origin, time::Timestamp,
};

/// `29 November 2026, 16:00 UTC`, and the seconds of it are not told.
pub(super) fn moment(at: Timestamp) -> String {
    let at = DateTime::from_timestamp_micros(at.micros()).unwrap_or(DateTime::UNIX_EPOCH);
    at.format("%-d %B %Y, %H:%M UTC").to_string()
}

/// How much somebody may do, by the names that the catalogue has for it today.
pub(super) fn access(access: &Access, catalogue: &Catalogue) -> String {
    let label = |permission: &Permission| {
        let known = catalogue.permissions().iter().find(|it| it.permission == *permission);
        known.map_or_else(|| permission.key().to_owned(), |it| it.label.clone())
    };
    match access {
        Access::Owner => "Owner".into(),
        Access::All => "All permissions".into(),
        Access::Role(key) => catalogue.role(key).map_or_else(|| key.to_string(), |role| role.label.clone()),
        Access::Chosen(chosen) if chosen.is_empty() => "No permissions".into(),
        Access::Chosen(chosen) => chosen.iter().map(label).collect::<Vec<_>>().join(", "),
    }
}

/// Browser and system, or what a device called itself: any client can say anything there.
pub(super) fn device(name: Option<&str>) -> String {
    if let Some(known) = name.and_then(DeviceName::of) {
        return known.to_string();
    }
    let name = cleaned(name.unwrap_or_default(), 100);
    if name.is_empty() { "unknown".into() } else { name }
}

pub(super) fn origin(origin: &Origin) -> String {
    cleaned(&origin.to_string(), 64)
}

/// One line of at most so many characters, without control characters and web addresses.
pub(crate) fn cleaned(text: &str, max: usize) -> String {
    let visible: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_hidden(*c)).collect();
    let is_address = |word: &&str| word.contains("://") || word.to_ascii_lowercase().contains("www.");
    let words = visible.split_whitespace().filter(|word| !is_address(word));
    words.collect::<Vec<_>>().join(" ").chars().take(max).collect()
}

/// Takes no room, or turns the order of what is around it.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

/// What somebody wrote to somebody.
#[derive(Clone, Copy)]
pub(super) struct Quote<'a>(&'a str);

impl<'a> Quote<'a> {
    pub(super) fn of(note: &'a Note) -> Self {
        Self(note.as_str())
    }
    pub(super) fn lines(self) -> std::str::Lines<'a> {
        self.0.lines()
    }
    /// Each line behind a sign that nobody can take for words of the platform.
    pub(super) fn quoted(self) -> String {
        self.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
    }
}
