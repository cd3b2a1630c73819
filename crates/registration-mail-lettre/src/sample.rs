//! One letter of every kind, to be looked at before a real one goes out.
mod joining;
mod own;
mod sign_up;

use registration_domain::{
    access::Access,
    domain_name::DomainName,
    email::Email,
    email_domain::{DomainPolicy, ProofRecord, ProofToken},
    id::Id,
    message::{EmailDomainLetter, EmailDomainNews, Letter, Message, SecurityLetter},
    note::Note,
    organization_name::OrganizationName,
    permission::Permission,
    person_name::{NamePart, PersonName},
    port::{Ids, Mail},
    revision::Generation,
    secret::Secret,
    session::Origin,
    time::{DAY, HOUR, Timestamp},
    verification_code::VerificationCode,
};

/// A mail of every kind with sample data, to this address, whose buttons lead where `link` does.
///
/// # Panics
/// Never: the sample data is written here.
pub fn samples(to: &Email, at: Timestamp, link: &Secret, ids: &dyn Ids) -> Vec<Mail> {
    let mail = |letter, code| {
        let message = Message { id: Id::new(ids.uuid()), to: to.clone(), locale: None, at, letter };
        Mail { message, link: link.clone(), code }
    };
    let plain = letters(at).into_iter().chain(about_a_domain(at)).chain(about_a_password(at));
    let plain = plain.chain(sign_up::letters()).chain(joining::letters(at)).chain(own::letters(at));
    let plain = plain.map(|letter| mail(letter, None));
    let coded = sign_up::letters_with_a_code(at).into_iter().chain(own::letters_with_a_code(at));
    let coded = coded.map(|letter| mail(letter, VerificationCode::of_number(SAMPLE_CODE)));
    plain.chain(coded).collect()
}

/// Opens nothing.
const SAMPLE_CODE: u32 = 482_913;

fn letters(at: Timestamp) -> [Letter; 8] {
    let organization = OrganizationName::parse("Müller & Söhne GmbH").expect("a name");
    let (bo, chidi) = (person("Bo", "Lindqvist"), person("Chidi", "Okafor"));
    let email = Email::parse("chidi@acme.example").expect("an address");
    let chosen = Access::Chosen([Permission::MEMBERS_VIEW, Permission::MEMBERS_INVITE].into());
    let (invitation, membership) = (sample_id(), sample_id());
    [
        Letter::Invitation {
            invitation,
            generation: Generation::FIRST,
            organization: organization.clone(),
            inviter: bo.clone(),
            access: chosen.clone(),
            note: note("Welcome!\nThe team meets on Monday at nine."),
            expires_at: at.plus(7 * DAY),
        },
        Letter::Joined {
            invitation,
            organization: organization.clone(),
            person: chidi.clone(),
            email: email.clone(),
            access: Access::All,
        },
        Letter::Declined {
            invitation,
            organization: organization.clone(),
            email: email.clone(),
            reason: note("I have left the team."),
        },
        Letter::NewInvitationWished { invitation, organization: organization.clone(), email },
        Letter::AccessChanged {
            membership,
            organization: organization.clone(),
            by: bo.clone(),
            before: chosen,
            after: Access::All,
        },
        Letter::AccessRemoved {
            membership: sample_id(),
            organization: organization.clone(),
            by: bo.clone(),
            reason: note("The project has ended."),
        },
        Letter::OwnershipHandedOver { membership: sample_id(), organization, from: bo },
        Letter::NewDevice {
            session: sample_id(),
            person: chidi.clone(),
            device: Some(device()),
            origin: origin(),
            at,
        },
    ]
}

fn about_a_domain(at: Timestamp) -> [Letter; 3] {
    let name = DomainName::parse("acme.example").expect("a domain");
    let record = ProofRecord::of(&name, &ProofToken::from_bytes([7; 16]));
    let access = Access::Chosen([Permission::MEMBERS_VIEW].into());
    let policy = DomainPolicy::Admit { access, maker: sample_id() };
    let news = [
        EmailDomainNews::Verified { by: person("Bo", "Lindqvist"), policy },
        EmailDomainNews::RecordMissing { record: record.clone(), until: at.plus(7 * DAY) },
        EmailDomainNews::Lapsed { record },
    ];
    news.map(|news| {
        Letter::EmailDomain(EmailDomainLetter {
            domain: sample_id(),
            name: name.clone(),
            organization: sample_id(),
            organization_name: OrganizationName::parse("Müller & Söhne GmbH").expect("a name"),
            news,
        })
    })
}

fn device() -> String {
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0".into()
}

fn origin() -> Origin {
    Origin(Some("192.0.2.7".into()))
}

fn about_a_password(at: Timestamp) -> [Letter; 3] {
    let chidi = person("Chidi", "Okafor");
    [
        Letter::Security(SecurityLetter::PasswordReset {
            account: sample_id(),
            generation: Generation::FIRST,
            person: chidi.clone(),
            origin: origin(),
            expires_at: at.plus(HOUR),
        }),
        Letter::Security(SecurityLetter::PasswordChanged {
            account: sample_id(),
            person: chidi.clone(),
            device: Some(device()),
            origin: origin(),
            at,
        }),
        Letter::Security(SecurityLetter::TriesUsedUp {
            account: sample_id(),
            person: chidi,
            device: Some(device()),
            origin: origin(),
            at,
            until: at.plus(DAY),
        }),
    ]
}

/// Stands for what is not there: samples lead nowhere.
fn sample_id<Of>() -> Id<Of> {
    Id::new(uuid::Uuid::nil())
}

fn person(first: &str, last: &str) -> PersonName {
    PersonName::new(NamePart::parse(first).expect("a name"), NamePart::parse(last).expect("a name"))
}

fn note(text: &str) -> Option<Note> {
    Note::parse(text).expect("a note")
}
