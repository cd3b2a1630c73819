//! What the letters about joining know.
use askama::Template;
use registration_domain::{
    domain_name::DomainName,
    email::Email,
    message::{Asking as Asked, JoiningLetter},
    organization_name::OrganizationName,
    person_name::PersonName,
};

use super::{
    super::{
        Letterhead, Rendered,
        words::{self, Quote},
    },
    Frame,
};

/// Three letters to a reviewer say the same of a request, each for another reason.
macro_rules! asking {
    ($name:ident $subject:tt $text:tt $html:tt) => {
        letter! {
            $name {
                organization: &'a OrganizationName,
                person: &'a PersonName,
                email: &'a Email,
                note: Option<Quote<'a>>,
                has_code: bool,
                domain: Option<&'a DomainName>,
                asked_at: String,
                expires_at: String,
            }
            $subject $text $html
        }

        impl<'a> $name<'a> {
            fn of(mail: Frame<'a>, it: &'a Asked) -> Self {
                let Asked {
                    request: _,
                    organization: _,
                    name: organization,
                    person,
                    email,
                    note,
                    has_code,
                    domain,
                    asked_at,
                    expires_at,
                } = it;
                let (asked_at, expires_at) = (words::moment(*asked_at), words::moment(*expires_at));
                let (note, has_code, domain) = (note.as_ref().map(Quote::of), *has_code, domain.as_ref());
                Self { mail, organization, person, email, note, has_code, domain, asked_at, expires_at }
            }
        }
    };
}

asking! { Requested "join_requested/subject.txt" "join_requested/body.txt" "join_requested/body.html" }
asking! {
    Reminder
    "join_request_reminder/subject.txt" "join_request_reminder/body.txt" "join_request_reminder/body.html"
}
asking! {
    Expiring
    "join_request_expiring/subject.txt" "join_request_expiring/body.txt" "join_request_expiring/body.html"
}
letter! {
    Approved { organization: &'a OrganizationName, access: String }
    "join_request_approved/subject.txt" "join_request_approved/body.txt" "join_request_approved/body.html"
}
letter! {
    Rejected { organization: &'a OrganizationName, reason: Option<Quote<'a>>, ask_again_at: String }
    "join_request_rejected/subject.txt" "join_request_rejected/body.txt" "join_request_rejected/body.html"
}
letter! {
    Expired { organization: &'a OrganizationName, asked_at: String }
    "join_request_expired/subject.txt" "join_request_expired/body.txt" "join_request_expired/body.html"
}
letter! {
    JoinedByCode { organization: &'a OrganizationName, access: String }
    "joined_by_code/subject.txt" "joined_by_code/body.txt" "joined_by_code/body.html"
}

pub(super) fn draft(head: &Letterhead, mail: Frame<'_>, letter: &JoiningLetter) -> askama::Result<Rendered> {
    let access = |it| words::access(it, &head.catalogue);
    match letter {
        JoiningLetter::Requested(it) => Requested::of(mail, it).draft(),
        JoiningLetter::RequestReminder(it) => Reminder::of(mail, it).draft(),
        JoiningLetter::RequestExpiring(it) => Expiring::of(mail, it).draft(),
        JoiningLetter::Approved { request: _, organization: _, name: organization, access: given } => {
            Approved { mail, organization, access: access(given) }.draft()
        }
        JoiningLetter::Rejected { request: _, name: organization, reason, ask_again_at } => {
            let (reason, ask_again_at) = (reason.as_ref().map(Quote::of), words::moment(*ask_again_at));
            Rejected { mail, organization, reason, ask_again_at }.draft()
        }
        JoiningLetter::Expired { request: _, name: organization, asked_at } => {
            Expired { mail, organization, asked_at: words::moment(*asked_at) }.draft()
        }
        JoiningLetter::JoinedByCode { membership: _, organization: _, name: organization, access: given } => {
            JoinedByCode { mail, organization, access: access(given) }.draft()
        }
    }
}
