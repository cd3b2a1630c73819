//! What holds of requests and codes: nobody asks twice or belongs and waits, and what was given was held.
use std::collections::{BTreeMap, BTreeSet};

use registration_domain::{
    access::Access,
    account::AccountId,
    catalogue::Catalogue,
    join_request::{JoinRequest, JoinRequestState},
    membership::{Cause, MembershipState},
    organization::OrganizationId,
    time::Timestamp,
};

use super::{Broken, holds};
use crate::model::State;

pub(super) fn check(before: &State, after: &State, at: Timestamp) -> Result<(), Broken> {
    nobody_asks_twice_at_the_same_time(after)?;
    nobody_belongs_and_waits(after)?;
    a_request_ends_once_and_in_time(before, after, at)?;
    who_came_by_a_request_was_approved_once(after)?;
    a_code_is_used_as_often_as_it_may_be(after)?;
    what_is_given_is_held(before, after)
}

fn is_pending(request: &JoinRequest) -> bool {
    request.parts().state == JoinRequestState::Pending
}

/// 2, of requests.
fn nobody_asks_twice_at_the_same_time(after: &State) -> Result<(), Broken> {
    let mut seen = BTreeSet::new();
    after.requests.iter().map(|it| &it.request).filter(|it| is_pending(it)).try_for_each(|it| {
        let key = (it.parts().organization, it.parts().account);
        holds(seen.insert(key), || format!("account {} asks twice", it.parts().account))
    })
}

fn nobody_belongs_and_waits(after: &State) -> Result<(), Broken> {
    let members = after.members.iter().map(|it| it.membership.parts());
    let active = members.filter(|it| it.state == MembershipState::Active);
    let belong = active.map(|it| (it.organization, it.account)).collect::<BTreeSet<_>>();
    after.requests.iter().map(|it| &it.request).filter(|it| is_pending(it)).try_for_each(|it| {
        let key = (it.parts().organization, it.parts().account);
        holds(!belong.contains(&key), || format!("account {} belongs and waits", it.parts().account))
    })
}

/// 3, of requests.
fn a_request_ends_once_and_in_time(before: &State, after: &State, at: Timestamp) -> Result<(), Broken> {
    let now = after.requests.iter().map(|it| (it.request.id(), &it.request)).collect::<BTreeMap<_, _>>();
    before.requests.iter().map(|it| &it.request).try_for_each(|old| {
        let new = now.get(&old.id()).ok_or_else(|| format!("request {} is gone", old.id()))?;
        if !is_pending(old) {
            return holds(*new == old, || format!("request {} moved after its end", old.id()));
        }
        let in_time = at < old.parts().expires_at;
        let closed = matches!(new.parts().state, JoinRequestState::Expired { .. });
        let told = || format!("request {} was decided at the wrong time", old.id());
        holds(is_pending(new) || closed != in_time, told)
    })
}

/// 4, of requests.
fn who_came_by_a_request_was_approved_once(after: &State) -> Result<(), Broken> {
    let mut causes = BTreeSet::new();
    after.members.iter().map(|it| it.membership.parts()).try_for_each(|it| {
        let Cause::JoinRequest(id) = it.cause else { return Ok(()) };
        holds(causes.insert(id), || format!("request {id} let somebody in twice"))?;
        let request = after.requests.iter().map(|it| it.request.parts()).find(|it| it.id == id);
        let approved = request.is_some_and(|request| {
            request.account == it.account && matches!(request.state, JoinRequestState::Approved { .. })
        });
        holds(approved, || format!("membership {} was not approved", it.id))
    })?;
    let approved = after.requests.iter().map(|it| it.request.parts());
    let mut approved = approved.filter(|it| matches!(it.state, JoinRequestState::Approved { .. }));
    approved.try_for_each(|it| {
        holds(causes.contains(&it.id), || format!("request {} was approved and let nobody in", it.id))
    })
}

/// One use for each member that it let in, and each request that it backs or that was approved.
fn a_code_is_used_as_often_as_it_may_be(after: &State) -> Result<(), Broken> {
    after.codes.iter().map(|it| &it.code).try_for_each(|it| {
        let id = it.code.id();
        let most = it.code.parts().uses.map_or(u32::MAX, std::num::NonZeroU32::get);
        holds(it.used <= most, || format!("code {id} was used {} times of {most}", it.used))?;
        let came = after.members.iter().filter(|it| it.membership.parts().cause == Cause::EmployeeCode(id));
        let backed = after.requests.iter().map(|it| &it.request).filter(|it| {
            let stands =
                matches!(it.parts().state, JoinRequestState::Pending | JoinRequestState::Approved { .. });
            it.code() == Some(id) && stands
        });
        let counted = came.count() + backed.count();
        holds(usize::try_from(it.used) == Ok(counted), || {
            format!("code {id} was used {} times, and {counted} came of it", it.used)
        })
    })
}

/// 5, of requests and codes: by whoever gave it, as they were when it was given.
fn what_is_given_is_held(before: &State, after: &State) -> Result<(), Broken> {
    let known = before.members.iter().map(|it| it.membership.id()).collect::<BTreeSet<_>>();
    let new = after.members.iter().map(|it| it.membership.parts()).filter(|it| !known.contains(&it.id));
    let mut new = new;
    new.try_for_each(|it| {
        let giver = match it.cause {
            Cause::JoinRequest(id) => {
                let request = after.requests.iter().find(|it| it.request.id() == id);
                request.and_then(|it| it.request.decided_by())
            }
            Cause::EmployeeCode(id) => {
                let code = after.codes.iter().find(|it| it.code.code.id() == id);
                code.map(|it| it.maker.id)
            }
            Cause::Founding | Cause::Invitation(_) | Cause::EmailDomain { .. } => return Ok(()),
        };
        let held = giver.is_some_and(|giver| held(before, giver, it.organization, &it.access));
        holds(held, || format!("membership {} has more than its giver held", it.id))
    })
}

fn held(before: &State, giver: AccountId, within: OrganizationId, access: &Access) -> bool {
    let members = before.members.iter().map(|it| it.membership.parts());
    let mut own = members
        .filter(|it| it.state == MembershipState::Active && it.account == giver && it.organization == within);
    own.any(|own| {
        !Catalogue::outranks(access, &own.access)
            && Catalogue::built_in().excess(&own.access, access).is_empty()
    })
}

#[cfg(test)]
mod tests;
