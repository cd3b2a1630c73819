//! People as pages name them.
use registration_domain::person_name::PersonName;

/// The first letters of their names.
pub(crate) fn initials(name: &PersonName) -> String {
    let first = |text: &str| text.chars().next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    format!("{}{}", first(name.first.as_str()), first(name.last.as_str()))
}
