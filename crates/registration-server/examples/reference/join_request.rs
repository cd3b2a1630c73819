//! A join request's life, as its own functions tell it.
use registration_domain::{
    access::Access,
    id::Id,
    join_request::{JoinRequest, JoinRequestState, OpenRequest, SettledBy},
    permit::{Permit, Standing},
    refusal::Refusal,
    revision::Revision,
    settings::Lifetimes,
    time::Timestamp,
    use_case::own_join_request::OwnRequestRefusal,
};
use uuid::Uuid;

use crate::{
    invitation::grant,
    machine::{Done, Machine, Step, explore},
};

const START: Timestamp = Timestamp::from_micros(0);

/// A request, and what time it is.
#[derive(Clone)]
struct Seen {
    request: JoinRequest,
    now: Timestamp,
}

const STEPS: [Step<Seen>; 7] = [
    Step { name: "approve", take: |it| Some(it.open().map(|open| it.with(open.approve(&grant(), it.now)))) },
    Step {
        name: "reject",
        take: |it| Some(it.open().map(|open| it.with(open.reject(&reviewer(), None, it.now)))),
    },
    Step { name: "withdraw", take: |it| Some(it.open().map(|open| it.with(open.withdraw(it.now)))) },
    Step { name: "remind the reviewers", take: |it| Some(it.reminded()) },
    Step {
        name: "the requester comes in another way",
        take: |it| {
            let way = SettledBy::Invitation(Id::new(Uuid::from_u128(9)));
            it.open().ok().map(|open| Ok(it.with(open.settle(way, it.now))))
        },
    },
    Step {
        name: "thirty days pass",
        take: |it| {
            let ends = it.request.parts().expires_at;
            (it.request.parts().state == JoinRequestState::Pending && it.now < ends)
                .then(|| Ok(Seen { now: ends, ..it.clone() }))
        },
    },
    Step {
        name: "the job closes it",
        take: |it| it.request.clone().lapsed(it.now).map(|lapsed| Ok(it.with(lapsed.close(it.now)))),
    },
];

pub(crate) fn machine() -> Machine {
    let [request, organization, account] = [1, 3, 5].map(Uuid::from_u128);
    let (request, organization, account) = (Id::new(request), Id::new(organization), Id::new(account));
    let asked = JoinRequest::with_note(request, organization, account, None, &Lifetimes::default(), START);
    explore(vec![("ask", Seen { request: asked, now: START })], &STEPS, |it| match it.request.parts().state {
        JoinRequestState::Pending if it.request.has_expired(it.now) => "expired",
        JoinRequestState::Pending => "pending",
        JoinRequestState::Approved { .. } => "approved",
        JoinRequestState::Rejected { .. } => "rejected",
        JoinRequestState::Withdrawn { .. } => "withdrawn",
        JoinRequestState::Settled { .. } => "settled",
        JoinRequestState::Expired { .. } => "expired",
    })
}

impl Seen {
    fn open(&self) -> Done<OpenRequest> {
        self.request.clone().open(self.now).map_err(|why| OwnRequestRefusal::NotOpen(why).code())
    }
    fn reminded(&self) -> Done<Self> {
        let reminded = self.open()?.remind(self.now);
        reminded.map(|it| self.with(it)).map_err(|again| OwnRequestRefusal::TooSoon(again).code())
    }
    fn with(&self, request: JoinRequest) -> Self {
        Self { request, ..self.clone() }
    }
}

fn reviewer() -> Permit {
    let standing = Standing {
        account: Id::new(Uuid::from_u128(2)),
        organization: Id::new(Uuid::from_u128(3)),
        access: Access::Owner,
        membership: Id::new(Uuid::from_u128(4)),
        revision: Revision::FIRST,
    };
    Permit::owner(Some(&standing)).expect("an Owner")
}
