//! What was decided, by whom, about whom, when and from where: written with the decision or not at all.
use uuid::Uuid;

use crate::{
    account::AccountId,
    email_domain::EmailDomainId,
    employee_code::EmployeeCodeId,
    id::Id,
    invitation::InvitationId,
    join_request::JoinRequestId,
    membership::MembershipId,
    note::Note,
    organization::OrganizationId,
    session::{Caller, Origin, SessionId},
    sign_up::SignUpId,
    time::Timestamp,
    words::words,
};

/// The id of an audit event.
pub type AuditEventId = Id<AuditEvent>;

/// One line of the audit log. Its words hold no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// Its id.
    pub id: AuditEventId,
    /// When.
    pub at: Timestamp,
    /// In which organization; none for what concerns the platform or one account alone.
    pub organization: Option<OrganizationId>,
    /// Who; none where only the holder of a link is known.
    pub actor: Option<AccountId>,
    /// From where.
    pub origin: Origin,
    /// What.
    pub action: Action,
    /// About what.
    pub subject: Subject,
    /// What people call the subject: an address or a name.
    pub label: String,
    /// What was so before, where something changed.
    pub before: Option<String>,
    /// What is so now, or the reason that was given.
    pub after: Option<String>,
}

/// What an audit event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Subject {
    /// What kind of thing.
    pub kind: SubjectKind,
    /// Which.
    pub id: Uuid,
}

words! {
    /// What kind of thing an audit event is about.
    SubjectKind {
        /// An account.
        Account = "account",
        /// An organization.
        Organization = "organization",
        /// A membership.
        Membership = "membership",
        /// An invitation.
        Invitation = "invitation",
        /// A session.
        Session = "session",
        /// An e-mail domain.
        EmailDomain = "email_domain",
        /// A join request.
        JoinRequest = "join_request",
        /// An employee code.
        EmployeeCode = "employee_code",
        /// A sign-up.
        SignUp = "sign_up",
    }
}

words! {
    /// What was decided.
    Action {
        /// The platform was founded.
        PlatformFounded = "platform.founded",
        /// Whoever runs the server made an account an administrator of the platform.
        AdministratorMade = "platform.administrator_made",
        /// A person changed their own details.
        AccountChanged = "account.changed",
        /// A person asked for another address.
        AddressChangeAsked = "account.address_change_asked",
        /// A person gave their account another address.
        AddressChanged = "account.address_changed",
        /// A person closed their account for ever.
        AccountClosed = "account.closed",
        /// Somebody filled in the form of a sign-up.
        SignUpStarted = "sign_up.started",
        /// A new code took the place of the older one.
        SignUpCodeResent = "sign_up.code_resent",
        /// Somebody confirmed their address, and has an account.
        SignedUp = "account.signed_up",
        /// An organization was founded.
        OrganizationFounded = "organization.founded",
        /// An organization's name or settings were changed.
        OrganizationChanged = "organization.changed",
        /// Somebody signed in.
        SignedIn = "session.started",
        /// Somebody signed out, or ended another of their sessions.
        SignedOut = "session.ended",
        /// Somebody ended all sessions of theirs but one, or an operator ended all of them.
        SessionsEnded = "sessions.ended",
        /// Somebody changed their password.
        PasswordChanged = "password.changed",
        /// A link to set a new password was sent.
        PasswordResetSent = "password.reset_sent",
        /// Somebody set a new password by a link.
        PasswordReset = "password.reset",
        /// An operator let somebody try again to sign in.
        AccountUnlocked = "account.unlocked",
        /// An invitation was made.
        Invited = "invitation.sent",
        /// A new link took the place of the older one.
        InvitationResent = "invitation.resent",
        /// Its address or access was corrected.
        InvitationAmended = "invitation.amended",
        /// The inviting side closed an invitation.
        InvitationRevoked = "invitation.revoked",
        /// Somebody came in by it.
        InvitationAccepted = "invitation.accepted",
        /// The invitee does not want to.
        InvitationDeclined = "invitation.declined",
        /// The invitee wishes for a new one.
        NewInvitationWished = "invitation.new_one_wished",
        /// A member's access was changed.
        AccessChanged = "membership.access_changed",
        /// A membership was ended by somebody else.
        AccessRemoved = "membership.removed",
        /// A member left.
        MemberLeft = "membership.left",
        /// The ownership went to another member.
        OwnershipHandedOver = "ownership.handed_over",
        /// An organization said that an e-mail domain is its own.
        EmailDomainAdded = "email_domain.added",
        /// It was proven by its record in DNS.
        EmailDomainVerified = "email_domain.verified",
        /// People with addresses there are treated otherwise.
        EmailDomainPolicyChanged = "email_domain.policy_changed",
        /// The organization gave it up.
        EmailDomainRemoved = "email_domain.removed",
        /// The record of a verified one was not found any more.
        EmailDomainRecordMissing = "email_domain.record_missing",
        /// The record that was missing is there again.
        EmailDomainRecordFound = "email_domain.record_found",
        /// The record was gone for too long.
        EmailDomainLapsed = "email_domain.lapsed",
        /// Somebody came in by their address at a verified e-mail domain.
        JoinedByEmailDomain = "email_domain.joined",
        /// Somebody asked to join.
        JoinRequested = "join_request.sent",
        /// The requester reminded the reviewers.
        JoinRequestReminded = "join_request.reminded",
        /// The requester took it back.
        JoinRequestWithdrawn = "join_request.withdrawn",
        /// The requester came in.
        JoinRequestApproved = "join_request.approved",
        /// The organization does not want it.
        JoinRequestRejected = "join_request.rejected",
        /// The requester came in another way.
        JoinRequestSettled = "join_request.settled",
        /// The reviewers were told that it expires.
        JoinRequestExpiring = "join_request.expiring",
        /// Nobody decided in time.
        JoinRequestExpired = "join_request.expired",
        /// Employee codes were made.
        EmployeeCodeMade = "employee_code.made",
        /// A code works no more.
        EmployeeCodeRevoked = "employee_code.revoked",
        /// Somebody came in by a code.
        EmployeeCodeUsed = "employee_code.used",
        /// A code was typed that did not work any more, or not there.
        EmployeeCodeRefused = "employee_code.refused",
        /// A code was typed that is none of the organization's.
        EmployeeCodeWrong = "employee_code.wrong",
    }
}

impl AuditEvent {
    /// What a caller decided.
    pub fn by(
        caller: &Caller,
        id: AuditEventId,
        action: Action,
        subject: impl Into<Subject>,
        label: impl ToString,
        at: Timestamp,
    ) -> Self {
        Self { actor: Some(caller.account), ..Self::unnamed(&caller.origin, id, action, subject, label, at) }
    }
    /// What the holder of a link decided, of whom nothing else is known.
    pub fn unnamed(
        origin: &Origin,
        id: AuditEventId,
        action: Action,
        subject: impl Into<Subject>,
        label: impl ToString,
        at: Timestamp,
    ) -> Self {
        Self {
            id,
            at,
            organization: None,
            actor: None,
            origin: origin.clone(),
            action,
            subject: subject.into(),
            label: label.to_string(),
            before: None,
            after: None,
        }
    }
    /// In the log of this organization.
    #[must_use]
    pub fn within(self, organization: OrganizationId) -> Self {
        Self { organization: Some(organization), ..self }
    }
    /// What was so before.
    #[must_use]
    pub fn from(self, before: impl ToString) -> Self {
        Self { before: Some(before.to_string()), ..self }
    }
    /// What is so now.
    #[must_use]
    pub fn to(self, after: impl ToString) -> Self {
        Self { after: Some(after.to_string()), ..self }
    }
    /// The reason that was given, if one was.
    #[must_use]
    pub fn because(self, reason: Option<&Note>) -> Self {
        Self { after: reason.map(ToString::to_string).or(self.after), ..self }
    }
}

macro_rules! subjects {
    ($($id:ty => $kind:ident),* $(,)?) => {
        $(impl From<$id> for Subject {
            fn from(id: $id) -> Self {
                Self { kind: SubjectKind::$kind, id: id.uuid() }
            }
        })*
    };
}

subjects! {
    AccountId => Account,
    OrganizationId => Organization,
    MembershipId => Membership,
    InvitationId => Invitation,
    SessionId => Session,
    EmailDomainId => EmailDomain,
    JoinRequestId => JoinRequest,
    EmployeeCodeId => EmployeeCode,
    SignUpId => SignUp,
}
