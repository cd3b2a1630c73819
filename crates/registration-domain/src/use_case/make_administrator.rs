//! Whoever runs the server makes an account an administrator of the platform, so that it is never without one.
use crate::{
    account::Account,
    audit::{Action, AuditEvent},
    change::{Change, ChangeSet},
    email::Email,
    platform::{Platform, VerbError},
    receipt::Outcome,
    refusal::{Refusal, RefusalKind},
    session::Origin,
};

/// Why nobody was made an administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MakeAdministratorRefusal {
    /// Nobody has an account at this address.
    #[error("there is no account at this address")]
    NoSuchAccount,
    /// Its account is suspended, and could do nothing for anybody.
    #[error("the account at this address is suspended")]
    Suspended,
}

impl Platform {
    /// Makes the account at this address an administrator of the platform. One who is that already stays it.
    ///
    /// # Errors
    /// [`MakeAdministratorRefusal`], or what every verb may meet.
    pub async fn make_administrator(
        &self,
        email: &Email,
        from: &Origin,
    ) -> Result<Account, VerbError<MakeAdministratorRefusal>> {
        let event = self.ports.ids.fresh();
        let settled = self.settle(Outcome::Done, None, move |moment, now| async move {
            let account = usable(moment.account_at(email).await?).map_err(VerbError::Refused)?;
            if account.parts().administrator {
                return Ok(ChangeSet::new());
            }
            let (id, label) = (account.id(), account.parts().email.clone());
            let event = AuditEvent::unnamed(from, event, Action::AdministratorMade, id, &label, now);
            Ok(ChangeSet::new()
                .with(Change::UpdateAccount(account.as_administrator()))
                .with(Change::Record(event)))
        });
        settled.await?;
        usable(self.ports.reads.moment().await?.account_at(email).await?).map_err(VerbError::Refused)
    }
}

fn usable(found: Option<Account>) -> Result<Account, MakeAdministratorRefusal> {
    let account = found.ok_or(MakeAdministratorRefusal::NoSuchAccount)?;
    if account.is_active() { Ok(account) } else { Err(MakeAdministratorRefusal::Suspended) }
}

impl Refusal for MakeAdministratorRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NoSuchAccount => (RefusalKind::NotFound, "not_found"),
            Self::Suspended => (RefusalKind::Forbidden, "forbidden"),
        }
    }
}
