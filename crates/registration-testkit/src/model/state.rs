//! All that a platform shows, read in one moment by its own lists.
use registration_domain::{
    account::{Account, AccountId},
    change::Review,
    invitation::InvitationId,
    organization::{Organization, OrganizationId},
    page::{Page, PageSize},
    port::{Clock, Moment, PortError},
    sign_up::{SignUp, SignUpId, SignUpState},
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
    /// What people filled in, in the order in which they did.
    pub sign_ups: Vec<SignUp>,
    pub(super) known: Known,
}

/// What is looked for: what no list shows by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Known {
    accounts: Vec<AccountId>,
    organizations: Vec<OrganizationId>,
    sign_ups: Vec<SignUpId>,
}

impl State {
    /// Where nothing is known but one member.
    pub(super) fn of(member: &Member) -> Self {
        let (accounts, organizations) = (vec![member.account], vec![member.organization]);
        Self { known: Known { accounts, organizations, sign_ups: Vec::new() }, ..Self::default() }
    }
    /// From now on it is looked for.
    pub(super) fn started(&mut self, sign_up: Option<SignUpId>) {
        self.known.sign_ups.extend(sign_up.filter(|it| !self.known.sign_ups.contains(it)));
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
        for id in state.known.organizations.clone() {
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
        for id in state.known.sign_ups.clone() {
            state.sign_ups.extend(moment.sign_up(id).await?);
        }
        state.find_accounts(moment).await?;
        for account in state.known.accounts.clone() {
            walk!(state.notifications, |page| moment.notifications(account, &page));
        }
        state.reviews = moment.reviews(100).await?;
        Ok(state)
    }

    /// Those in which the people who were known belong today.
    async fn find_organizations(&mut self, moment: &dyn Moment) -> Result<(), PortError> {
        for account in self.known.accounts.clone() {
            for it in moment.memberships(account, &Page::first(PageSize::DEFAULT)).await?.rows {
                if !self.known.organizations.contains(&it.organization.id()) {
                    self.known.organizations.push(it.organization.id());
                }
            }
        }
        Ok(())
    }

    /// Those who are or were members, and those who signed up.
    async fn find_accounts(&mut self, moment: &dyn Moment) -> Result<(), PortError> {
        let signed_up = self.sign_ups.iter().map(SignUp::parts);
        let signed_up = signed_up.filter(|it| matches!(it.state, SignUpState::Verified { .. }));
        let found = self.members.iter().map(|it| it.account.id()).chain(signed_up.map(|it| it.typed.id));
        for id in found.collect::<Vec<_>>() {
            if !self.known.accounts.contains(&id) {
                self.known.accounts.push(id);
            }
        }
        for id in &self.known.accounts {
            self.accounts.extend(moment.account(*id).await?);
        }
        Ok(())
    }

    /// The invitation of this id.
    pub fn invitation(&self, id: InvitationId) -> Option<&InvitationView> {
        self.invitations.iter().find(|it| it.invitation.id() == id)
    }
}
