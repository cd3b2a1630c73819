//! An invitation's life, as its own functions tell it.
use std::collections::BTreeSet;

use registration_domain::{
    access::Access,
    account::AccountId,
    catalogue::Catalogue,
    email::Email,
    id::Id,
    invitation::{Invitation, NotAcceptable, Offer, Open, Purpose, RevokedWhy, Term},
    permit::{Grant, Permit, Standing},
    refusal::Refusal,
    revision::{Generation, Revision},
    time::Timestamp,
    use_case::look_up_invitation::LinkRefusal,
    view::ListedState,
};
use uuid::Uuid;

use crate::machine::{Done, Machine, Step, explore};

const START: Timestamp = Timestamp::from_micros(0);

/// An invitation, and what time it is.
#[derive(Clone)]
struct Seen {
    invitation: Invitation,
    now: Timestamp,
}

const STEPS: [Step<Seen>; 12] = [
    Step { name: "accept", take: |it| Some(it.held_by(it.newest(), |it, at| it.accept(person(), at))) },
    Step { name: "decline", take: |it| Some(it.held_by(it.newest(), |it, at| it.decline(None, at))) },
    Step {
        name: "accept by an older link",
        take: |it| Some(it.held_by(it.older()?, |it, at| it.accept(person(), at))),
    },
    Step { name: "ask for a new one", take: |it| Some(it.wish()) },
    Step { name: "resend", take: |it| Some(it.opened(|open, at| open.resend(grant(), at))) },
    Step {
        name: "amend",
        take: |it| Some(it.opened(|open, at| open.amend(email("eva@example.org"), grant(), at))),
    },
    Step {
        name: "revoke",
        take: |it| Some(it.opened(|open, at| revoked(open, RevokedWhy::Withdrawn { reason: None }, at))),
    },
    Step {
        name: "invite the address anew",
        take: |it| it.lapsed_only(|open, at| revoked(open, RevokedWhy::Replaced, at)),
    },
    Step {
        name: "the inviter can give it no more",
        take: |it| Some(it.opened(|open, at| revoked(open, RevokedWhy::NotBacked, at))),
    },
    Step {
        name: "the invitee's membership ends",
        take: |it| Some(it.opened(|open, at| revoked(open, RevokedWhy::InviteeRemoved, at))),
    },
    Step {
        name: "the invitee comes in another way",
        take: |it| Some(it.opened(|open, at| revoked(open, RevokedWhy::InviteeCame, at))),
    },
    Step { name: "the term passes", take: |it| it.outlive() },
];

pub(crate) fn machine() -> Machine {
    let offer = Offer {
        email: email("ana@example.org"),
        purpose: Purpose::Member,
        term: Term::default(),
        note: None,
        locale: None,
    };
    let invitation = Invitation::issue(Id::new(Uuid::from_u128(1)), offer, grant(), START);
    explore(vec![("invite", Seen { invitation, now: START })], &STEPS, |it| {
        ListedState::of(&it.invitation, it.now).key()
    })
}

impl Seen {
    fn newest(&self) -> Generation {
        self.invitation.parts().generation
    }
    fn older(&self) -> Option<Generation> {
        (self.newest() > Generation::FIRST).then_some(Generation::FIRST)
    }
    fn held_by(
        &self,
        link: Generation,
        step: fn(registration_domain::invitation::Acceptable, Timestamp) -> Invitation,
    ) -> Done<Self> {
        let acceptable = self.invitation.clone().acceptable(link, self.now).map_err(told)?;
        Ok(self.with(step(acceptable, self.now)))
    }
    fn opened(&self, step: fn(Open, Timestamp) -> Invitation) -> Done<Self> {
        Ok(self.with(step(self.invitation.clone().open().map_err(told)?, self.now)))
    }
    /// What is pending in time stands in the way of a new invitation; what is not makes room.
    fn lapsed_only(&self, step: fn(Open, Timestamp) -> Invitation) -> Option<Done<Self>> {
        let lapsed = ListedState::of(&self.invitation, self.now) == ListedState::Expired;
        lapsed.then(|| self.opened(step))
    }
    fn wish(&self) -> Done<Self> {
        match self.invitation.clone().lapsed(self.newest(), self.now).map_err(told)? {
            Some(_) => Ok(self.clone()),
            None => Err(LinkRefusal::StillHolds.code()),
        }
    }
    fn outlive(&self) -> Option<Done<Self>> {
        let waits = ListedState::of(&self.invitation, self.now) == ListedState::Pending;
        waits.then(|| Ok(Self { now: self.invitation.parts().expires_at, ..self.clone() }))
    }
    fn with(&self, invitation: Invitation) -> Self {
        Self { invitation, now: self.now }
    }
}

fn revoked(open: Open, why: RevokedWhy, at: Timestamp) -> Invitation {
    open.revoke(person(), why, at)
}

fn told(why: NotAcceptable) -> &'static str {
    why.code()
}

fn person() -> AccountId {
    Id::new(Uuid::from_u128(2))
}

fn email(text: &str) -> Email {
    Email::parse(text).expect("an address of an example")
}

pub(crate) fn grant() -> Grant {
    granted(Access::Chosen(BTreeSet::new()))
}

/// What an Owner gives.
pub(crate) fn granted(access: Access) -> Grant {
    let standing = Standing {
        account: person(),
        organization: Id::new(Uuid::from_u128(3)),
        access: Access::Owner,
        membership: Id::new(Uuid::from_u128(4)),
        revision: Revision::FIRST,
    };
    let permit = Permit::owner(Some(&standing)).expect("an Owner");
    permit.grant(access, &Catalogue::built_in()).expect("an Owner gives everything")
}
