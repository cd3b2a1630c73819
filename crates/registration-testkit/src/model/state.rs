//! All that a platform shows, read in one moment by its own lists.
use registration_domain::{
    account::{Account, AccountId},
    change::Review,
    invitation::InvitationId,
    organization::{Organization, OrganizationId},
    page::{Page, PageSize},
    port::{Clock, Moment, PortError},
    view::{
        AuditFilter, AuditView, CodeFilter, EmployeeCodeView, InvitationFilter, InvitationView,
        JoinRequestFilter, JoinRequestView, MemberFilter, MemberOrder, MemberView, NotificationView,
    },
};

use crate::scenario::{Member, TestPlatform};

/// All pages of a list. They are small, so that most lists have several.
macro_rules! walk {
    ($into:expr, |$page:ident| $read:expr) => {
        let mut $page = Page::first(PageSize::new(3).unwrap_or(PageSize::DEFAULT));
        loop {
            let listing = $read.await?;
            $into.extend(listing.rows);
            match listing.next {
                Some(next) => $page.after = Some(next),
                None => break,
            }
        }
    };
}

/// What stands in a store, as far as anybody can see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The accounts, in the order in which they came.
    pub accounts: Vec<Account>,
    /// The organizations, in the order in which they were founded, with how many Owners they have.
    pub organizations: Vec<(Organization, u32)>,
    /// The members of all of them, removed ones too.
    pub members: Vec<MemberView>,
    /// The invitations of all of them, in the order in which they were made.
    pub invitations: Vec<InvitationView>,
    /// The join requests of all of them, oldest first.
    pub requests: Vec<JoinRequestView>,
    /// The employee codes of all of them.
    pub codes: Vec<EmployeeCodeView>,
    /// The audit log of all of them.
    pub audit: Vec<AuditView>,
    /// What the accounts were told on their own pages.
    pub notifications: Vec<NotificationView>,
    /// Whose invitations are to be looked through.
    pub reviews: Vec<Review>,
    pub(super) known: (Vec<AccountId>, Vec<OrganizationId>),
}

impl State {
    /// Where nothing is known but one member.
    pub(super) fn of(member: &Member) -> Self {
        Self { known: (vec![member.account], vec![member.organization]), ..Self::default() }
    }

    /// What is there now. Whoever came, and what was founded, is found from what was known before.
    pub(super) async fn read(test: &TestPlatform, before: &Self) -> Self {
        let moment = test.ports.reads.moment().await.expect("the store can be read");
        Self::gather(&*moment, test.clock.now(), before).await.expect("the store can be read")
    }

    async fn gather(
        moment: &dyn Moment,
        now: registration_domain::time::Timestamp,
        before: &Self,
    ) -> Result<Self, PortError> {
        let mut state = Self { known: before.known.clone(), ..Self::default() };
        state.find_organizations(moment).await?;
        for id in state.known.1.clone() {
            for removed in [false, true] {
                let filter = MemberFilter { removed, order: MemberOrder::Joined, query: None };
                walk!(state.members, |page| moment.members(id, &filter, &page));
            }
            let (invitations, lines) = (InvitationFilter::default(), AuditFilter::default());
            walk!(state.invitations, |page| moment.invitations(id, &invitations, now, &page));
            let (requests, codes) = (JoinRequestFilter::default(), CodeFilter::default());
            walk!(state.requests, |page| moment.join_requests(id, &requests, now, &page));
            walk!(state.codes, |page| moment.employee_codes(id, &codes, now, &page));
            walk!(state.audit, |page| moment.audit_events(id, &lines, &page));
            if let Some(organization) = moment.organization(id).await? {
                state.organizations.push((organization, moment.owners(id).await?));
            }
        }
        state.invitations.sort_by_key(|it| (it.invitation.parts().created_at, it.invitation.id()));
        state.find_accounts(moment).await?;
        for account in state.known.0.clone() {
            walk!(state.notifications, |page| moment.notifications(account, &page));
        }
        state.reviews = moment.reviews(100).await?;
        Ok(state)
    }

    /// Those in which the people who were known belong today.
    async fn find_organizations(&mut self, moment: &dyn Moment) -> Result<(), PortError> {
        for account in self.known.0.clone() {
            for it in moment.memberships(account, &Page::first(PageSize::DEFAULT)).await?.rows {
                if !self.known.1.contains(&it.organization.id()) {
                    self.known.1.push(it.organization.id());
                }
            }
        }
        Ok(())
    }

    /// Those who are or were members.
    async fn find_accounts(&mut self, moment: &dyn Moment) -> Result<(), PortError> {
        for it in &self.members {
            if !self.known.0.contains(&it.account.id()) {
                self.known.0.push(it.account.id());
            }
        }
        for id in &self.known.0 {
            self.accounts.extend(moment.account(*id).await?);
        }
        Ok(())
    }

    /// The invitation of this id.
    pub fn invitation(&self, id: InvitationId) -> Option<&InvitationView> {
        self.invitations.iter().find(|it| it.invitation.id() == id)
    }
}
