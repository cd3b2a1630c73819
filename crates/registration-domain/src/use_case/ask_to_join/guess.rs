//! A code is spent before it is looked for: of the account, the organization and the client address.
use std::net::IpAddr;

use super::{AskRefusal, AskToJoin, consider, gather, refusal::CodeFault};
use crate::{
    account::AccountId,
    audit::{Action, AuditEvent},
    change::{Change, ChangeSet},
    employee_code::{CodeSecret, Unusable},
    organization::OrganizationId,
    platform::{Platform, VerbError},
    receipt::Digest,
    secret::Secret,
    session::Origin,
    settings::Limits,
    time::Timestamp,
};

/// A guess that was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Guessed {
    /// By which the code is found; nothing for a text that no code can be, which costs the same.
    pub(super) digest: Option<Digest>,
    account: AccountId,
    organization: OrganizationId,
    client: Option<Digest>,
    at: Timestamp,
}

impl Guessed {
    fn spend(&self, limits: &Limits) -> ChangeSet {
        let client = self.client.map(|it| limits.employee_codes_by_client().spend(&it, self.at));
        ChangeSet::new()
            .with(limits.employee_codes_by_account().spend(&self.account, self.at))
            .with(limits.employee_codes_by_organization().spend(&self.organization, self.at))
            .with_all(client)
    }
    /// It was right, or never compared: it cost nothing.
    pub(super) fn given_back(&self, limits: &Limits) -> Vec<Change> {
        let client = self.client.map(|it| limits.employee_codes_by_client().refund(&it, self.at));
        let others = [
            limits.employee_codes_by_account().refund(&self.account, self.at),
            limits.employee_codes_by_organization().refund(&self.organization, self.at),
        ];
        others.into_iter().chain(client).collect()
    }
}

impl Platform {
    /// Commits the guess, unless what concerns the person alone stands against it.
    pub(super) async fn spend_code(
        &self,
        command: &AskToJoin,
        typed: &Secret,
    ) -> Result<Guessed, VerbError<AskRefusal>> {
        let now = self.ports.clock.now();
        let moment = self.ports.reads.moment().await?;
        let snapshot = gather(&*moment, command, None, &self.settings, now).await?;
        drop(moment);
        consider(&snapshot, &self.settings, now).map_err(VerbError::Refused)?;
        let fingerprints = &self.ports.fingerprints;
        let digest = CodeSecret::read(typed.expose()).map(|it| self.code_digest(&it));
        let client = client(&command.by.origin).map(|it| fingerprints.fingerprint("client", it.as_bytes()));
        let (account, organization) = (command.by.account, command.organization);
        let guess = Guessed { digest, account, organization, client, at: now };
        self.commit(guess.spend(&self.settings.limits), now).await?;
        Ok(guess)
    }

    /// By which a code is found.
    pub(crate) fn code_digest(&self, code: &CodeSecret) -> Digest {
        self.ports.fingerprints.fingerprint("employee code", code.canonical().as_bytes())
    }

    /// What was wrong is written down for the organization; what was not, is given back. Where that fails, it
    /// is lost, and the answer is what it was.
    pub(super) async fn settle_guess(
        &self,
        command: &AskToJoin,
        guess: &Guessed,
        error: &VerbError<AskRefusal>,
    ) -> Result<(), VerbError<AskRefusal>> {
        let now = self.ports.clock.now();
        let written = match error {
            VerbError::Refused(AskRefusal::CodeRefused(fault)) => {
                self.refused_code(command, *fault, now).await?
            }
            VerbError::Refused(_)
            | VerbError::Spent { .. }
            | VerbError::KeyReused
            | VerbError::Busy
            | VerbError::Port(_) => guess.given_back(&self.settings.limits).into_iter().collect(),
        };
        drop(self.commit(written, now).await);
        Ok(())
    }

    /// One that is wrong counts for the organization that it was typed for; any other, for the code.
    async fn refused_code(
        &self,
        command: &AskToJoin,
        fault: CodeFault,
        now: Timestamp,
    ) -> Result<ChangeSet, VerbError<AskRefusal>> {
        let (by, here) = (&command.by, command.organization);
        let moment = self.ports.reads.moment().await?;
        let exists = moment.organization(here).await?.is_some();
        let who =
            moment.account(by.account).await?.map(|it| it.parts().email.to_string()).unwrap_or_default();
        drop(moment);
        let (id, other) = (self.ports.ids.fresh(), self.ports.ids.fresh());
        let wrong = || {
            let event =
                AuditEvent::by(by, id, Action::EmployeeCodeWrong, here, who.clone(), now).within(here);
            exists.then_some(Change::Record(event))
        };
        Ok(match fault {
            CodeFault::Wrong => ChangeSet::new().with_all(wrong()),
            CodeFault::Unusable { code, of, why: why @ Unusable::Elsewhere } => {
                // Who it was, its own organization is not told: they may mean no harm, and are nobody's business.
                let action = Action::EmployeeCodeRefused;
                let event = AuditEvent::unnamed(&Origin::default(), other, action, code, "", now);
                ChangeSet::new()
                    .with(Change::RefuseEmployeeCode { code, why })
                    .with_all(wrong())
                    .with(Change::Record(event.within(of).to(why)))
            }
            CodeFault::Unusable { code, of, why } => {
                let event = AuditEvent::by(by, id, Action::EmployeeCodeRefused, code, who, now);
                ChangeSet::new()
                    .with(Change::RefuseEmployeeCode { code, why })
                    .with(Change::Record(event.within(of).to(why)))
            }
        })
    }
}

/// Whose guesses are counted together: an address, or the network that a subscriber has of IPv6.
fn client(origin: &Origin) -> Option<String> {
    let text = origin.0.as_deref()?;
    Some(match text.parse::<IpAddr>() {
        Ok(IpAddr::V6(v6)) if v6.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(IpAddr::V6(v6)) => v6.to_ipv4_mapped().map_or_else(|| text.to_owned(), |it| it.to_string()),
        Ok(IpAddr::V4(_)) | Err(_) => text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_a_subscriber_is_one_client() {
        let of = |text: &str| client(&Origin(Some(text.into())));
        assert_eq!(of("2001:db8:1:2::7"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::7"), of("2001:db8:1:3::7"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
        assert_eq!(client(&Origin(None)), None);
    }
}
