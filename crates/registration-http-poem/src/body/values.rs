//! How the domain's values are read, each by its own rules; what none of them knows is told as such.
use std::collections::BTreeSet;

use poem_openapi::registry::MetaSchemaRef;
use registration_domain::{
    access::{Access, RoleKey, UnknownRole},
    contact::Contact,
    domain_name::DomainName,
    email::Email,
    email_domain::PolicyKind,
    id::Id,
    invitation::{NotATerm, Purpose, Term},
    locale::Locale,
    note::Note,
    organization::{JoiningAccess, OrganizationKind},
    organization_name::OrganizationName,
    permission::{Permission, UnknownPermission},
    person_name::NamePart,
    refusal::Fault,
    secret::Secret,
    time::Timestamp,
    time_zone::{NotATimeZone, TimeZone},
    username::Username,
    verification_code::VerificationCode,
};
use uuid::Uuid;

use super::{Field, Json, Reading};
use crate::{shape::Shape, time};

macro_rules! parsed_texts {
    ($($type:ty),* $(,)?) => {
        $(impl Field for $type {
            fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
                let text = reading.text(json)?;
                reading.parsed(<$type>::parse(&text))
            }
        })*
    };
}

parsed_texts!(
    DomainName,
    Email,
    Username,
    NamePart,
    OrganizationName,
    Locale,
    OrganizationKind,
    VerificationCode
);

impl Field for TimeZone {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let name = reading.text(json)?;
        // The domain takes any name that could be one; here it must be known what time it is there.
        let known = Self::parse(&name).ok().filter(|it| it.as_str().parse::<chrono_tz::Tz>().is_ok());
        reading.parsed(known.ok_or(NotATimeZone))
    }
}

impl Field for String {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        reading.text(json)
    }
}

impl Field for bool {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let Json::Bool(it) = json else { return reading.wrong_type("a boolean", &json) };
        Some(it)
    }
}

/// No secret is longer than this; what a password may be, its policy says.
const LONGEST_SECRET: usize = 4096;

impl Field for Secret {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let text = Self::new(reading.text(json)?);
        match text.expose().len() {
            0 => reading.fault("required", "this field is required"),
            1..=LONGEST_SECRET => Some(text),
            _ => reading.fault("too_long", format!("this has at most {LONGEST_SECRET} bytes")),
        }
    }
}

/// Words that may be left out, or be nothing but white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words(pub(crate) Option<Note>);

impl Shape for Words {
    fn schema() -> MetaSchemaRef {
        Option::<Note>::schema()
    }
}

impl Field for Words {
    const REQUIRED: bool = false;

    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let text = reading.text(json)?;
        reading.parsed(Note::parse(&text)).map(Self)
    }
    fn absent(_: &mut Reading<'_>) -> Option<Self> {
        Some(Self(None))
    }
}

/// Whom people may ask; nothing but white space is nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContactLine(pub(crate) Option<Contact>);

impl Shape for ContactLine {
    fn schema() -> MetaSchemaRef {
        Contact::schema()
    }
}

impl Field for ContactLine {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let text = reading.text(json)?;
        reading.parsed(Contact::parse(&text)).map(Self)
    }
}

impl Field for Term {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        match json {
            Json::Integer(days) => {
                let days = u8::try_from(days).map_err(|_| NotATerm);
                reading.parsed(days.and_then(Self::days))
            }
            Json::Fraction(_) => reading.fault(NotATerm.code(), NotATerm.to_string()),
            Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => {
                reading.wrong_type("an integer", &json)
            }
        }
    }
}

impl Field for Timestamp {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let text = reading.text(json)?;
        let at = time::parse(&text);
        at.or_else(|| reading.fault("malformed", "this is not a time such as 2026-11-30T16:00:00Z"))
    }
}

impl<Of> Field for Id<Of> {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let text = reading.text(json)?;
        id(&text).or_else(|| reading.fault("malformed", "this is not an id"))
    }
}

/// An id in its usual text form, and in no other that means the same.
pub(crate) fn id<Of>(text: &str) -> Option<Id<Of>> {
    let uuid = Uuid::try_parse(text).ok().filter(|_| text.len() == uuid::fmt::Hyphenated::LENGTH);
    uuid.map(Id::new)
}

impl Field for Permission {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let key = reading.text(json)?;
        let catalogue = &reading.settings().catalogue;
        let known = Self::parse(&key)
            .and_then(|it| if catalogue.knows(&it) { Ok(it) } else { Err(UnknownPermission) });
        reading.parsed(known)
    }
}

impl Field for RoleKey {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let key = reading.text(json)?;
        let catalogue = &reading.settings().catalogue;
        let known = Self::parse(&key).and_then(|it| catalogue.role(&it).map(|_| it).ok_or(UnknownRole));
        reading.parsed(known)
    }
}

impl Field for BTreeSet<Permission> {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let Json::List(keys) = json else { return reading.wrong_type("a list", &json) };
        let read = keys
            .into_iter()
            .enumerate()
            .map(|(at, key)| reading.below(&at.to_string(), |reading| Permission::read(key, reading)));
        // All of them are read before the first fault ends it.
        let read: Vec<_> = read.collect();
        read.into_iter().collect()
    }
}

impl Shape for BTreeSet<Permission> {
    fn schema() -> MetaSchemaRef {
        Vec::<Permission>::schema()
    }
}

impl Field for Access {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let mut members = reading.object(json)?;
        let kind: String = members.take("kind", reading)?;
        let access = match kind.as_str() {
            "owner" => Some(Self::Owner),
            "all" => Some(Self::All),
            "role" => members.take("role", reading).map(Self::Role),
            "chosen" => members.take("permissions", reading).map(Self::Chosen),
            _ => {
                let detail = "the kind is one of owner, all, role and chosen";
                return reading.below("kind", |it| it.fault("malformed", detail));
            }
        };
        members.end(reading);
        access
    }
}

impl Field for JoiningAccess {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let access = Access::read(json, reading)?;
        reading.below("kind", |reading| reading.parsed(Self::new(access)))
    }
}

impl Field for Purpose {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let key = reading.text(json)?;
        one_of(Self::parse(&key), Self::ALL.map(Self::key), reading)
    }
}

impl Field for PolicyKind {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let key = reading.text(json)?;
        one_of(Self::parse(&key), Self::ALL.map(Self::key), reading)
    }
}

/// A word of a list, or a fault that names them.
pub(crate) fn one_of<T>(
    found: Option<T>,
    keys: impl IntoIterator<Item = &'static str>,
    reading: &mut Reading<'_>,
) -> Option<T> {
    let known = || keys.into_iter().collect::<Vec<_>>().join(", ");
    found.or_else(|| reading.fault("malformed", format!("this is one of: {}", known())))
}

/// A password that somebody chooses. The verb judges it, with the address and the username; but where
/// other fields are at fault no verb is asked, and the person is told of the password all the same.
#[derive(Debug)]
pub(crate) struct NewPassword(pub(crate) Secret);

impl Shape for NewPassword {
    fn schema() -> MetaSchemaRef {
        Secret::schema()
    }
}
impl Field for NewPassword {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let password = Secret::read(json, reading)?;
        if reading.has_faults() {
            let judged = reading.settings().password.check(password.expose(), None, None);
            for fault in judged.err().unwrap_or_default() {
                reading.fault::<()>(fault.code(), fault.to_string());
            }
        }
        Some(Self(password))
    }
}
