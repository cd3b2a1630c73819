//! What people read comes from a catalogue in their language, never from the code.
mod moment;
mod phrase;

use std::sync::LazyLock;

use fluent_bundle::{FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

pub(crate) use moment::{Moment, place_of};
pub(crate) use phrase::Phrase;

/// What a language says, in files of a subject each; a further file is a further line here.
macro_rules! sources {
    ($language:literal) => {
        [
            include_str!(concat!("../locales/", $language, "/domains.ftl")),
            include_str!(concat!("../locales/", $language, "/access.ftl")),
            include_str!(concat!("../locales/", $language, "/frame.ftl")),
            include_str!(concat!("../locales/", $language, "/join.ftl")),
            include_str!(concat!("../locales/", $language, "/own.ftl")),
            include_str!(concat!("../locales/", $language, "/platform.ftl")),
            include_str!(concat!("../locales/", $language, "/pages.ftl")),
            include_str!(concat!("../locales/", $language, "/sign_up.ftl")),
            include_str!(concat!("../locales/", $language, "/users.ftl")),
        ]
    };
}

const ENGLISH: &[&str] = &sources!("en");
const GERMAN: &[&str] = &sources!("de");

/// The languages that every page speaks, the platform's own first.
static LANGUAGES: LazyLock<[Language; 2]> =
    LazyLock::new(|| [Language::of("en", "English", ENGLISH), Language::of("de", "Deutsch", GERMAN)]);

/// One language, with all that the pages say in it.
struct Language {
    tag: &'static str,
    name: &'static str,
    bundle: FluentBundle<FluentResource>,
}

/// All words in one language.
#[derive(Clone, Copy)]
pub(crate) struct Words(&'static Language);

impl Words {
    /// The language that stands first in this list of wishes (a tag, or an `Accept-Language` header) and
    /// that we speak; nothing where we speak none of them.
    pub(crate) fn wished(wishes: &str) -> Option<Self> {
        let mut wishes: Vec<_> = wishes.split(',').filter_map(wish).collect();
        wishes.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        wishes.iter().find_map(|(tag, _)| Self::of(tag))
    }
    /// The language of a tag, `de` for `de-CH` too.
    fn of(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        LANGUAGES.iter().find(|it| it.tag.eq_ignore_ascii_case(language)).map(Self)
    }
    /// Every language.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        LANGUAGES.iter().map(Self)
    }

    /// The phrase of this key.
    pub(crate) fn say(self, key: impl Into<std::borrow::Cow<'static, str>>) -> Phrase {
        Phrase::of(self, key.into())
    }
    /// Whether there is a phrase of this key.
    pub(crate) fn knows(self, key: &str) -> bool {
        self.0.bundle.has_message(key)
    }
    /// A point in time, in words.
    pub(crate) fn moment(self, at: registration_domain::time::Timestamp) -> Moment {
        Moment::of(self, at)
    }
    /// The language's tag.
    pub(crate) fn tag(self) -> &'static str {
        self.0.tag
    }
    /// The language's name, in itself.
    pub(crate) fn name(self) -> &'static str {
        self.0.name
    }
}

impl Default for Words {
    fn default() -> Self {
        Self(&LANGUAGES[0])
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Words").field(&self.0.tag).finish()
    }
}

impl Language {
    /// What is malformed in a catalogue is left out here, and found by the tests.
    fn of(tag: &'static str, name: &'static str, sources: &[&str]) -> Self {
        let language: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Where a value may run the other way, its place in the page isolates it: see `Phrase::html`.
        bundle.set_use_isolating(false);
        for source in sources {
            let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(sound, _)| sound);
            bundle.add_resource_overriding(resource);
        }
        Self { tag, name, bundle }
    }
}

/// `de-CH;q=0.8`: a tag, and its weight in thousandths.
fn wish(text: &str) -> Option<(&str, u32)> {
    let (tag, weight) = text.split_once(";q=").unwrap_or((text, "1"));
    let (whole, part) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    Some((tag.trim(), whole.parse::<u32>().ok()?.min(1) * 1000 + part.parse::<u32>().ok()?))
}

#[cfg(test)]
mod tests;
