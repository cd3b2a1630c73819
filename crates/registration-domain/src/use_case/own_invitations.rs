//! Whoever signed in as the account that has the invited address needs no mail to come to their invitation.
use crate::{
    account::Account,
    invitation::InvitationId,
    page::{Listing, Page},
    platform::{Platform, VerbError},
    port::{Moment, PortError},
    refusal::{Refusal, RefusalKind},
    secret::Secret,
    session::Caller,
    view::InvitationView,
};

/// There is no such invitation, or it is for another address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such invitation for this account")]
pub struct NotInvited;

impl Platform {
    /// What waits for the caller's address, newest first. Nothing of it is accepted by being seen.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn list_own_invitations(
        &self,
        by: &Caller,
        page: &Page,
    ) -> Result<Listing<InvitationView>, PortError> {
        let moment = self.ports.reads.moment().await?;
        match caller(&*moment, by).await? {
            Some(account) => {
                moment.open_invitations(&account.parts().email, self.ports.clock.now(), page).await
            }
            None => Ok(Listing { rows: Vec::new(), next: None }),
        }
    }

    /// The token of an invitation's newest link, for the account whose address it was sent to: the account proved
    /// that address as the mail would. What can be done with it, and what became of the invitation, the verbs of
    /// the link tell; so there is one way in, and not two.
    ///
    /// # Errors
    /// [`NotInvited`], or what every verb may meet.
    pub async fn own_invitation_token(
        &self,
        by: &Caller,
        id: InvitationId,
    ) -> Result<Secret, VerbError<NotInvited>> {
        let moment = self.ports.reads.moment().await?;
        let found = (caller(&*moment, by).await?, moment.invitation(id).await?);
        let (Some(account), Some(invitation)) = found else { return Err(VerbError::Refused(NotInvited)) };
        if !account.parts().email.is_same_mailbox(&invitation.parts().email) {
            return Err(VerbError::Refused(NotInvited));
        }
        Ok(self.invitation_token(id, invitation.parts().generation))
    }
}

async fn caller(moment: &dyn Moment, by: &Caller) -> Result<Option<Account>, PortError> {
    Ok(moment.account(by.account).await?.filter(Account::is_active))
}

impl Refusal for NotInvited {
    fn told(&self) -> (RefusalKind, &'static str) {
        (RefusalKind::NotFound, "not_found")
    }
}
