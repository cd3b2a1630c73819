//! Somebody who may review approves or rejects a request, giving no more than they hold; and nobody decides their own.
mod many;
mod refusal;

use crate::{
    access::Access,
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    invitation::Invitation,
    join_request::{JoinRequest, JoinRequestId, OpenRequest},
    membership::{Cause, Membership, MembershipId},
    message::{JoiningLetter, MessageId},
    note::Note,
    notification::{NotificationId, NotificationKind},
    organization::{Organization, OrganizationId},
    permission::Permission,
    permit::{NotPermitted, Permit, Standing},
    platform::{Answer, Platform, VerbError, shown},
    port::{Moment, PortError},
    receipt::{Once, Outcome},
    refusal::Refusal,
    session::Caller,
    settings::Settings,
    time::Timestamp,
    use_case::{
        notifications::notify,
        reviewers::letter_to,
        settling::{came, invited},
    },
    view::JoinRequestView,
};

pub use many::{DecideJoinRequests, Decided};
pub use refusal::ReviewRefusal;

/// Decides a join request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecideJoinRequest {
    /// Who decides.
    pub by: Caller,
    /// In which organization.
    pub organization: OrganizationId,
    /// Which.
    pub request: JoinRequestId,
    /// How.
    pub decision: Decision,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// How a join request is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// The requester comes in.
    Approve {
        /// With how much access.
        access: Access,
    },
    /// The requester does not.
    Reject {
        /// Why, for the requester.
        reason: Option<Note>,
    },
}

/// All that the decision rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// What the caller may do.
    pub standing: Option<Standing>,
    /// Where.
    pub organization: Option<Organization>,
    /// The request, if it is one of this organization.
    pub request: Option<JoinRequest>,
    /// Whose it is.
    pub requester: Option<Account>,
    /// Whether they belong there already.
    pub is_member: bool,
    /// A pending invitation of their address there.
    pub invited: Option<Invitation>,
    /// Who decided it before.
    pub decider: Option<Account>,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub membership: MembershipId,
    pub message: MessageId,
    pub notification: NotificationId,
    pub event: AuditEventId,
    /// Of the event that an invitation was closed.
    pub closing: AuditEventId,
}

impl Platform {
    /// Approves or rejects a join request.
    ///
    /// # Errors
    /// [`ReviewRefusal`], or what every verb may meet.
    pub async fn decide_join_request(
        &self,
        command: DecideJoinRequest,
    ) -> Result<Answer<JoinRequestView>, VerbError<ReviewRefusal>> {
        let ids = &self.ports.ids;
        let fresh = Fresh {
            membership: ids.fresh(),
            message: ids.fresh(),
            notification: ids.fresh(),
            event: ids.fresh(),
            closing: ids.fresh(),
        };
        let outcome = Outcome::JoinRequest { request: command.request };
        let command = &command;
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let snapshot = gather(&*moment, command).await?;
            decide(&snapshot, command, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        self.answer_request(settled.await?).await
    }

    /// The request that a verb made or changed, as it is now.
    pub(crate) async fn answer_request<R: Refusal + 'static>(
        &self,
        answer: Answer<Outcome>,
    ) -> Result<Answer<JoinRequestView>, VerbError<R>> {
        let Outcome::JoinRequest { request } = answer.what else { return Err(VerbError::KeyReused) };
        let view = self.ports.reads.moment().await?.join_request_view(request).await?;
        let view = shown(view, "join_request", &request)?;
        Ok(answer.map(|_| view))
    }
}

async fn gather(moment: &dyn Moment, command: &DecideJoinRequest) -> Result<Snapshot, PortError> {
    let here = command.organization;
    let request = moment.join_request(command.request).await?.filter(|it| it.parts().organization == here);
    let (mut requester, mut is_member, mut decider) = (None, false, None);
    if let Some(request) = &request {
        requester = moment.account(request.parts().account).await?;
        is_member = moment.standing(request.parts().account, here).await?.is_some();
        decider = match request.decided_by() {
            Some(by) => moment.account(by).await?,
            None => None,
        };
    }
    Ok(Snapshot {
        standing: moment.standing(command.by.account, here).await?,
        organization: moment.organization(here).await?,
        invited: invited(moment, requester.as_ref(), here).await?,
        request,
        requester,
        is_member,
        decider,
    })
}

/// What a decision writes.
///
/// # Errors
/// [`ReviewRefusal`], in this order: the right, the request, what the catalogue lacks, what one holds, one's own,
/// what was decided before, and whether the requester can still come in.
pub fn decide(
    snapshot: &Snapshot,
    command: &DecideJoinRequest,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, ReviewRefusal> {
    let catalogue = &settings.catalogue;
    let permit = Permit::check(snapshot.standing.as_ref(), &Permission::JOIN_REQUESTS_REVIEW, catalogue)?;
    let organization = snapshot.organization.as_ref().ok_or(NotPermitted::NotAMember)?;
    let (request, requester) =
        snapshot.request.clone().zip(snapshot.requester.clone()).ok_or(ReviewRefusal::NotFound)?;
    let grant = match &command.decision {
        Decision::Approve { access } => {
            let unknown = catalogue.faults(access);
            if !unknown.is_empty() {
                return Err(ReviewRefusal::Fields(unknown));
            }
            Some(permit.grant(access.clone(), catalogue)?)
        }
        Decision::Reject { .. } => None,
    };
    if requester.id() == permit.actor() {
        return Err(NotPermitted::OwnAccess.into());
    }
    let open = request.open(now).map_err(|why| ReviewRefusal::decided(why, snapshot.decider.as_ref()))?;
    let deciding = Deciding { snapshot, command, now, fresh, organization, requester: &requester };
    match (&command.decision, grant) {
        (Decision::Approve { access }, Some(grant)) => {
            if snapshot.is_member {
                return Err(ReviewRefusal::AlreadyMember);
            }
            if !requester.is_active() {
                return Err(ReviewRefusal::RequesterGone);
            }
            let cause = Cause::JoinRequest(command.request);
            let approved = open.approve(&grant, now);
            let membership = Membership::begin(fresh.membership, requester.id(), grant, cause, now);
            Ok(deciding.approval(&permit, approved, membership, access))
        }
        (Decision::Reject { reason }, _) => Ok(deciding.rejection(&permit, open, reason.clone(), settings)),
        // A grant was asked for above, for each approval.
        (Decision::Approve { .. }, None) => Err(NotPermitted::ExceedsOwn(Vec::new()).into()),
    }
}

/// All that one decides with.
struct Deciding<'a> {
    snapshot: &'a Snapshot,
    command: &'a DecideJoinRequest,
    now: Timestamp,
    fresh: Fresh,
    organization: &'a Organization,
    requester: &'a Account,
}

impl Deciding<'_> {
    fn event(&self, action: Action) -> AuditEvent {
        let Self { command, now, fresh, organization, requester, .. } = self;
        let email = &requester.parts().email;
        AuditEvent::by(&command.by, fresh.event, action, command.request, email, *now)
            .within(organization.id())
    }

    fn notice(&self, kind: NotificationKind) -> Change {
        let Self { fresh, organization, requester, now, .. } = self;
        notify(fresh.notification, requester.id(), organization.id(), kind, *now)
    }

    fn approval(
        self,
        permit: &Permit,
        approved: JoinRequest,
        membership: Membership,
        access: &Access,
    ) -> ChangeSet {
        let Self { snapshot, command, now, fresh, organization, requester } = self;
        let letter = JoiningLetter::Approved {
            request: command.request,
            organization: organization.id(),
            name: organization.parts().name.clone(),
            access: access.clone(),
        };
        let kind = NotificationKind::JoinRequestApproved { request: command.request, access: access.clone() };
        let makes_owner =
            (*access == Access::Owner).then(|| Change::UpdateOrganization(organization.clone()));
        let closed = came(snapshot.invited.clone(), &command.by, fresh.closing, now);
        ChangeSet::under(permit)
            .with(Change::UpdateAccount(requester.clone()))
            .with_all(makes_owner)
            .with(Change::UpdateJoinRequest(approved))
            .with_all(closed.into_iter().flatten())
            .with(Change::AddMembership(membership))
            .with(Change::Send(letter_to(requester, fresh.message, letter, now)))
            .with(self.notice(kind))
            .with(Change::Record(self.event(Action::JoinRequestApproved).to(access)))
    }

    /// A code that backed it is given back: its use was refused.
    fn rejection(
        self,
        permit: &Permit,
        open: OpenRequest,
        reason: Option<Note>,
        settings: &Settings,
    ) -> ChangeSet {
        let Self { command, now, fresh, organization, requester, .. } = self;
        let letter = JoiningLetter::Rejected {
            request: command.request,
            name: organization.parts().name.clone(),
            reason: reason.clone(),
            ask_again_at: now.plus(settings.lifetimes.join_request_pause),
        };
        let kind = NotificationKind::JoinRequestRejected { request: command.request, reason: reason.clone() };
        let notice = self.notice(kind);
        let event = self.event(Action::JoinRequestRejected).because(reason.as_ref());
        let code = open.code();
        ChangeSet::under(permit)
            .with_all(code.map(Change::ReturnEmployeeCode))
            .with(Change::UpdateJoinRequest(open.reject(permit, reason, now)))
            .with(Change::Send(letter_to(requester, fresh.message, letter, now)))
            .with(notice)
            .with(Change::Record(event))
    }
}
