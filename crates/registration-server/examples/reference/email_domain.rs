//! An e-mail domain's life, as its own functions tell it.
use registration_domain::{
    access::Access,
    domain_name::DomainName,
    email_domain::{DomainPolicy, EmailDomain, EmailDomainState, LiveEmailDomain, ProofToken},
    id::Id,
    permit::{Permit, Standing},
    refusal::Refusal,
    revision::Revision,
    time::{DAY, Timestamp},
};
use uuid::Uuid;

use crate::{
    invitation::grant,
    machine::{Done, Machine, Step, explore},
};

const NOW: Timestamp = Timestamp::from_micros(0);

const STEPS: [Step<EmailDomain>; 5] = [
    Step { name: "check, and the record is there", take: |it| Some(checked(it, &[it.record().value])) },
    Step { name: "check, and it is not", take: |it| Some(checked(it, &[])) },
    Step {
        name: "the job finds no record",
        take: |it| it.clone().in_force().map(|it| Ok(it.miss(7 * DAY, NOW.plus(DAY)))),
    },
    Step {
        name: "nor does it after a week",
        take: |it| {
            let missing = it.clone().in_force().filter(|it| it.missing_since().is_some());
            missing.map(|it| Ok(it.miss(7 * DAY, NOW.plus(8 * DAY))))
        },
    },
    Step {
        name: "remove",
        take: |it| Some(live(it).map(|live| live.remove(Id::new(Uuid::from_u128(2)), NOW))),
    },
];

pub(crate) fn machine() -> Machine {
    let standing = Standing {
        account: Id::new(Uuid::from_u128(2)),
        organization: Id::new(Uuid::from_u128(3)),
        access: Access::Owner,
        membership: Id::new(Uuid::from_u128(4)),
        revision: Revision::FIRST,
    };
    let permit = Permit::owner(Some(&standing)).expect("an Owner");
    let name = DomainName::parse("acme.example").expect("a domain of an example");
    let (id, token) = (Id::new(Uuid::from_u128(1)), ProofToken::from_bytes([7; 16]));
    let added = EmailDomain::add(id, name, DomainPolicy::admit(grant()), token, &permit, NOW);
    explore(vec![("add", added)], &STEPS, state)
}

fn state(domain: &EmailDomain) -> &'static str {
    match domain.parts().state {
        EmailDomainState::Pending => "pending",
        EmailDomainState::Verified { missing_since: None, .. } => "verified",
        EmailDomainState::Verified { missing_since: Some(_), .. } => "verified-record-missing",
        EmailDomainState::Lapsed { .. } => "lapsed",
        EmailDomainState::Removed { .. } => "removed",
    }
}

/// One that was removed is told as one that is not there.
fn live(domain: &EmailDomain) -> Result<LiveEmailDomain, &'static str> {
    domain.clone().live().ok_or("not_found")
}

fn checked(domain: &EmailDomain, texts: &[String]) -> Done<EmailDomain> {
    live(domain)?.prove(texts).map(|it| it.verify(NOW)).map_err(|it| it.code())
}
