//! A session's life: whether it still lets its account act.
use registration_domain::{
    account::{Account, AccountParts, AccountState, NewAccount},
    email::Email,
    id::Id,
    password::PasswordHash,
    person_name::{NamePart, PersonName},
    receipt::Digest,
    session::{Device, Origin, SeenSession, Session},
    settings::Lifetimes,
    time::Timestamp,
    username::Username,
};
use uuid::Uuid;

use crate::machine::{Done, Machine, Step, explore};

const START: Timestamp = Timestamp::from_micros(0);

/// A session, its account, and what time it is.
#[derive(Clone)]
struct Seen {
    session: SeenSession,
    account: Account,
    now: Timestamp,
}

const STEPS: [Step<Seen>; 6] = [
    Step { name: "be used", take: |it| Some(it.used()) },
    Step { name: "sign out", take: |it| Some(Ok(it.signed_out())) },
    Step {
        name: "lie idle too long",
        take: |it| Some(Ok(it.at(it.session.last_seen_at.plus(lifetimes().session_idle)))),
    },
    Step { name: "grow too old", take: |it| Some(Ok(it.at(it.session.session.parts().expires_at))) },
    Step {
        name: "the account is suspended",
        take: |it| Some(Ok(it.of(AccountState::Suspended { at: it.now, by: it.account.id(), reason: None }))),
    },
    Step { name: "the account moves to its next generation", take: |it| Some(Ok(it.of_next_generation())) },
];

pub(crate) fn machine() -> Machine {
    let account = account();
    let device = Device { label: None, fingerprint: Digest([0; 32]), origin: Origin::default() };
    let session = Session::start(Id::new(Uuid::from_u128(7)), &account, device, START, &lifetimes());
    let session = SeenSession { session, last_seen_at: START };
    explore(vec![("sign in", Seen { session, account, now: START })], &STEPS, |it| {
        if it.session.admits(&it.account, it.now, &lifetimes()) { "open" } else { "over" }
    })
}

impl Seen {
    fn used(&self) -> Done<Self> {
        if !self.session.admits(&self.account, self.now, &lifetimes()) {
            return Err("not_signed_in");
        }
        let session = SeenSession { last_seen_at: self.now, ..self.session.clone() };
        Ok(Self { session, ..self.clone() })
    }
    fn signed_out(&self) -> Self {
        let session = self.session.session.clone().end(self.now);
        Self { session: SeenSession { session, ..self.session.clone() }, ..self.clone() }
    }
    /// Time never goes back.
    fn at(&self, now: Timestamp) -> Self {
        Self { now: now.max(self.now), ..self.clone() }
    }
    fn of(&self, state: AccountState) -> Self {
        let account = Account::from_parts(AccountParts { state, ..self.account.parts().clone() });
        Self { account, ..self.clone() }
    }
    fn of_next_generation(&self) -> Self {
        let generation = self.account.parts().generation.next();
        let account = Account::from_parts(AccountParts { generation, ..self.account.parts().clone() });
        Self { account, ..self.clone() }
    }
}

fn lifetimes() -> Lifetimes {
    Lifetimes::default()
}

/// Somebody, for what needs an account to stand on.
pub(crate) fn account() -> Account {
    let part = |text| NamePart::parse(text).expect("a name of an example");
    let new = NewAccount {
        id: Id::new(Uuid::from_u128(2)),
        email: Email::parse("ana@example.org").expect("an address of an example"),
        username: Username::parse("ana.ruiz").expect("a username of an example"),
        name: PersonName::new(part("Ana"), part("Ruiz")),
        password: PasswordHash::from_phc(String::new()),
        locale: None,
    };
    Account::open(new, START)
}
