//! The fields by which a person becomes an account: each mistake beside its field, all at once.
use registration_domain::{
    email::Email,
    locale::Locale,
    password::{PasswordFault, PasswordPolicy},
    person_name::NamePart,
    refusal::{Fault as _, FieldFault},
    secret::Secret,
    use_case::registration::Registration,
    username::Username,
};

use crate::{
    form::{Filled, Form},
    visit::Visit,
    words::Phrase,
};

/// The fields, in the order of the page.
pub(crate) const FIELDS: [&str; 5] = ["username", "first_name", "last_name", "password", "confirmation"];

/// What was filled in. The rules themselves are the verb's; here only those are asked early that would
/// otherwise be told one round later.
pub(crate) fn read(visit: &Visit, filled: &mut Filled, form: &Form, email: Option<&Email>) -> Registration {
    let words = visit.words();
    let registration = Registration {
        username: filled.take(words, "username", Username::parse),
        first_name: filled.take(words, "first_name", NamePart::parse),
        last_name: filled.take(words, "last_name", NamePart::parse),
        password: Some(form.secret("password")).filter(|it| !it.expose().is_empty()),
        locale: Locale::parse(words.tag()).ok(),
    };
    new_password(visit, filled, email, registration.username.as_ref());
    registration
}

/// A password that somebody chooses and confirms: what the policy says of it, and whether both are the same.
pub(crate) fn new_password(
    visit: &Visit,
    filled: &mut Filled,
    email: Option<&Email>,
    username: Option<&Username>,
) -> Option<Secret> {
    let (words, form) = (visit.words(), visit.form());
    let password = Some(form.secret("password")).filter(|it| !it.expose().is_empty());
    match &password {
        None => filled.refuse(words, &FieldFault::required("password")),
        Some(password) => {
            let policy = &visit.platform().settings().password;
            if let Err(faults) = policy.check(password.expose(), email, username) {
                filled.say("password", sentence(visit, &faults, password.expose()));
            }
            confirm(visit, filled, form);
        }
    }
    password
}

/// What the verb has to say about the fields.
pub(crate) fn refuse(visit: &Visit, filled: &mut Filled, faults: &[FieldFault]) {
    for fault in faults {
        filled.refuse(visit.words(), fault);
    }
}

/// The rule, before anybody types.
pub(crate) fn password_rule(visit: &Visit) -> Phrase {
    match visit.platform().settings().password {
        PasswordPolicy::Composition { min, .. } => visit.t("password-rule").count("min", min),
        PasswordPolicy::LengthOnly { min, .. } => visit.t("password-rule-length").count("min", min),
    }
}

fn confirm(visit: &Visit, filled: &mut Filled, form: &Form) {
    if form.value("confirmation").is_empty() {
        filled.refuse(visit.words(), &FieldFault::required("confirmation"));
    } else if form.secret("confirmation") != form.secret("password") {
        filled.phrase("confirmation", &visit.t("fault-confirmation-differs"));
    }
}

/// Every fault of a password in one line.
fn sentence(visit: &Visit, faults: &[PasswordFault], password: &str) -> String {
    let told = faults.iter().map(|fault| {
        let phrase = visit.t(format!("fault-password-{}", fault.code()));
        if let PasswordFault::TooShort { min } = fault {
            phrase.count("length", password.chars().count()).count("min", min).to_string()
        } else if let PasswordFault::TooLong { max } = fault {
            phrase.count("max", max).to_string()
        } else {
            phrase.to_string()
        }
    });
    told.collect::<Vec<_>>().join(" ")
}
