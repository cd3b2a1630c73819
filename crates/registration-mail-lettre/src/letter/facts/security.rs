//! What the mails about passwords and signing in know.
use askama::Template;
use registration_domain::{message::SecurityLetter, person_name::PersonName};

use super::{
    super::{Rendered, words},
    Frame,
};

letter! {
    PasswordReset { person: &'a PersonName, origin: String, expires_at: String }
    "password_reset/subject.txt" "password_reset/body.txt" "password_reset/body.html"
}
letter! {
    PasswordChanged { person: &'a PersonName, device: String, origin: String, at: String }
    "password_changed/subject.txt" "password_changed/body.txt" "password_changed/body.html"
}
letter! {
    TriesUsedUp { person: &'a PersonName, device: String, origin: String, at: String, until: String }
    "tries_used_up/subject.txt" "tries_used_up/body.txt" "tries_used_up/body.html"
}

pub(super) fn draft(mail: Frame<'_>, letter: &SecurityLetter) -> askama::Result<Rendered> {
    match letter {
        SecurityLetter::PasswordReset { account: _, generation: _, person, origin, expires_at } => {
            let (origin, expires_at) = (words::origin(origin), words::moment(*expires_at));
            PasswordReset { mail, person, origin, expires_at }.draft()
        }
        SecurityLetter::PasswordChanged { account: _, person, device, origin, at } => {
            let device = words::device(device.as_deref());
            let (origin, at) = (words::origin(origin), words::moment(*at));
            PasswordChanged { mail, person, device, origin, at }.draft()
        }
        SecurityLetter::TriesUsedUp { account: _, person, device, origin, at, until } => {
            let device = words::device(device.as_deref());
            let (origin, at, until) = (words::origin(origin), words::moment(*at), words::moment(*until));
            TriesUsedUp { mail, person, device, origin, at, until }.draft()
        }
    }
}
