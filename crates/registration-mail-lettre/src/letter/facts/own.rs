//! What the mails about somebody's own account know.
use askama::Template;
use registration_domain::{message::OwnLetter, person_name::PersonName};

use super::{
    super::{Rendered, words},
    Frame,
};

letter! {
    AddressCode { expires_at: String }
    "address_code/subject.txt" "address_code/body.txt" "address_code/body.html"
}
letter! {
    AddressInUse {}
    "address_in_use/subject.txt" "address_in_use/body.txt" "address_in_use/body.html"
}
letter! {
    AddressChanged { person: &'a PersonName, at: String }
    "address_changed/subject.txt" "address_changed/body.txt" "address_changed/body.html"
}
letter! {
    AccountClosed { person: &'a PersonName, at: String }
    "account_closed/subject.txt" "account_closed/body.txt" "account_closed/body.html"
}

pub(super) fn draft(mail: Frame<'_>, letter: &OwnLetter) -> askama::Result<Rendered> {
    match letter {
        OwnLetter::AddressCode { change: _, generation: _, expires_at } => {
            AddressCode { mail, expires_at: words::moment(*expires_at) }.draft()
        }
        OwnLetter::AddressInUse { change: _, generation: _ } => AddressInUse { mail }.draft(),
        OwnLetter::AddressChanged { account: _, person, at } => {
            AddressChanged { mail, person, at: words::moment(*at) }.draft()
        }
        OwnLetter::AccountClosed { account: _, person, at } => {
            AccountClosed { mail, person, at: words::moment(*at) }.draft()
        }
    }
}
