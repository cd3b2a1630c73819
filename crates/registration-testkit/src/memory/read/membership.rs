//! Only an active member with an active account may do anything.
use std::cmp::Reverse;

use async_trait::async_trait;
use registration_domain::{
    access::{Access, RoleKey},
    account::{Account, AccountId},
    count::Count,
    membership::{Cause, Membership, MembershipId, MembershipState},
    organization::OrganizationId,
    page::{Listing, Page, SortKey},
    permission::Permission,
    permit::Standing,
    port::{Memberships, PortError},
    text::fold,
    view::{MemberCounts, MemberFilter, MemberOrder, MemberView, MembershipView, Person},
};

use super::super::{
    Tables,
    list::{self, From},
    row::Seat,
};

#[async_trait]
impl Memberships for Tables {
    async fn standing(&self, of: AccountId, within: OrganizationId) -> Result<Option<Standing>, PortError> {
        let mut seats = self.seats_in(within).filter(|it| it.membership.parts().account == of);
        let active = seats.find(|it| it.is_active() && self.has_active_account(it));
        Ok(active.and_then(|it| it.membership.clone().active()).map(|it| it.standing()))
    }
    async fn membership(&self, id: MembershipId) -> Result<Option<Membership>, PortError> {
        Ok(self.seats.find(&id).map(|it| it.membership.clone()))
    }
    async fn member(&self, id: MembershipId) -> Result<Option<MemberView>, PortError> {
        self.seats.find(&id).map(|it| self.member_view(it)).transpose()
    }
    async fn members(
        &self,
        of: OrganizationId,
        filter: &MemberFilter,
        page: &Page,
    ) -> Result<Listing<MemberView>, PortError> {
        let shown = self.seats_in(of).filter(|it| it.is_active() != filter.removed);
        let views = shown.map(|it| self.member_view(it)).collect::<Result<Vec<_>, _>>()?;
        let found = views
            .into_iter()
            .filter(|it| filter.query.as_deref().is_none_or(|text| holds(&it.account, text)));
        let keyed = found.map(|it| (sort_key(&it, filter.order), it.membership.id().uuid(), it));
        let from = if filter.order.is_reversed() { From::Greatest } else { From::Smallest };
        Ok(list::page(keyed, from, page))
    }
    async fn count_members(&self, of: OrganizationId) -> Result<MemberCounts, PortError> {
        let count = |active| self.seats_in(of).filter(|it| it.is_active() == active).count() as u64;
        Ok(MemberCounts { active: Count::of(count(true)), removed: Count::of(count(false)) })
    }
    async fn access_givers(
        &self,
        of: OrganizationId,
        roles: &[RoleKey],
        limit: u16,
    ) -> Result<Vec<Person>, PortError> {
        let seats = self.seats_in(of).filter(|it| it.is_active() && self.has_active_account(it));
        let membership = seats.map(|it| it.membership.parts());
        let mut giving = membership
            .filter_map(|it| Some((giving_rank(&it.access, roles)?, it.id, it.account)))
            .collect::<Vec<_>>();
        giving.sort();
        let first = giving.into_iter().take(limit.into());
        first.map(|(_, membership, account)| self.person(&membership, account)).collect()
    }
    async fn owner_accounts(&self, of: OrganizationId, limit: u16) -> Result<Vec<Account>, PortError> {
        let seats = self.seats_in(of).filter(|it| it.is_active() && self.has_active_account(it));
        let owners = seats.map(|it| it.membership.parts()).filter(|it| it.access == Access::Owner);
        owners.take(limit.into()).map(|it| self.account_of(&it.id, it.account)).collect()
    }
    async fn reviewers(
        &self,
        of: OrganizationId,
        roles: &[RoleKey],
        limit: u16,
    ) -> Result<Vec<Account>, PortError> {
        let seats = self.seats_in(of).filter(|it| it.is_active() && self.has_active_account(it));
        let mut reviewing =
            seats.filter(|it| reviews(&it.membership.parts().access, roles)).collect::<Vec<_>>();
        reviewing.sort_by_key(|it| Reverse((it.last_sign_in_at, it.membership.id())));
        let first = reviewing.into_iter().take(limit.into()).map(|it| it.membership.parts());
        first.map(|it| self.account_of(&it.id, it.account)).collect()
    }
    async fn memberships(&self, of: AccountId, page: &Page) -> Result<Listing<MembershipView>, PortError> {
        self.memberships_of(of, page, Seat::is_active)
    }
    async fn all_memberships(
        &self,
        of: AccountId,
        page: &Page,
    ) -> Result<Listing<MembershipView>, PortError> {
        self.memberships_of(of, page, |_| true)
    }
}

impl Tables {
    fn memberships_of(
        &self,
        of: AccountId,
        page: &Page,
        shows: fn(&Seat) -> bool,
    ) -> Result<Listing<MembershipView>, PortError> {
        let seats = self.seats.rows().filter(|it| shows(it) && it.membership.parts().account == of);
        let views = seats.map(|it| self.membership_view(&it.membership)).collect::<Result<Vec<_>, _>>()?;
        let keyed = views.into_iter().map(|it| {
            let (joined_at, id) = (it.membership.parts().joined_at, it.membership.id().uuid());
            (SortKey::Time(joined_at), id, it)
        });
        Ok(list::page(keyed, From::Smallest, page))
    }
    pub(super) fn seats_in(&self, organization: OrganizationId) -> impl Iterator<Item = &Seat> {
        self.seats.rows().filter(move |it| it.membership.parts().organization == organization)
    }
    pub(super) fn has_active_account(&self, seat: &Seat) -> bool {
        self.accounts.find(&seat.membership.parts().account).is_some_and(Account::is_active)
    }
    fn member_view(&self, seat: &Seat) -> Result<MemberView, PortError> {
        let it = seat.membership.parts();
        let let_in_by = match it.cause {
            Cause::Founding => None,
            Cause::Invitation(id) => Some(self.invitation_of(&it.id, id)?.parts().inviter),
            Cause::EmailDomain { domain: _, maker } => Some(maker),
            Cause::JoinRequest(id) => Some(self.approver_of(id)?),
            Cause::EmployeeCode(id) => Some(self.employee_code_of_id(&it.id, id)?.code.parts().maker),
        };
        let remover = remover(&it.state);
        Ok(MemberView {
            membership: seat.membership.clone(),
            account: self.account_of(&it.id, it.account)?,
            last_sign_in_at: seat.last_sign_in_at,
            joined_by: let_in_by.map(|id| self.person(&it.id, id)).transpose()?,
            removed_by: remover.map(|id| self.person(&it.id, id)).transpose()?,
        })
    }
    fn membership_view(&self, membership: &Membership) -> Result<MembershipView, PortError> {
        let it = membership.parts();
        Ok(MembershipView {
            membership: membership.clone(),
            organization: self.organization_of(&it.id, it.organization)?,
            account: self.account_of(&it.id, it.account)?,
        })
    }
}

/// Who may change what others may do, and in which order they are named.
fn giving_rank(access: &Access, roles: &[RoleKey]) -> Option<usize> {
    match access {
        Access::Owner => Some(0),
        Access::All => Some(1),
        Access::Role(role) => Some(2 + roles.iter().position(|it| it == role)?),
        Access::Chosen(chosen) => {
            chosen.contains(&Permission::MEMBERS_MANAGE_ACCESS).then_some(2 + roles.len())
        }
    }
}

/// Who may review join requests.
fn reviews(access: &Access, roles: &[RoleKey]) -> bool {
    match access {
        Access::Owner | Access::All => true,
        Access::Role(role) => roles.contains(role),
        Access::Chosen(chosen) => chosen.contains(&Permission::JOIN_REQUESTS_REVIEW),
    }
}

/// Whether a name, in either order, the username or the address holds this text.
fn holds(account: &Account, text: &str) -> bool {
    let (it, text) = (account.parts(), fold(text));
    let names = [it.name.full(), format!("{} {}", it.name.last, it.name.first)];
    let others = [it.username.as_str(), it.email.as_str(), it.email.canonical()];
    names.iter().map(String::as_str).chain(others).any(|field| fold(field).contains(&text))
}

/// Who ended a membership.
pub(super) fn remover(state: &MembershipState) -> Option<AccountId> {
    match state {
        MembershipState::Active => None,
        MembershipState::Removed { by, .. } => Some(*by),
    }
}

pub(super) fn name_key(account: &Account) -> String {
    let name = &account.parts().name;
    fold(&format!("{} {}", name.last, name.first))
}

fn sort_key(view: &MemberView, order: MemberOrder) -> SortKey {
    match order {
        MemberOrder::Name | MemberOrder::NameReversed => SortKey::Text(name_key(&view.account)),
        MemberOrder::LastSignIn | MemberOrder::LastSignInReversed => {
            view.last_sign_in_at.map_or(SortKey::Never, SortKey::Time)
        }
        MemberOrder::Joined | MemberOrder::JoinedReversed => SortKey::Time(view.membership.parts().joined_at),
        MemberOrder::Access | MemberOrder::AccessReversed => {
            SortKey::Text(view.membership.parts().access.rank())
        }
    }
}
