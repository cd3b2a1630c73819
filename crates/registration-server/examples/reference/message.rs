//! A message's way through the outbox, as the store that every other must agree with moves it.
use std::sync::Arc;

use registration_domain::{
    change::{Change, ChangeSet},
    id::Id,
    invitation::{Invitation, InvitationId, Offer, Purpose, Term},
    message::{DeliveryState, Letter, Message},
    organization::{Organization, OrganizationKind},
    organization_name::OrganizationName,
    port::{Act, Lease, LeaseId, Ledger, Outbox, Reads, Settlement},
    time::{HOUR, MINUTE, Timestamp},
};
use registration_testkit::memory::MemoryStore;
use uuid::Uuid;

use crate::{
    invitation::grant,
    letters,
    machine::{Done, Machine, Step, explore},
    session::account,
};

/// A store with one message in it; every step is a real one, taken anew from the start.
#[derive(Clone)]
struct Seen {
    taken: Vec<Move>,
    state: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Move {
    Claim,
    Sent,
    Retry,
    Dead,
    Superseded,
    LeaseEnds,
    WaitEnds,
}

const STEPS: [Step<Seen>; 7] = [
    Step { name: "a worker claims it", take: |it| it.after(Move::Claim) },
    Step { name: "the mail server takes it", take: |it| it.after(Move::Sent) },
    Step { name: "not now, or no answer", take: |it| it.after(Move::Retry) },
    Step { name: "refused for good, or tried too often", take: |it| it.after(Move::Dead) },
    Step { name: "what it tells of is no more", take: |it| it.after(Move::Superseded) },
    Step { name: "the lease runs out", take: |it| it.after(Move::LeaseEnds) },
    Step { name: "its next try is due", take: |it| it.after(Move::WaitEnds) },
];

pub(crate) fn machine() -> Machine {
    let start = Seen { taken: Vec::new(), state: "queued" };
    explore(vec![("commit", start)], &STEPS, |it| it.state)
}

impl Seen {
    fn after(&self, next: Move) -> Option<Done<Self>> {
        let mut taken = self.taken.clone();
        taken.push(next);
        let state = play(&taken)?;
        Some(Ok(Self { taken, state }))
    }
}

/// Where these moves lead; nothing where the last one is none.
fn play(moves: &[Move]) -> Option<&'static str> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let mut desk = Desk::open().await;
        for it in moves {
            if !desk.moves(*it).await {
                return None;
            }
        }
        Some(desk.state().await)
    })
}

/// The store, and what one worker knows.
struct Desk {
    store: Arc<MemoryStore>,
    now: Timestamp,
    lease: Option<Lease>,
    waits_until: Option<Timestamp>,
    leases: u128,
}

impl Desk {
    async fn open() -> Self {
        let (store, now) = (Arc::new(MemoryStore::default()), Timestamp::from_micros(0));
        let (account, grant) = (account(), grant());
        let name = OrganizationName::parse("Harbour").expect("a name of an example");
        let organization = Organization::found(grant.organization(), name, OrganizationKind::Company, now);
        let message = letters::invitation();
        let subject = subject(&message);
        let (email, term) = (message.to.clone(), Term::default());
        let offer = Offer { email, purpose: Purpose::Member, term, note: None, locale: None };
        let changes = ChangeSet::new()
            .with(Change::AddAccount(account))
            .with(Change::AddOrganization(organization))
            .with(Change::AddInvitation(Invitation::issue(subject, offer, grant, now)))
            .with(Change::Send(message));
        let act = Act { id: Id::new(Uuid::from_u128(9)), at: now };
        store.commit(act, changes).await.expect("an empty store takes it");
        Self { store, now, lease: None, waits_until: None, leases: 100 }
    }

    /// Whether there was such a step.
    async fn moves(&mut self, step: Move) -> bool {
        match step {
            Move::Claim => self.claim().await,
            Move::Sent => self.settle(Settlement::Sent { reply: String::new() }).await,
            Move::Retry => {
                let after = self.now.plus(HOUR);
                self.waits_until = Some(after);
                self.settle(Settlement::Retry { after, reply: String::new() }).await
            }
            Move::Dead => self.settle(Settlement::Dead { reply: String::new() }).await,
            Move::Superseded => self.settle(Settlement::Superseded).await,
            Move::LeaseEnds => self.lease.take().is_some_and(|it| self.later(it.until)),
            Move::WaitEnds => self.waits_until.take().is_some_and(|it| self.later(it)),
        }
    }

    async fn claim(&mut self) -> bool {
        self.leases += 1;
        let id = LeaseId::new(Uuid::from_u128(self.leases));
        let lease = Lease { id, at: self.now, until: self.now.plus(5 * MINUTE) };
        let claimed = self.store.claim(lease, 1).await.expect("memory answers");
        let holds = !claimed.is_empty();
        self.lease = if holds { Some(lease) } else { self.lease };
        holds
    }

    async fn settle(&mut self, settlement: Settlement) -> bool {
        let Some(lease) = self.lease.take() else { return false };
        let message = letters::invitation().id;
        self.store.settle(message, lease.id, settlement, self.now).await.expect("memory answers")
    }

    fn later(&mut self, now: Timestamp) -> bool {
        self.now = self.now.max(now);
        true
    }

    async fn state(&self) -> &'static str {
        let moment = self.store.moment().await.expect("memory answers");
        let view = moment.invitation_view(subject(&letters::invitation())).await.expect("memory answers");
        let state = view.expect("it was committed").delivery.state;
        let is_queued = state == DeliveryState::Queued;
        if is_queued && self.lease.is_some() {
            "leased"
        } else if is_queued && self.waits_until.is_some() {
            "waiting"
        } else {
            state.key()
        }
    }
}

fn subject(message: &Message) -> InvitationId {
    let Letter::Invitation { invitation, .. } = message.letter else { unreachable!("an invitation's mail") };
    invitation
}
