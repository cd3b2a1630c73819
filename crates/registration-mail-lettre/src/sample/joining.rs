//! One letter of every kind about joining.
use registration_domain::{
    access::Access,
    domain_name::DomainName,
    email::Email,
    message::{Asking, JoiningLetter, Letter},
    organization_name::OrganizationName,
    time::{DAY, Timestamp},
};

use super::{note, person, sample_id};

pub(super) fn letters(at: Timestamp) -> impl Iterator<Item = Letter> {
    let name = OrganizationName::parse("Müller & Söhne GmbH").expect("a name");
    let (request, organization) = (sample_id(), sample_id());
    let asking = |has_code| Asking {
        request,
        organization,
        name: name.clone(),
        person: person("Chidi", "Okafor"),
        email: Email::parse("chidi@acme.example").expect("an address"),
        note: if has_code { None } else { note("I begin on Monday.\nBo knows me.") },
        has_code,
        domain: None,
        asked_at: at,
        expires_at: at.plus(30 * DAY),
    };
    [
        JoiningLetter::Requested(asking(false)),
        JoiningLetter::RequestReminder(Asking {
            domain: Some(DomainName::parse("acme.example").expect("a domain")),
            ..asking(false)
        }),
        JoiningLetter::RequestExpiring(asking(true)),
        JoiningLetter::Approved { request, organization, name: name.clone(), access: Access::All },
        JoiningLetter::Rejected {
            request,
            name: name.clone(),
            reason: note("Ask the warehouse for a code."),
            ask_again_at: at.plus(DAY),
        },
        JoiningLetter::Expired { request, name: name.clone(), asked_at: at },
        JoiningLetter::JoinedByCode {
            membership: sample_id(),
            organization,
            name: name.clone(),
            access: Access::All,
        },
    ]
    .map(Letter::Joining)
    .into_iter()
}
