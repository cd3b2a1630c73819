//! A sign-up's life, as its own functions tell it.
use registration_domain::{
    account::NewAccount,
    email::Email,
    id::Id,
    password::PasswordHash,
    person_name::{NamePart, PersonName},
    refusal::Refusal,
    revision::Generation,
    settings::Lifetimes,
    sign_up::{Holder, NotConfirmed, NotOpen, OpenSignUp, SignUp, SignUpState},
    time::Timestamp,
    use_case::{resend_code::ResendRefusal, verify_sign_up::VerifyRefusal},
    username::Username,
};
use uuid::Uuid;

use crate::machine::{Done, Machine, Step, explore};

const START: Timestamp = Timestamp::from_micros(0);

/// A sign-up, and what time it is.
#[derive(Clone)]
struct Seen {
    sign_up: SignUp,
    now: Timestamp,
}

const STEPS: [Step<Seen>; 8] = [
    Step { name: "the newest code", take: |it| Some(it.confirmed(it.newest())) },
    Step { name: "an older code", take: |it| Some(it.confirmed(it.older()?)) },
    Step {
        name: "a new code, when the address has none",
        take: |it| Some(it.paused().resent(Holder::Nobody)),
    },
    Step {
        name: "a new code, when the address has an account",
        take: |it| Some(it.paused().resent(Holder::AnAccount)),
    },
    Step { name: "a new code at once", take: |it| Some(it.resent(Holder::Nobody)) },
    Step {
        name: "another sign-up of the address is verified",
        take: |it| Some(it.opened().map(|open| it.with(open.eclipse()))),
    },
    Step { name: "ten minutes pass", take: |it| it.outlive(it.sign_up.parts().code.expires_at) },
    Step { name: "the hour passes", take: |it| it.outlive(it.sign_up.parts().expires_at) },
];

pub(crate) fn machine() -> Machine {
    let start = |holder| Seen { sign_up: sign_up(holder), now: START };
    let starts = vec![
        ("sign up", start(Holder::Nobody)),
        ("sign up with an address that has an account", start(Holder::AnAccount)),
    ];
    explore(starts, &STEPS, |it| match it.sign_up.parts().state {
        SignUpState::Verified { .. } => "verified",
        _ if it.now >= it.sign_up.parts().expires_at => "expired",
        _ if it.sign_up.parts().code.has_expired(it.now) => "code expired",
        SignUpState::AwaitingCode => "awaiting code",
        SignUpState::Decoy => "decoy",
    })
}

impl Seen {
    fn newest(&self) -> Generation {
        self.sign_up.parts().code.generation
    }
    fn older(&self) -> Option<Generation> {
        (self.newest() > Generation::FIRST).then_some(Generation::FIRST)
    }
    fn opened(&self) -> Done<OpenSignUp> {
        self.sign_up.clone().open(self.now).map_err(|why: NotOpen| VerifyRefusal::from(why).code())
    }
    fn confirmed(&self, code: Generation) -> Done<Self> {
        let confirmed = self.opened()?.confirm(code, self.now).map_err(|why| match why {
            NotConfirmed::Expired => VerifyRefusal::CodeExpired { expires_at: self.now }.code(),
            NotConfirmed::Incorrect => VerifyRefusal::CodeIncorrect { tries_left: 0 }.code(),
        });
        Ok(self.with(confirmed?.into_account(None, self.now).1))
    }
    fn resent(&self, holder: Holder) -> Done<Self> {
        let resent = self.opened()?.resend(holder, &Lifetimes::default(), self.now);
        Ok(self.with(resent.map_err(|why| ResendRefusal::from(why).code())?))
    }
    fn paused(&self) -> Self {
        Self { now: self.now.max(self.sign_up.parts().code.resend_at), ..self.clone() }
    }
    fn outlive(&self, end: Timestamp) -> Option<Done<Self>> {
        let waits = !matches!(self.sign_up.parts().state, SignUpState::Verified { .. });
        (waits && self.now < end).then(|| Ok(Self { now: end, ..self.clone() }))
    }
    fn with(&self, sign_up: SignUp) -> Self {
        Self { sign_up, now: self.now }
    }
}

fn sign_up(holder: Holder) -> SignUp {
    let part = |it| NamePart::parse(it).expect("a name of an example");
    let typed = NewAccount {
        id: Id::new(Uuid::from_u128(1)),
        email: Email::parse("ana@example.org").expect("an address of an example"),
        username: Username::parse("ana.ruiz").expect("a username of an example"),
        name: PersonName::new(part("Ana"), part("Ruiz")),
        password: PasswordHash::from_phc("$argon2id$".into()),
        locale: None,
    };
    SignUp::start(Id::new(Uuid::from_u128(2)), typed, holder, &Lifetimes::default(), START)
}
