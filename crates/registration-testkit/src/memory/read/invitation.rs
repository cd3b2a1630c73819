//! An invitation is shown with how far its newest mail came.
use async_trait::async_trait;
use registration_domain::{
    account::AccountId,
    count::Count,
    email::Email,
    invitation::{Invitation, InvitationId, InvitationState, Purpose},
    message::{Delivery, Letter},
    organization::OrganizationId,
    page::{Listing, Page, SortKey},
    port::{Invitations, PortError},
    text::fold,
    time::Timestamp,
    view::{InvitationCounts, InvitationFilter, InvitationView, ListedDelivery, ListedState},
};

use uuid::Uuid;

use super::super::{
    Tables,
    list::{self, From},
};

#[async_trait]
impl Invitations for Tables {
    async fn invitation(&self, id: InvitationId) -> Result<Option<Invitation>, PortError> {
        Ok(self.invitations.find(&id).cloned())
    }
    async fn pending(
        &self,
        within: OrganizationId,
        purpose: Purpose,
        email: &Email,
    ) -> Result<Option<Invitation>, PortError> {
        Ok(self.find_pending(within, purpose, email).cloned())
    }
    async fn pending_by(
        &self,
        inviter: AccountId,
        within: OrganizationId,
        after: Option<InvitationId>,
        limit: u16,
    ) -> Result<Vec<Invitation>, PortError> {
        let theirs = self.invitations.rows().filter(|it| {
            let it = it.parts();
            it.state == InvitationState::Pending
                && it.inviter == inviter
                && it.organization == within
                && after.is_none_or(|last| it.id > last)
        });
        Ok(theirs.take(limit.into()).cloned().collect())
    }
    async fn open_invitations(
        &self,
        at: &Email,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<InvitationView>, PortError> {
        let open = self.invitations.rows().filter(|it| {
            it.parts().email.is_same_mailbox(at) && ListedState::of(it, now) == ListedState::Pending
        });
        let views = open.map(|it| self.invitation_view_of(it)).collect::<Result<Vec<_>, _>>()?;
        Ok(list::page(views.into_iter().map(keyed), From::Greatest, page))
    }
    async fn is_blocked(&self, organization: OrganizationId, email: &Email) -> Result<bool, PortError> {
        Ok(self.blocks.find(&(organization, email.canonical().to_owned())).is_some())
    }
    async fn invitation_view(&self, id: InvitationId) -> Result<Option<InvitationView>, PortError> {
        self.invitations.find(&id).map(|it| self.invitation_view_of(it)).transpose()
    }
    async fn invitations(
        &self,
        of: OrganizationId,
        filter: &InvitationFilter,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<InvitationView>, PortError> {
        let shown = self.invitations_in(of).filter(|it| passes(it, filter, now));
        let views = shown.map(|it| self.invitation_view_of(it)).collect::<Result<Vec<_>, _>>()?;
        let came = |it: &InvitationView| ListedDelivery::of(it.delivery.state);
        let views =
            views.into_iter().filter(|it| filter.delivery.is_none_or(|delivery| came(it) == delivery));
        Ok(list::page(views.map(keyed), From::Greatest, page))
    }
    async fn invitations_by(
        &self,
        inviter: AccountId,
        page: &Page,
    ) -> Result<Listing<Invitation>, PortError> {
        Ok(newest_first(self.invitations.rows().filter(|it| it.parts().inviter == inviter), page))
    }
    async fn invitations_to(&self, email: &Email, page: &Page) -> Result<Listing<Invitation>, PortError> {
        let sent = self.invitations.rows().filter(|it| it.parts().email.is_same_mailbox(email));
        Ok(newest_first(sent, page))
    }
    async fn count_invitations(
        &self,
        of: OrganizationId,
        now: Timestamp,
    ) -> Result<InvitationCounts, PortError> {
        let [mut pending, mut failed, mut expired] = [0, 0, 0];
        for it in self.invitations_in(of) {
            match (ListedState::of(it, now), ListedDelivery::of(self.delivery_of(it.id())?.state)) {
                (ListedState::Pending, ListedDelivery::NotFailed) => pending += 1,
                (ListedState::Pending, ListedDelivery::Failed) => failed += 1,
                (ListedState::Expired, _) => expired += 1,
                (ListedState::Accepted | ListedState::Declined | ListedState::Revoked, _) => {}
            }
        }
        let [pending, failed, expired] = [pending, failed, expired].map(Count::of);
        Ok(InvitationCounts { pending, failed, expired })
    }
}

impl Tables {
    fn invitations_in(&self, organization: OrganizationId) -> impl Iterator<Item = &Invitation> {
        self.invitations.rows().filter(move |it| it.parts().organization == organization)
    }
    pub(in crate::memory) fn find_pending(
        &self,
        within: OrganizationId,
        purpose: Purpose,
        email: &Email,
    ) -> Option<&Invitation> {
        self.invitations.rows().find(|it| {
            let it = it.parts();
            it.state == InvitationState::Pending
                && it.organization == within
                && it.purpose == purpose
                && it.email.is_same_mailbox(email)
        })
    }
    pub(super) fn invitation_of(
        &self,
        row: &dyn ToString,
        id: InvitationId,
    ) -> Result<&Invitation, PortError> {
        let found = self.invitations.find(&id);
        found.ok_or_else(|| PortError::Corrupt {
            table: "invitations",
            row: row.to_string(),
            what: "missing",
        })
    }
    fn invitation_view_of(&self, invitation: &Invitation) -> Result<InvitationView, PortError> {
        let it = invitation.parts();
        Ok(InvitationView {
            invitation: invitation.clone(),
            organization: self.organization_of(&it.id, it.organization)?,
            inviter: self.person(&it.id, it.inviter)?,
            delivery: self.delivery_of(it.id)?,
        })
    }
    /// Of the mail of its newest link.
    fn delivery_of(&self, id: InvitationId) -> Result<Delivery, PortError> {
        let mails = self.outbox.rows().filter_map(|it| {
            let Letter::Invitation { invitation, generation, .. } = it.message.letter else { return None };
            (invitation == id).then_some(((generation, it.message.at, it.message.id), &it.delivery))
        });
        let newest = mails.max_by_key(|(age, _)| *age).map(|(_, delivery)| delivery.clone());
        newest.ok_or_else(|| PortError::Corrupt { table: "outbox", row: id.to_string(), what: "missing" })
    }
}

fn keyed(view: InvitationView) -> (SortKey, Uuid, InvitationView) {
    (SortKey::Time(view.invitation.parts().created_at), view.invitation.id().uuid(), view)
}

fn passes(invitation: &Invitation, filter: &InvitationFilter, now: Timestamp) -> bool {
    let it = invitation.parts();
    let holds = |text: &str| {
        let text = fold(text);
        [it.email.as_str(), it.email.canonical()].iter().any(|field| fold(field).contains(&text))
    };
    filter.state.is_none_or(|state| ListedState::of(invitation, now) == state)
        && filter.purpose.is_none_or(|purpose| it.purpose == purpose)
        && filter.email.as_deref().is_none_or(holds)
}

fn newest_first<'a>(rows: impl Iterator<Item = &'a Invitation>, page: &Page) -> Listing<Invitation> {
    let keyed = rows.map(|it| {
        let parts = it.parts();
        (SortKey::Time(parts.created_at), parts.id.uuid(), it.clone())
    });
    list::page(keyed, From::Greatest, page)
}
