//! A request is shown with who decided it and what backs it, a code with how often it was used and refused.
use std::collections::BTreeSet;

use async_trait::async_trait;
use registration_domain::{
    account::AccountId,
    count::Count,
    employee_code::{CountedCode, EmployeeCodeId},
    join_request::{JoinRequest, JoinRequestId, JoinRequestState},
    membership::{Membership, MembershipState},
    organization::OrganizationId,
    page::{Listing, Page, SortKey},
    port::{EmployeeCodes, JoinRequests, PortError},
    receipt::Digest,
    time::Timestamp,
    view::{
        CodeFilter, EmployeeCodeView, EndedMembership, JoinRequestFilter, JoinRequestView, ListedCodeState,
        ListedRequestState, Person, RequesterHistory,
    },
};

use super::{
    super::{
        Tables,
        list::{self, From},
    },
    membership::{name_key, remover},
};

/// How many of the memberships and requests of before are told.
const BEFORE: usize = 10;
/// How many people of the same name are told.
const NAMESAKES: usize = 5;

#[async_trait]
impl JoinRequests for Tables {
    async fn join_request(&self, id: JoinRequestId) -> Result<Option<JoinRequest>, PortError> {
        Ok(self.join_requests.find(&id).cloned())
    }
    async fn pending_request(
        &self,
        of: AccountId,
        within: OrganizationId,
    ) -> Result<Option<JoinRequest>, PortError> {
        Ok(self.find_pending_request(of, within).cloned())
    }
    async fn last_rejection(
        &self,
        of: AccountId,
        within: OrganizationId,
    ) -> Result<Option<JoinRequest>, PortError> {
        let rejected = self.requests_of(of, within).filter_map(|it| match it.parts().state {
            JoinRequestState::Rejected { at, .. } => Some((at, it.id(), it)),
            JoinRequestState::Pending
            | JoinRequestState::Approved { .. }
            | JoinRequestState::Withdrawn { .. }
            | JoinRequestState::Settled { .. }
            | JoinRequestState::Expired { .. } => None,
        });
        Ok(rejected.max_by_key(|(at, id, _)| (*at, *id)).map(|(_, _, it)| it.clone()))
    }
    async fn join_request_view(&self, id: JoinRequestId) -> Result<Option<JoinRequestView>, PortError> {
        self.join_requests.find(&id).map(|it| self.join_request_view_of(it)).transpose()
    }
    async fn join_requests(
        &self,
        of: OrganizationId,
        filter: &JoinRequestFilter,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<JoinRequestView>, PortError> {
        let shown = self.join_requests.rows().filter(|it| {
            it.parts().organization == of
                && filter.state.is_none_or(|state| ListedRequestState::of(it, now) == state)
        });
        self.listed(shown, From::Smallest, page)
    }
    async fn join_requests_by(
        &self,
        account: AccountId,
        page: &Page,
    ) -> Result<Listing<JoinRequestView>, PortError> {
        let shown = self.join_requests.rows().filter(|it| it.parts().account == account);
        self.listed(shown, From::Greatest, page)
    }
    async fn count_join_requests(&self, of: OrganizationId, now: Timestamp) -> Result<Count, PortError> {
        let waits = |it: &&JoinRequest| {
            it.parts().organization == of && ListedRequestState::of(it, now) == ListedRequestState::Pending
        };
        Ok(Count::of(self.join_requests.rows().filter(waits).count() as u64))
    }
    async fn requester_histories(
        &self,
        within: OrganizationId,
        of: &[AccountId],
    ) -> Result<Vec<RequesterHistory>, PortError> {
        of.iter().map(|id| self.history_of(*id, within)).collect()
    }
    async fn requests_to_warn_of(&self, now: Timestamp, limit: u16) -> Result<Vec<JoinRequest>, PortError> {
        let due = |it: &JoinRequest| it.parts().warn_at.filter(|at| *at <= now).map(|at| (at, it.id()));
        Ok(self.pending_in_order(due, limit))
    }
    async fn lapsed_requests(&self, now: Timestamp, limit: u16) -> Result<Vec<JoinRequest>, PortError> {
        let over = |it: &JoinRequest| it.has_expired(now).then(|| (it.parts().expires_at, it.id()));
        Ok(self.pending_in_order(over, limit))
    }
}

#[async_trait]
impl EmployeeCodes for Tables {
    async fn employee_code(&self, id: EmployeeCodeId) -> Result<Option<CountedCode>, PortError> {
        Ok(self.employee_codes.find(&id).cloned())
    }
    async fn employee_code_of(&self, digest: Digest) -> Result<Option<CountedCode>, PortError> {
        Ok(self.employee_codes.rows().find(|it| it.code.parts().digest == digest).cloned())
    }
    async fn employee_codes_of_batch(
        &self,
        batch: EmployeeCodeId,
    ) -> Result<Vec<EmployeeCodeView>, PortError> {
        let made = self.employee_codes.rows().filter(|it| it.code.parts().batch == batch);
        made.map(|it| self.employee_code_view_of(it)).collect()
    }
    async fn employee_code_view(&self, id: EmployeeCodeId) -> Result<Option<EmployeeCodeView>, PortError> {
        self.employee_codes.find(&id).map(|it| self.employee_code_view_of(it)).transpose()
    }
    async fn employee_codes(
        &self,
        of: OrganizationId,
        filter: &CodeFilter,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<EmployeeCodeView>, PortError> {
        let shown = self.employee_codes.rows().filter(|it| {
            it.code.parts().organization == of
                && filter.state.is_none_or(|state| ListedCodeState::of(it, now) == state)
        });
        let views = shown.map(|it| self.employee_code_view_of(it)).collect::<Result<Vec<_>, _>>()?;
        let keyed = views.into_iter().map(|it| {
            let parts = it.code.code.parts();
            (SortKey::Time(parts.created_at), parts.id.uuid(), it)
        });
        Ok(list::page(keyed, From::Greatest, page))
    }
}

impl Tables {
    fn requests_of(&self, of: AccountId, within: OrganizationId) -> impl Iterator<Item = &JoinRequest> {
        self.join_requests
            .rows()
            .filter(move |it| it.parts().account == of && it.parts().organization == within)
    }
    pub(in crate::memory) fn find_pending_request(
        &self,
        of: AccountId,
        within: OrganizationId,
    ) -> Option<&JoinRequest> {
        self.requests_of(of, within).find(|it| it.parts().state == JoinRequestState::Pending)
    }
    fn pending_in_order<Key: Ord>(
        &self,
        key: impl Fn(&JoinRequest) -> Option<Key>,
        limit: u16,
    ) -> Vec<JoinRequest> {
        let pending = self.join_requests.rows().filter(|it| it.parts().state == JoinRequestState::Pending);
        let mut due = pending.filter_map(|it| Some((key(it)?, it))).collect::<Vec<_>>();
        due.sort_by(|(one, _), (other, _)| one.cmp(other));
        due.into_iter().take(limit.into()).map(|(_, it)| it.clone()).collect()
    }
    fn listed<'a>(
        &'a self,
        shown: impl Iterator<Item = &'a JoinRequest>,
        from: From,
        page: &Page,
    ) -> Result<Listing<JoinRequestView>, PortError> {
        let views = shown.map(|it| self.join_request_view_of(it)).collect::<Result<Vec<_>, _>>()?;
        let keyed = views.into_iter().map(|it| {
            let parts = it.request.parts();
            (SortKey::Time(parts.created_at), parts.id.uuid(), it)
        });
        Ok(list::page(keyed, from, page))
    }
    fn join_request_view_of(&self, request: &JoinRequest) -> Result<JoinRequestView, PortError> {
        let it = request.parts();
        let decided_by = decider(&it.state);
        let code = request.code().map(|code| self.employee_code_of_id(&it.id, code)).transpose()?;
        Ok(JoinRequestView {
            request: request.clone(),
            organization: self.organization_of(&it.id, it.organization)?,
            account: self.account_of(&it.id, it.account)?,
            decided_by: decided_by.map(|by| self.person(&it.id, by)).transpose()?,
            code: code.map(|it| it.code.clone()),
        })
    }
    fn history_of(&self, of: AccountId, within: OrganizationId) -> Result<RequesterHistory, PortError> {
        let account = self.account_of(&of, of)?;
        let seats = || self.seats_in(within).map(|it| &it.membership);
        let theirs = seats().filter(|it| it.parts().account == of);
        let mut memberships = theirs.filter_map(|it| Some((ended_at(it)?, it.id(), it))).collect::<Vec<_>>();
        memberships.sort_by_key(|(at, id, _)| std::cmp::Reverse((*at, *id)));
        let settled = self.requests_of(of, within).filter(|it| it.parts().state != JoinRequestState::Pending);
        let mut requests = settled.collect::<Vec<_>>();
        requests.sort_by_key(|it| std::cmp::Reverse((it.parts().created_at, it.id())));
        let (mut seen, mut namesakes) = (BTreeSet::from([of]), Vec::new());
        for other in seats().map(|it| it.parts().account) {
            let other = self.account_of(&other, other)?;
            let is_new = name_key(&other) == name_key(&account) && seen.insert(other.id());
            namesakes.extend(is_new.then(|| Person::from(&other)));
        }
        namesakes.truncate(NAMESAKES);
        let ended = |membership: &Membership| {
            let parts = membership.parts();
            let by = remover(&parts.state).unwrap_or(parts.account);
            let removed_by = self.person(&parts.id, by)?;
            Ok(EndedMembership { membership: membership.clone(), removed_by })
        };
        let memberships = memberships.into_iter().take(BEFORE).map(|(_, _, it)| ended(it));
        Ok(RequesterHistory {
            memberships: memberships.collect::<Result<_, PortError>>()?,
            requests: requests.into_iter().take(BEFORE).cloned().collect(),
            namesakes,
        })
    }
    /// Who let somebody in by approving their request.
    pub(super) fn approver_of(&self, id: JoinRequestId) -> Result<AccountId, PortError> {
        let found = self.join_requests.find(&id).and_then(|it| decider(&it.parts().state));
        found.ok_or_else(|| PortError::Corrupt {
            table: "join_requests",
            row: id.to_string(),
            what: "missing",
        })
    }
    pub(super) fn employee_code_of_id(
        &self,
        row: &dyn ToString,
        id: EmployeeCodeId,
    ) -> Result<&CountedCode, PortError> {
        let found = self.employee_codes.find(&id);
        found.ok_or_else(|| PortError::Corrupt {
            table: "employee_codes",
            row: row.to_string(),
            what: "missing",
        })
    }
    fn employee_code_view_of(&self, code: &CountedCode) -> Result<EmployeeCodeView, PortError> {
        let it = code.code.parts();
        Ok(EmployeeCodeView { code: code.clone(), maker: self.person(&it.id, it.maker)? })
    }
}

fn decider(state: &JoinRequestState) -> Option<AccountId> {
    match state {
        JoinRequestState::Approved { by, .. } | JoinRequestState::Rejected { by, .. } => Some(*by),
        JoinRequestState::Pending
        | JoinRequestState::Withdrawn { .. }
        | JoinRequestState::Settled { .. }
        | JoinRequestState::Expired { .. } => None,
    }
}

fn ended_at(membership: &Membership) -> Option<Timestamp> {
    match membership.parts().state {
        MembershipState::Active => None,
        MembershipState::Removed { at, .. } => Some(at),
    }
}
