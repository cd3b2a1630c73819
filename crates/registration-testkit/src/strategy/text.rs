//! What people type, as it is once it was parsed: every script, accents, marks and odd punctuation.
use proptest::prelude::*;
use registration_domain::{
    contact::Contact,
    email::Email,
    locale::Locale,
    note::Note,
    organization_name::OrganizationName,
    password::PasswordPolicy,
    person_name::{NamePart, PersonName},
    secret::Secret,
    time_zone::TimeZone,
    username::Username,
};

/// Letters and marks of which some are more trouble than others.
const LETTERS: &str = "[a-zA-Z0-9 .'’\\-_%\\\\\"&äöüßÆØŁłéñçİıŞğΑΣςωЖяё李王小山أحمدनिコンピ🙂]{1,40}";

/// Addresses in upper and lower case, with tags, in international domains.
pub fn email() -> impl Strategy<Value = Email> {
    let atom = "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~äöéñ李-]{1,12}";
    let local = (atom, proptest::option::of(atom)).prop_map(|(one, other)| match other {
        Some(other) => format!("{one}.{other}"),
        None => one,
    });
    let label =
        prop_oneof!["[a-z0-9]{1,10}", "[A-Z][a-z]{1,8}", Just("müller".into()), Just("xn--mller-kva".into())];
    let top = prop_oneof![Just("org"), Just("EXAMPLE"), Just("test"), Just("рф")];
    (local, label, top).prop_filter_map("no address", |(local, label, top)| {
        Email::parse(&format!("{local}@{label}.{top}")).ok()
    })
}

/// Usernames in several scripts, with digits and punctuation.
pub fn username() -> impl Strategy<Value = Username> {
    let text = prop_oneof!["[a-zA-Z][a-zA-Z0-9._-]{1,20}", "[а-яё]{2,20}", "[α-ω]{2,20}", "[äöüéñ]{2,10}"];
    text.prop_filter_map("no username", |text| Username::parse(&text).ok())
}

/// One of a person's names.
pub fn name_part() -> impl Strategy<Value = NamePart> {
    LETTERS.prop_filter_map("no name", |text| NamePart::parse(&text).ok())
}

/// A person's names.
pub fn person_name() -> impl Strategy<Value = PersonName> {
    (name_part(), name_part()).prop_map(|(first, last)| PersonName::new(first, last))
}

/// The name of an organization.
pub fn organization_name() -> impl Strategy<Value = OrganizationName> {
    LETTERS.prop_filter_map("no name", |text| OrganizationName::parse(&text).ok())
}

/// Whom people may ask: a name, or an address beside it.
pub fn contact() -> impl Strategy<Value = Contact> {
    let with_address = (LETTERS, email()).prop_map(|(name, email)| format!("{name}, {email}"));
    prop_oneof![LETTERS.boxed(), with_address.boxed()]
        .prop_filter_map("no contact", |text| Contact::parse(&text).ok().flatten())
}

/// A few words on several lines.
pub fn note() -> impl Strategy<Value = Note> {
    proptest::collection::vec(LETTERS, 1..4)
        .prop_filter_map("no note", |lines| Note::parse(&lines.join("\n")).ok().flatten())
}

/// A language, with a region perhaps.
pub fn locale() -> impl Strategy<Value = Locale> {
    prop_oneof!["[a-z]{2}", "[a-z]{2}-[A-Z]{2}", "[a-z]{3}"]
        .prop_filter_map("no language tag", |text| Locale::parse(&text).ok())
}

/// The name of a time zone.
pub fn time_zone() -> impl Strategy<Value = TimeZone> {
    "(UTC|[A-Z][a-z]{2,9}/[A-Z][a-z_]{2,12}|Etc/GMT[+-][1-9])"
        .prop_filter_map("no time zone", |text| TimeZone::parse(&text).ok())
}

/// A password that the default policy takes, for whoever has no address or username in it.
pub fn password() -> impl Strategy<Value = Secret> {
    "[a-z ]{4,10}[A-Z]{1,4}[0-9!?🙂]{2,4}[a-zäöü ]{4,20}"
        .prop_filter("against the policy", |text| PasswordPolicy::default().check(text, None, None).is_ok())
        .prop_map(Secret::new)
}
