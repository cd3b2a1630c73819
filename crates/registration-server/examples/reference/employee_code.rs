//! An employee code's life, as its own functions tell it.
use std::num::NonZeroU32;

use registration_domain::{
    access::Access,
    employee_code::{CodeTerms, CountedCode, EmployeeCode, GrantedEntry, RefusedTries},
    id::Id,
    organization::OrganizationId,
    permit::{Permit, Standing},
    receipt::Digest,
    refusal::Refusal,
    revision::Revision,
    time::{DAY, Timestamp},
    use_case::{
        ask_to_join::{AskRefusal, CodeFault},
        revoke_employee_code::CodeRefusal,
    },
    view::ListedCodeState,
};
use uuid::Uuid;

use crate::machine::{Done, Machine, Step, explore};

const START: Timestamp = Timestamp::from_micros(0);

/// A code that may be used once, and what time it is.
#[derive(Clone)]
struct Seen {
    it: CountedCode,
    now: Timestamp,
}

const STEPS: [Step<Seen>; 5] = [
    Step { name: "type it", take: |it| Some(it.typed(it.it.code.parts().organization)) },
    Step { name: "type it for another organization", take: |it| Some(it.typed(Id::new(Uuid::from_u128(7)))) },
    Step {
        name: "a request that it backed ends without a member",
        take: |it| it.it.used.checked_sub(1).map(|used| Ok(it.used(used))),
    },
    Step { name: "revoke", take: |it| Some(it.revoked()) },
    Step {
        name: "its time passes",
        take: |it| {
            let ends = it.it.code.parts().expires_at.filter(|ends| it.now < *ends);
            ends.map(|now| Ok(Seen { now, ..it.clone() }))
        },
    },
];

pub(crate) fn machine() -> Machine {
    let id = Id::new(Uuid::from_u128(1));
    let terms = CodeTerms { label: None, uses: NonZeroU32::new(1), expires_at: Some(START.plus(DAY)) };
    let digest = Digest([7; 32]);
    let code = EmployeeCode::issue((id, id), terms, digest, &maker(), GrantedEntry::Review(None), START);
    let start = Seen { it: CountedCode { code, used: 0, refused: RefusedTries::default() }, now: START };
    explore(vec![("make", start)], &STEPS, |it| match ListedCodeState::of(&it.it, it.now) {
        ListedCodeState::Active => "active",
        ListedCodeState::UsedUp => "used up",
        ListedCodeState::Expired => "expired",
        ListedCodeState::Revoked => "revoked",
    })
}

impl Seen {
    /// Whatever ails it, who typed it is told one word.
    fn typed(&self, within: OrganizationId) -> Done<Self> {
        let (code, of) = (self.it.code.id(), self.it.code.parts().organization);
        match self.it.usable(within, self.now) {
            Ok(_) => Ok(self.used(self.it.used + 1)),
            Err(why) => Err(AskRefusal::CodeRefused(CodeFault::Unusable { code, of, why }).code()),
        }
    }
    fn revoked(&self) -> Done<Self> {
        let active = self.it.code.clone().active().ok_or(CodeRefusal::NotFound.code())?;
        let code = active.revoke(&maker(), self.now);
        Ok(Self { it: CountedCode { code, ..self.it.clone() }, ..self.clone() })
    }
    fn used(&self, used: u32) -> Self {
        Self { it: CountedCode { used, ..self.it.clone() }, ..self.clone() }
    }
}

fn maker() -> Permit {
    let standing = Standing {
        account: Id::new(Uuid::from_u128(2)),
        organization: Id::new(Uuid::from_u128(3)),
        access: Access::Owner,
        membership: Id::new(Uuid::from_u128(4)),
        revision: Revision::FIRST,
    };
    Permit::owner(Some(&standing)).expect("an Owner")
}
