//! What chooses and sorts the rows of a list: words of known lists, and text to search for.
use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use registration_domain::{
    audit::Action,
    view::{ListedDelivery, ListedState, MemberOrder},
};

use crate::{
    body::{Field, Json, Reading, one_of},
    shape::{Shape, inline, words},
};

/// Text to search for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Needle(pub(crate) String);

const LONGEST_NEEDLE: usize = 200;

impl Shape for Needle {
    fn schema() -> MetaSchemaRef {
        inline(MetaSchema { max_length: Some(LONGEST_NEEDLE), ..MetaSchema::new("string") })
    }
}
impl Field for Needle {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let text = reading.text(json)?;
        // Not every database takes a NUL in a text, and nobody's name holds one.
        if text.contains(char::is_control) {
            return reading.fault("malformed", "a search text holds no control characters");
        }
        if text.chars().count() > LONGEST_NEEDLE {
            return reading
                .fault("too_long", format!("a search text has at most {LONGEST_NEEDLE} characters"));
        }
        Some(Self(text))
    }
}

impl Needle {
    /// What is searched for; nothing where there is but white space.
    pub(crate) fn sought(needle: Option<&Self>) -> Option<String> {
        needle.map(|it| it.0.trim()).filter(|it| !it.is_empty()).map(str::to_owned)
    }
}

impl Field for ListedState {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let key = reading.text(json)?;
        one_of(Self::parse(&key), Self::ALL.map(Self::key), reading)
    }
}

impl Shape for ListedDelivery {
    fn schema() -> MetaSchemaRef {
        words(Self::ALL.map(Self::key))
    }
}
impl Field for ListedDelivery {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let key = reading.text(json)?;
        one_of(Self::parse(&key), Self::ALL.map(Self::key), reading)
    }
}

/// A yes or no in a query.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Flag(pub(crate) bool);

impl Shape for Flag {
    fn schema() -> MetaSchemaRef {
        bool::schema()
    }
}
impl Field for Flag {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let word = reading.text(json)?;
        let known = [("true", true), ("false", false)].into_iter().find(|(it, _)| *it == word);
        one_of(known.map(|(_, it)| Self(it)), ["true", "false"], reading)
    }
}

impl Shape for MemberOrder {
    fn schema() -> MetaSchemaRef {
        words(Self::ALL.map(Self::key))
    }
}
impl Field for MemberOrder {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let key = reading.text(json)?;
        one_of(Self::parse(&key), Self::ALL.map(Self::key), reading)
    }
}

/// Those who belong, or those who did.
#[derive(Debug, Clone, Copy)]
pub(crate) enum MemberState {
    Active,
    Removed,
}

impl Shape for MemberState {
    fn schema() -> MetaSchemaRef {
        words(["active", "removed"])
    }
}
impl Field for MemberState {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let word = reading.text(json)?;
        let known = [("active", Self::Active), ("removed", Self::Removed)];
        one_of(
            known.into_iter().find(|(it, _)| *it == word).map(|(_, it)| it),
            ["active", "removed"],
            reading,
        )
    }
}

impl Shape for Action {
    fn schema() -> MetaSchemaRef {
        words(Self::ALL.iter().map(|it| it.key()))
    }
}
impl Field for Action {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let key = reading.text(json)?;
        one_of(Self::parse(&key), Self::ALL.iter().map(|it| it.key()), reading)
    }
}
