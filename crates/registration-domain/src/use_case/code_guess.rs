//! A guess at a code is spent in a commit of its own before it is compared, once a code and once an address.
use crate::{
    change::{Change, ChangeSet},
    email::Email,
    platform::{Platform, VerbError},
    port::{Moment, PortError},
    refusal::Refusal,
    settings::Limits,
    time::Timestamp,
    verification_code::{CodeFor, VerificationCode},
};

/// A guess that was spent, and compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// What it was a guess at.
    pub at: CodeFor,
    /// Whether it is the code. What it is the code of may still take none.
    pub is_right: bool,
    /// What it was counted under: the code, and the address.
    counted: [String; 2],
    when: Timestamp,
}

impl Platform {
    /// Spends a guess, and compares it then: however many come at once, over however many processes, no more are
    /// compared than there are tries.
    pub(crate) async fn guess<R: Refusal + 'static>(
        &self,
        at: CodeFor,
        address: &Email,
        guess: &VerificationCode,
    ) -> Result<Guess, VerbError<R>> {
        let when = self.ports.clock.now();
        let CodeFor { purpose, subject, generation } = at;
        let code = format!("{} {subject} {}", purpose.key(), generation.0);
        let address = self.ports.fingerprints.fingerprint("code tries", address.canonical().as_bytes());
        let counted = [code, address.to_string()];
        let limits = self.settings.limits.code_tries();
        let spend = limits.iter().zip(&counted).map(|(limit, subject)| limit.spend(subject, when));
        self.commit(ChangeSet::new().with_all(spend), when).await?;
        Ok(Guess { at, is_right: self.ports.codes.matches(at, guess), counted, when })
    }

    /// A right guess that was of no use is none; where it cannot be given back, it is lost.
    pub(crate) async fn give_guess_back(&self, guess: &Guess) {
        let refund = ChangeSet::new().with_all(guess.refund(&self.settings.limits));
        drop(self.commit(refund, guess.when).await);
    }
}

impl Guess {
    /// What takes it back.
    pub fn refund(&self, limits: &Limits) -> [Change; 2] {
        let [code, address] = limits.code_tries();
        [code.refund(&self.counted[0], self.when), address.refund(&self.counted[1], self.when)]
    }
    /// How many more there are.
    pub(crate) async fn tries_left(
        &self,
        moment: &dyn Moment,
        limits: &Limits,
        now: Timestamp,
    ) -> Result<u32, PortError> {
        let mut left = u32::MAX;
        for (limit, subject) in limits.code_tries().iter().zip(&self.counted) {
            let spent = moment.counted(&limit.tally(subject)).await?.number(limit.length, now);
            left = left.min(limit.max.saturating_sub(spent));
        }
        Ok(left)
    }
}
