//! Every read of a warped moment: most pass through, a few go wrong.
mod joining;

use std::sync::PoisonError;

use async_trait::async_trait;
use registration_domain::{
    access::RoleKey,
    account::{Account, AccountId},
    change::{ActId, Review},
    count::Count,
    email::Email,
    email_change::{EmailChange, EmailChangeId},
    invitation::{Invitation, InvitationId, Purpose},
    limit::{Counted, Tally},
    membership::{Membership, MembershipId},
    organization::{Organization, OrganizationId},
    page::{Listing, Page, PageSize, Position, SortKey},
    password_reset::{PasswordReset, ResetRequest, ResetRequestId},
    permit::Standing,
    port::{
        Accounts, AuditTrail, Counts, Devices, EmailChanges, Foundings, Invitations, Memberships,
        Notifications, Organizations, PasswordResets, PortError, Receipts, Reviews, Sessions, SignIns,
        SignUps,
    },
    receipt::{Digest, Receipt, Scope},
    session::{SeenSession, SessionId},
    settings::Lifetimes,
    setup::{Founding, SetupLink, SetupLinkId},
    sign_in_log::SignInAttempt,
    sign_up::{SignUp, SignUpId},
    text::fold,
    time::Timestamp,
    username::Username,
    view::{
        AuditFilter, AuditView, DiscoverableOrganization, InvitationCounts, InvitationFilter, InvitationView,
        Involved, MemberCounts, MemberFilter, MemberOrder, MemberView, MembershipView, NotificationView,
        Person, SignInFilter,
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
        fn another_administrator(than: AccountId) -> Option<Account>;
    }
    EmailChanges {
        fn email_change(id: EmailChangeId) -> Option<EmailChange>;
        fn waiting_email_change(of: AccountId) -> Option<EmailChange>;
    }
    PasswordResets {
        fn password_reset(of: AccountId) -> Option<PasswordReset>;
        fn reset_request(id: ResetRequestId) -> Option<ResetRequest>;
        fn reset_requests(now: Timestamp, limit: u16) -> Vec<ResetRequest>;
    }
    Counts {
        fn counted(tally: &Tally) -> Counted;
    }
    AuditTrail {
        fn audit_events(of: OrganizationId, filter: &AuditFilter, page: &Page) -> Listing<AuditView>;
        fn count_audit_events(of: OrganizationId, filter: &AuditFilter) -> Count;
        fn audit_events_of(of: AccountId, involved: Involved, page: &Page) -> Listing<AuditView>;
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
impl SignUps for WarpedMoment {
    async fn sign_up(&self, id: SignUpId) -> Result<Option<SignUp>, PortError> {
        self.sound().await?.sign_up(id).await
    }
    async fn awaiting_sign_ups(&self, at: &Email, now: Timestamp) -> Result<Vec<SignUp>, PortError> {
        let all = self.sound().await?.awaiting_sign_ups(at, now).await?;
        let is_raw = self.warp == Warp::ComparesSpellings;
        Ok(all.into_iter().filter(|it| !is_raw || it.email().as_str() == at.as_str()).collect())
    }
}

#[async_trait]
impl Sessions for WarpedMoment {
    async fn session(&self, id: SessionId) -> Result<Option<(SeenSession, Account)>, PortError> {
        self.sound().await?.session(id).await
    }
    async fn devices(&self, of: AccountId, fingerprint: Digest) -> Result<Devices, PortError> {
        self.sound().await?.devices(of, fingerprint).await
    }
    async fn signed_in_accounts(
        &self,
        after: Option<AccountId>,
        now: Timestamp,
        limit: u16,
    ) -> Result<Vec<AccountId>, PortError> {
        self.sound().await?.signed_in_accounts(after, now, limit).await
    }
    async fn live_sessions(
        &self,
        of: &Account,
        lifetimes: &Lifetimes,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<SeenSession>, PortError> {
        let idles = self.warp == Warp::ListsEnded;
        let session_idle = if idles { lifetimes.session } else { lifetimes.session_idle };
        let lifetimes = Lifetimes { session_idle, ..lifetimes.clone() };
        self.sound().await?.live_sessions(of, &lifetimes, now, page).await
    }
}

#[async_trait]
impl SignIns for WarpedMoment {
    async fn sign_ins(
        &self,
        of: AccountId,
        filter: &SignInFilter,
        page: &Page,
    ) -> Result<Listing<SignInAttempt>, PortError> {
        let outcome = filter.outcome.filter(|_| self.warp != Warp::IgnoresOutcome);
        self.sound().await?.sign_ins(of, &SignInFilter { outcome, ..*filter }, page).await
    }
}

#[async_trait]
impl Organizations for WarpedMoment {
    async fn organization(&self, id: OrganizationId) -> Result<Option<Organization>, PortError> {
        self.sound().await?.organization(id).await
    }
    async fn owners(&self, of: OrganizationId) -> Result<u32, PortError> {
        self.sound().await?.owners(of).await
    }
    async fn discoverable(
        &self,
        query: &str,
        page: &Page,
    ) -> Result<Listing<DiscoverableOrganization>, PortError> {
        let mut listing = self.sound().await?.discoverable(query, page).await?;
        let key = |it: &DiscoverableOrganization| fold(it.name.as_str());
        if self.warp == Warp::FindsBeginnings {
            listing.rows.retain(|it| key(it).starts_with(&fold(query)));
        }
        if self.warp == Warp::DropsNamesakes {
            let last = page.after.as_ref().map(|it| it.key.clone());
            listing.rows.retain(|it| Some(SortKey::Text(key(it))) != last);
        }
        Ok(listing)
    }
}

#[async_trait]
impl Invitations for WarpedMoment {
    async fn invitation(&self, id: InvitationId) -> Result<Option<Invitation>, PortError> {
        self.sound().await?.invitation(id).await
    }
    async fn pending(
        &self,
        within: OrganizationId,
        purpose: Purpose,
        email: &Email,
    ) -> Result<Option<Invitation>, PortError> {
        self.sound().await?.pending(within, purpose, email).await
    }
    async fn pending_by(
        &self,
        inviter: AccountId,
        within: OrganizationId,
        after: Option<InvitationId>,
        limit: u16,
    ) -> Result<Vec<Invitation>, PortError> {
        self.sound().await?.pending_by(inviter, within, after, limit).await
    }
    async fn open_invitations(
        &self,
        at: &Email,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<InvitationView>, PortError> {
        let now = if self.warp == Warp::OffersExpired { Timestamp::from_micros(0) } else { now };
        self.sound().await?.open_invitations(at, now, page).await
    }
    async fn is_blocked(&self, organization: OrganizationId, email: &Email) -> Result<bool, PortError> {
        self.sound().await?.is_blocked(organization, email).await
    }
    async fn invitation_view(&self, id: InvitationId) -> Result<Option<InvitationView>, PortError> {
        self.sound().await?.invitation_view(id).await
    }
    async fn invitations(
        &self,
        of: OrganizationId,
        filter: &InvitationFilter,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<InvitationView>, PortError> {
        let delivery = filter.delivery.filter(|_| self.warp != Warp::IgnoresDelivery);
        let filter = InvitationFilter { delivery, ..filter.clone() };
        self.sound().await?.invitations(of, &filter, now, page).await
    }
    async fn invitations_by(&self, by: AccountId, page: &Page) -> Result<Listing<Invitation>, PortError> {
        self.sound().await?.invitations_by(by, page).await
    }
    async fn invitations_to(&self, email: &Email, page: &Page) -> Result<Listing<Invitation>, PortError> {
        self.sound().await?.invitations_to(email, page).await
    }
    async fn count_invitations(
        &self,
        of: OrganizationId,
        now: Timestamp,
    ) -> Result<InvitationCounts, PortError> {
        let at = if self.warp == Warp::CountsExpired { Timestamp::from_micros(0) } else { now };
        self.sound().await?.count_invitations(of, at).await
    }
}

#[async_trait]
impl Notifications for WarpedMoment {
    async fn notifications(
        &self,
        of: AccountId,
        page: &Page,
    ) -> Result<Listing<NotificationView>, PortError> {
        self.sound().await?.notifications(of, page).await
    }
    async fn count_unread(&self, of: AccountId) -> Result<Count, PortError> {
        let sound = self.sound().await?;
        if self.warp != Warp::CountsRead {
            return sound.count_unread(of).await;
        }
        let whole = Page::first(PageSize::new(100).unwrap_or(PageSize::DEFAULT));
        Ok(Count::of(sound.notifications(of, &whole).await?.rows.len() as u64))
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
    async fn count_members(&self, of: OrganizationId) -> Result<MemberCounts, PortError> {
        let counts = self.sound().await?.count_members(of).await?;
        let all = Count::of(u64::from(counts.active.number()) + u64::from(counts.removed.number()));
        Ok(if self.warp == Warp::CountsRemoved { MemberCounts { active: all, ..counts } } else { counts })
    }
    async fn access_givers(
        &self,
        of: OrganizationId,
        roles: &[RoleKey],
        limit: u16,
    ) -> Result<Vec<Person>, PortError> {
        let sound = self.sound().await?;
        if self.warp != Warp::OwnersLast {
            return sound.access_givers(of, roles, limit).await;
        }
        let all = sound.access_givers(of, roles, u16::MAX).await?;
        Ok(all.into_iter().rev().take(limit.into()).collect())
    }
    async fn owner_accounts(&self, of: OrganizationId, limit: u16) -> Result<Vec<Account>, PortError> {
        self.sound().await?.owner_accounts(of, limit).await
    }
    async fn reviewers(
        &self,
        of: OrganizationId,
        roles: &[RoleKey],
        limit: u16,
    ) -> Result<Vec<Account>, PortError> {
        let sound = self.sound().await?;
        if self.warp != Warp::ReviewersByLongestAway {
            return sound.reviewers(of, roles, limit).await;
        }
        let all = sound.reviewers(of, roles, u16::MAX).await?;
        Ok(all.into_iter().rev().take(limit.into()).collect())
    }
    async fn memberships(&self, of: AccountId, page: &Page) -> Result<Listing<MembershipView>, PortError> {
        self.sound().await?.memberships(of, page).await
    }
    async fn all_memberships(
        &self,
        of: AccountId,
        page: &Page,
    ) -> Result<Listing<MembershipView>, PortError> {
        let sound = self.sound().await?;
        if self.warp == Warp::ForgetsRemoved {
            return sound.memberships(of, page).await;
        }
        sound.all_memberships(of, page).await
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
