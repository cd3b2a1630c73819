//! Every read of a warped moment: most pass through, a few go wrong.
use std::sync::PoisonError;

use async_trait::async_trait;
use registration_domain::{
    account::{Account, AccountId},
    change::{ActId, Review},
    email::Email,
    invitation::{Invitation, InvitationId, Purpose},
    membership::{Membership, MembershipId},
    organization::{Organization, OrganizationId},
    page::{Listing, Page, PageSize, Position, SortKey},
    permit::Standing,
    port::{
        Accounts, AuditTrail, Devices, Foundings, Invitations, Memberships, Organizations, PortError,
        Receipts, Reviews, Sessions,
    },
    receipt::{Digest, Receipt, Scope},
    session::{SeenSession, SessionId},
    setup::{Founding, SetupLink, SetupLinkId},
    time::Timestamp,
    username::Username,
    view::{
        AuditFilter, AuditView, InvitationFilter, InvitationView, MemberFilter, MemberOrder, MemberView,
        MembershipView,
    },
};

use super::reads::{Warp, WarpedMoment};

macro_rules! pass_through {
    ($($port:ident { $(fn $read:ident($($of:ident: $kind:ty),*) -> $answer:ty;)* })*) => {$(
        #[async_trait]
        impl $port for WarpedMoment {
            $(async fn $read(&self, $($of: $kind),*) -> Result<$answer, PortError> {
                self.sound().await?.$read($($of),*).await
            })*
        }
    )*};
}

pass_through! {
    Accounts {
        fn account(id: AccountId) -> Option<Account>;
        fn account_at(email: &Email) -> Option<Account>;
        fn account_named(username: &Username) -> Option<Account>;
    }
    Sessions {
        fn session(id: SessionId) -> Option<(SeenSession, Account)>;
        fn devices(of: AccountId, fingerprint: Digest) -> Devices;
    }
    Organizations {
        fn organization(id: OrganizationId) -> Option<Organization>;
        fn owners(of: OrganizationId) -> u32;
    }
    Invitations {
        fn invitation(id: InvitationId) -> Option<Invitation>;
        fn pending(within: OrganizationId, purpose: Purpose, email: &Email) -> Option<Invitation>;
        fn pending_by(
            inviter: AccountId, within: OrganizationId, after: Option<InvitationId>, limit: u16
        ) -> Vec<Invitation>;
        fn is_blocked(organization: OrganizationId, email: &Email) -> bool;
        fn invitation_view(id: InvitationId) -> Option<InvitationView>;
        fn invitations(
            of: OrganizationId, filter: &InvitationFilter, now: Timestamp, page: &Page
        ) -> Listing<InvitationView>;
    }
    AuditTrail {
        fn audit_events(of: OrganizationId, filter: &AuditFilter, page: &Page) -> Listing<AuditView>;
    }
    Foundings {
        fn founding() -> Option<Founding>;
        fn setup_link(id: SetupLinkId) -> Option<SetupLink>;
    }
    Reviews {
        fn reviews(limit: u16) -> Vec<Review>;
    }
}

#[async_trait]
impl Receipts for WarpedMoment {
    async fn receipt(&self, scope: Scope, key: &str) -> Result<Option<Receipt>, PortError> {
        self.sound().await?.receipt(scope, key).await
    }
    async fn was_committed(&self, act: ActId) -> Result<bool, PortError> {
        Ok(self.warp != Warp::ForgetsActs && self.sound().await?.was_committed(act).await?)
    }
}

#[async_trait]
impl Memberships for WarpedMoment {
    async fn standing(&self, of: AccountId, within: OrganizationId) -> Result<Option<Standing>, PortError> {
        let sound = self.sound().await?;
        let standing = sound.standing(of, within).await?;
        if standing.is_some() || self.warp != Warp::WakesRemoved {
            return Ok(standing);
        }
        let removed = MemberFilter { removed: true, ..MemberFilter::default() };
        let members = sound.members(within, &removed, &Page::first(PageSize::DEFAULT)).await?.rows;
        Ok(members.into_iter().find(|it| it.account.id() == of).map(|it| woken(it.membership)))
    }
    async fn membership(&self, id: MembershipId) -> Result<Option<Membership>, PortError> {
        self.sound().await?.membership(id).await
    }
    async fn member(&self, id: MembershipId) -> Result<Option<MemberView>, PortError> {
        self.sound().await?.member(id).await
    }
    async fn members(
        &self,
        of: OrganizationId,
        filter: &MemberFilter,
        page: &Page,
    ) -> Result<Listing<MemberView>, PortError> {
        let sound = self.sound().await?;
        if self.warp == Warp::PagesByNumber {
            let whole = Page::first(PageSize::new(100).unwrap_or(PageSize::DEFAULT));
            return Ok(self.by_number(sound.members(of, filter, &whole).await?.rows, page));
        }
        let mut listing = sound.members(of, filter, page).await?;
        if self.warp == Warp::DropsTies && filter.order == MemberOrder::Joined {
            let last = page.after.as_ref().map(|it| it.key.clone());
            listing.rows.retain(|it| Some(SortKey::Time(it.membership.parts().joined_at)) != last);
        }
        Ok(listing)
    }
    async fn memberships(&self, of: AccountId, page: &Page) -> Result<Listing<MembershipView>, PortError> {
        self.sound().await?.memberships(of, page).await
    }
}

impl WarpedMoment {
    /// Goes on at the number of rows that were given, whatever they are now.
    fn by_number(&self, rows: Vec<MemberView>, page: &Page) -> Listing<MemberView> {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let start = page.after.as_ref().and_then(|it| given.get(&it.id).copied()).unwrap_or_default();
        let rest = rows.into_iter().skip(start).collect();
        let position = |it: &MemberView| Position { key: SortKey::Never, id: it.membership.id().uuid() };
        let listing = Listing::from_surplus(rest, page.size, position);
        if let Some(next) = &listing.next {
            given.insert(next.id, start + listing.rows.len());
        }
        listing
    }
}

fn woken(membership: Membership) -> Standing {
    let it = membership.into_parts();
    Standing {
        account: it.account,
        organization: it.organization,
        access: it.access,
        membership: it.id,
        revision: it.revision,
    }
}
