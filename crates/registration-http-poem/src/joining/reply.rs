//! What clients are shown about joining: a requester sees neither who decided nor which code backs the request.
use poem_openapi::registry::MetaSchemaRef;
use registration_domain::{
    access::Access,
    domain_name::DomainName,
    employee_code::{CodeLabel, EmployeeCodeId},
    join_request::{JoinRequestId, JoinRequestParts, JoinRequestState, Method},
    membership::{MembershipId, MembershipState},
    note::Note,
    platform::VerbError,
    settings::Settings,
    time::{DAY, Timestamp},
    use_case::{ask_to_join::Asked, decide_join_request::ReviewRefusal},
    view::{EndedMembership, JoinRequestView, ListedRequestState, RequesterHistory},
};
use serde_json::Value;

use crate::{
    problem::Problem,
    shape::{Maybe, Shape, Shown, reply, words},
    view::{Account, Membership, NamedOrganization, Person},
};

reply! {
    /// An account's wish to join an organization, as its holder sees it.
    pub(crate) struct JoinRequest {
        /// Its id.
        id: JoinRequestId,
        /// Where.
        organization: NamedOrganization,
        /// Whose it is.
        account: Account,
        /// What they brought.
        method: MethodShown,
        /// With `email_domain`: the domain, which the organization had verified when they asked.
        email_domain: Option<DomainName>,
        /// What they said.
        note: Option<Note>,
        /// What became of it.
        state: ListedRequestState,
        /// When they asked.
        created_at: Timestamp,
        /// Until when it can be decided.
        expires_at: Timestamp,
        /// Since when it is in that state, where it waits no more.
        decided_at: Option<Timestamp>,
        /// Who decided it; told to reviewers alone.
        decided_by: Option<Person>,
        /// Why it was rejected, where a reason was given.
        reason: Option<Note>,
        /// With how much access they came in.
        access: Option<Access>,
        /// With `settled`: which other way they came in.
        settled_by: Option<String>,
        /// When the reviewers were reminded last.
        reminded_at: Option<Timestamp>,
        /// From when on the reviewers can be reminded again, where it waits.
        remind_at: Option<Timestamp>,
        /// From when on they may ask again, where it was rejected.
        ask_again_at: Option<Timestamp>,
    }
}

reply! {
    /// An account's wish to join an organization, as those see it who decide.
    pub(crate) struct ReviewedRequest {
        /// Its id.
        id: JoinRequestId,
        /// Where.
        organization: NamedOrganization,
        /// Whose it is.
        account: Account,
        /// What they brought.
        method: MethodShown,
        /// With `email_domain`: the domain, which the organization had verified when they asked.
        email_domain: Option<DomainName>,
        /// The code that backs it.
        employee_code: Option<BackingCode>,
        /// What they say.
        note: Option<Note>,
        /// What became of it.
        state: ListedRequestState,
        /// When they asked.
        created_at: Timestamp,
        /// Until when it can be decided.
        expires_at: Timestamp,
        /// Since when it is in that state, where it waits no more.
        decided_at: Option<Timestamp>,
        /// Who decided it.
        decided_by: Option<Person>,
        /// Why it was rejected, where a reason was given.
        reason: Option<Note>,
        /// With how much access they came in.
        access: Option<Access>,
        /// With `settled`: which other way they came in.
        settled_by: Option<String>,
        /// Their memberships here that ended, the last one first.
        earlier_memberships: Vec<EarlierMembership>,
        /// Their requests here that are settled, the last one first.
        earlier_requests: Vec<EarlierRequest>,
        /// Others who are or were members here and have the same name.
        same_name: Vec<Person>,
    }
}

reply! {
    /// The code that backs a request.
    pub(crate) struct BackingCode {
        /// Its id.
        id: EmployeeCodeId,
        /// What it is called.
        label: Option<CodeLabel>,
        /// What its maker thinks of giving.
        access: Option<Access>,
    }
}

reply! {
    /// A membership that ended.
    pub(crate) struct EarlierMembership {
        /// Its id.
        id: MembershipId,
        /// When it began.
        joined_at: Timestamp,
        /// When it ended.
        removed_at: Option<Timestamp>,
        /// Whether they left by themselves.
        left: bool,
        /// Who ended it.
        removed_by: Person,
        /// Why it ended, where a reason was given.
        reason: Option<Note>,
    }
}

reply! {
    /// A request that is settled.
    pub(crate) struct EarlierRequest {
        /// Its id.
        id: JoinRequestId,
        /// What became of it.
        state: ListedRequestState,
        /// When they had asked.
        created_at: Timestamp,
        /// Since when it is in that state.
        decided_at: Option<Timestamp>,
    }
}

reply! {
    /// What came of asking: a request that waits, or a membership.
    pub(crate) struct AskedReply {
        /// Somebody there decides.
        join_request: Maybe<JoinRequest>,
        /// The code let them in.
        membership: Maybe<Membership>,
    }
}

reply! {
    /// What became of each request, in their order.
    pub(crate) struct DecidedReply {
        /// One for each.
        data: Vec<Decided>,
    }
}

reply! {
    /// What became of one.
    pub(crate) struct Decided {
        /// Which.
        id: JoinRequestId,
        /// As it is now, where it was decided.
        join_request: Maybe<ReviewedRequest>,
        /// Why it was not.
        problem: Maybe<Problem>,
    }
}

/// What somebody brought.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MethodShown(&'static str);

/// What a state tells, beside its word.
struct Ended {
    at: Option<Timestamp>,
    reason: Option<Note>,
    access: Option<Access>,
    settled_by: Option<String>,
    rejected_at: Option<Timestamp>,
}

impl JoinRequest {
    pub(super) fn of(view: JoinRequestView, now: Timestamp, settings: &Settings) -> Self {
        let JoinRequestView { request, organization, account, decided_by: _, code: _ } = view;
        let state = ListedRequestState::of(&request, now);
        let waits = state == ListedRequestState::Pending;
        let parts = request.into_parts();
        let JoinRequestParts { id, method, created_at, expires_at, reminded_at, .. } = parts;
        let Ended { at, reason, access, settled_by, rejected_at } = Ended::of(parts.state, expires_at, now);
        let remind_at = waits.then(|| reminded_at.map_or(created_at, |it| it.plus(DAY)));
        let (method, email_domain, note) = brought(&method);
        Self {
            id,
            organization: (&organization).into(),
            account: (&account).into(),
            method,
            email_domain,
            note,
            state,
            created_at,
            expires_at,
            decided_at: at,
            decided_by: None,
            reason,
            access,
            settled_by,
            reminded_at,
            remind_at,
            ask_again_at: rejected_at.map(|it| it.plus(settings.lifetimes.join_request_pause)),
        }
    }
}

impl ReviewedRequest {
    pub(super) fn of((view, history): (JoinRequestView, RequesterHistory), now: Timestamp) -> Self {
        let JoinRequestView { request, organization, account, decided_by, code } = view;
        let state = ListedRequestState::of(&request, now);
        let JoinRequestParts { id, method, created_at, expires_at, state: ended, .. } = request.into_parts();
        let Ended { at, reason, access, settled_by, rejected_at: _ } = Ended::of(ended, expires_at, now);
        let RequesterHistory { memberships, requests, namesakes } = history;
        let (method, email_domain, note) = brought(&method);
        let earlier = requests.into_iter().map(|it| {
            let state = ListedRequestState::of(&it, now);
            let parts = it.into_parts();
            let ended = Ended::of(parts.state, parts.expires_at, now);
            EarlierRequest { id: parts.id, state, created_at: parts.created_at, decided_at: ended.at }
        });
        let backing = code.map(|it| {
            let parts = it.into_parts();
            BackingCode { id: parts.id, label: parts.label, access: parts.entry.access().cloned() }
        });
        Self {
            id,
            organization: (&organization).into(),
            account: (&account).into(),
            method,
            email_domain,
            employee_code: backing,
            note,
            state,
            created_at,
            expires_at,
            decided_at: at,
            decided_by: decided_by.map(Into::into),
            reason,
            access,
            settled_by,
            earlier_memberships: memberships.into_iter().map(Into::into).collect(),
            earlier_requests: earlier.collect(),
            same_name: namesakes.into_iter().map(Into::into).collect(),
        }
    }
}

impl AskedReply {
    pub(super) fn of(asked: Asked, now: Timestamp, settings: &Settings) -> Self {
        match asked {
            Asked::Waits(view) => Self {
                join_request: Maybe(Some(JoinRequest::of(*view, now, settings))),
                membership: Maybe(None),
            },
            Asked::Joined(view) => {
                Self { join_request: Maybe(None), membership: Maybe(Some((*view).into())) }
            }
        }
    }
}

impl Decided {
    pub(super) fn of(
        id: JoinRequestId,
        result: Result<JoinRequestView, VerbError<ReviewRefusal>>,
        now: Timestamp,
    ) -> Self {
        match result {
            Ok(view) => {
                let shown = ReviewedRequest::of((view, RequesterHistory::default()), now);
                Self { id, join_request: Maybe(Some(shown)), problem: Maybe(None) }
            }
            Err(error) => Self { id, join_request: Maybe(None), problem: Maybe(Some(error.into())) },
        }
    }
}

impl Ended {
    fn of(state: JoinRequestState, expires_at: Timestamp, now: Timestamp) -> Self {
        let nothing = Self { at: None, reason: None, access: None, settled_by: None, rejected_at: None };
        match state {
            JoinRequestState::Pending => Self { at: (now >= expires_at).then_some(expires_at), ..nothing },
            JoinRequestState::Approved { at, by: _, access } => {
                Self { at: Some(at), access: Some(access), ..nothing }
            }
            JoinRequestState::Rejected { at, by: _, reason } => {
                Self { at: Some(at), reason, rejected_at: Some(at), ..nothing }
            }
            JoinRequestState::Withdrawn { at } => Self { at: Some(at), ..nothing },
            JoinRequestState::Settled { at, by } => {
                Self { at: Some(at), settled_by: Some(by.key().to_owned()), ..nothing }
            }
            JoinRequestState::Expired { .. } => Self { at: Some(expires_at), ..nothing },
        }
    }
}

fn brought(method: &Method) -> (MethodShown, Option<DomainName>, Option<Note>) {
    (MethodShown(method.key()), method.domain().cloned(), method.note().cloned())
}

impl From<EndedMembership> for EarlierMembership {
    fn from(ended: EndedMembership) -> Self {
        let removed_by = ended.removed_by.into();
        let it = ended.membership.into_parts();
        let (removed_at, left, reason) = match it.state {
            MembershipState::Active => (None, false, None),
            MembershipState::Removed { at, by, reason } => (Some(at), by == it.account, reason),
        };
        Self { id: it.id, joined_at: it.joined_at, removed_at, left, removed_by, reason }
    }
}

impl Shape for MethodShown {
    fn schema() -> MetaSchemaRef {
        words(["approval", "employee_code", "email_domain"])
    }
}
impl Shown for MethodShown {
    fn shown(self) -> Value {
        self.0.into()
    }
}

impl Shown for ListedRequestState {
    fn shown(self) -> Value {
        self.key().into()
    }
}

impl Shape for CodeLabel {
    fn schema() -> MetaSchemaRef {
        String::schema()
    }
}
impl Shown for CodeLabel {
    fn shown(self) -> Value {
        self.as_str().into()
    }
}
