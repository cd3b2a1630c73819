//! A membership's life; that an organization keeps an Owner, the verbs around it see to.
use registration_domain::{
    access::Access,
    account::AccountId,
    id::Id,
    membership::{ActiveMembership, Cause, Membership, MembershipState},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    invitation::{grant, granted},
    machine::{Done, Machine, Step, explore},
};

const NOW: Timestamp = Timestamp::from_micros(0);

const STEPS: [Step<Membership>; 5] = [
    Step {
        name: "be made Owner",
        take: |it| Some(changed(it, |it| it.change_access(granted(Access::Owner)))),
    },
    Step { name: "get another access", take: |it| Some(changed(it, |it| it.change_access(grant()))) },
    Step {
        name: "hand ownership over",
        take: |it| is_owner(it).then(|| changed(it, ActiveMembership::step_down)),
    },
    Step { name: "be removed", take: |it| Some(changed(it, |it| it.remove(other(), None, NOW))) },
    Step {
        name: "leave",
        take: |it| {
            Some(changed(it, |it| {
                let by = it.parts().account;
                it.remove(by, None, NOW)
            }))
        },
    },
];

pub(crate) fn machine() -> Machine {
    let (account, organization) = (Id::new(Uuid::from_u128(5)), Id::new(Uuid::from_u128(3)));
    let founder = Membership::found(Id::new(Uuid::from_u128(4)), organization, account, NOW);
    let cause = Cause::Invitation(Id::new(Uuid::from_u128(1)));
    let invitee = Membership::begin(Id::new(Uuid::from_u128(6)), account, grant(), cause, NOW);
    explore(vec![("found the organization", founder), ("accept an invitation", invitee)], &STEPS, state)
}

fn state(membership: &Membership) -> &'static str {
    match (&membership.parts().state, &membership.parts().access) {
        (MembershipState::Removed { .. }, _) => "removed",
        (MembershipState::Active, Access::Owner) => "owner",
        (MembershipState::Active, Access::All | Access::Role(_) | Access::Chosen(_)) => "member",
    }
}

/// A membership that was removed is told as one that is not there.
fn changed(membership: &Membership, step: fn(ActiveMembership) -> Membership) -> Done<Membership> {
    membership.clone().active().map(step).ok_or("not_found")
}

fn is_owner(membership: &Membership) -> bool {
    state(membership) == "owner"
}

fn other() -> AccountId {
    Id::new(Uuid::from_u128(2))
}
