//! The words of the audit log, and the kinds of mail.
use registration_domain::{
    audit::{Action, SubjectKind},
    message::DeliveryState,
};

use crate::{
    letters::{letters, told},
    page::{Page, code},
};

pub(crate) fn audit_page() -> String {
    let mut page = Page::new(
        "Audit actions",
        "What stands as `action` in a line of the audit log. A line is written in the same commit as what it tells of, \
         or not at all, and holds no secret.",
    );
    let rows = Action::ALL.iter().map(|it| [code(it.key()), meaning(*it).to_owned()]);
    page.table(&["action", "what was decided"], rows.collect::<Vec<_>>());
    let kinds: Vec<_> = SubjectKind::ALL.iter().map(|it| code(it.key())).collect();
    page.add(format_args!("The `subject` of a line is one of {}.", kinds.join(", ")));
    page.end()
}

pub(crate) fn mails_page() -> String {
    let mut page = Page::new(
        "Mails",
        "Every mail follows a commit: what it says was true then. The row that waits to be sent holds facts and never a \
         link; the link is derived when the mail is rendered.",
    );
    let rows = letters().into_iter().map(|it| {
        let (to, what) = told(&it);
        [code(it.kind()), to.to_owned(), what.to_owned()]
    });
    page.table(&["kind", "to", "tells"], rows.collect::<Vec<_>>());
    page.heading(2, "How far a mail came");
    page.add("An invitation shows it as `delivery`, with the mail server's own words as `reason`.");
    let rows = DeliveryState::ALL.map(|it| [code(it.key()), reached(it).to_owned()]);
    page.table(&["state", "meaning"], rows);
    page.end()
}

fn meaning(action: Action) -> &'static str {
    match action {
        Action::PlatformFounded => "the platform was founded",
        Action::AdministratorMade => {
            "whoever runs the server made an account an administrator of the platform"
        }
        Action::AccountChanged => "a person changed their own details",
        Action::AddressChangeAsked => "a person asked for another address, or for a new code",
        Action::AddressChanged => "a person gave their account another address",
        Action::AccountClosed => "a person closed their account for ever",
        Action::SignUpStarted => {
            "somebody filled in the form of a sign-up; the log names the domain of their address alone"
        }
        Action::SignUpCodeResent => "a new code took the place of the older one",
        Action::SignedUp => "somebody confirmed their address, and has an account",
        Action::OrganizationFounded => "an organization was founded",
        Action::OrganizationChanged => "an organization's name or settings were changed",
        Action::SignedIn => "somebody signed in",
        Action::SignedOut => "somebody signed out",
        Action::SessionsEnded => "somebody ended all other sessions of theirs, or an operator all of them",
        Action::PasswordChanged => "a person changed their password",
        Action::PasswordResetSent => "a link to set a new password was sent",
        Action::PasswordReset => "a person set a new password by a link",
        Action::AccountUnlocked => "an operator let somebody try again to sign in",
        Action::Invited => "an invitation was made",
        Action::InvitationResent => "a new link took the place of the older one",
        Action::InvitationAmended => "an invitation's address or access was corrected",
        Action::InvitationRevoked => "the inviting side, or a rule, closed an invitation",
        Action::InvitationAccepted => "somebody came in by an invitation",
        Action::InvitationDeclined => "the invitee does not want to come in",
        Action::NewInvitationWished => "somebody came too late and asked for a new invitation",
        Action::AccessChanged => "a member's access was changed",
        Action::AccessRemoved => "a membership was ended by somebody else",
        Action::MemberLeft => "a member left",
        Action::EmailDomainAdded => "an organization said that an e-mail domain is its own",
        Action::EmailDomainVerified => "an e-mail domain was proven by its record in DNS",
        Action::EmailDomainPolicyChanged => "what is done with the people of an e-mail domain was changed",
        Action::EmailDomainRemoved => "an organization gave an e-mail domain up",
        Action::EmailDomainRecordMissing => "the record of a verified e-mail domain was not found any more",
        Action::EmailDomainRecordFound => "the missing record of a verified e-mail domain is there again",
        Action::EmailDomainLapsed => "the record of an e-mail domain was missing for too long",
        Action::JoinedByEmailDomain => "somebody came in by their address at a verified e-mail domain",
        Action::OwnershipHandedOver => "the ownership went to another member",
        Action::JoinRequested => "somebody asked to join",
        Action::JoinRequestReminded => "the requester reminded the reviewers",
        Action::JoinRequestWithdrawn => "the requester took the request back",
        Action::JoinRequestApproved => "somebody came in by a join request",
        Action::JoinRequestRejected => "the organization does not want somebody who asked",
        Action::JoinRequestSettled => "a requester came in another way, so the request was closed",
        Action::JoinRequestExpiring => "the reviewers were told that a request expires",
        Action::JoinRequestExpired => "nobody decided a request in time",
        Action::EmployeeCodeMade => "employee codes were made",
        Action::EmployeeCodeRevoked => "an employee code works no more",
        Action::EmployeeCodeUsed => "somebody came in by an employee code",
        Action::EmployeeCodeRefused => {
            "an employee code was typed that did not work any more, or at another organization"
        }
        Action::EmployeeCodeWrong => "an employee code was typed that is none of the organization's",
    }
}

fn reached(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Queued => "it waits for its first try, or for the next one",
        DeliveryState::Held => "it waits until its recipient's budget has room",
        DeliveryState::Sent => "a mail server took it",
        DeliveryState::Failed => "it was given up; `reason` says why",
        DeliveryState::Superseded => {
            "a newer one took its place, or what it told of is no more; it was not sent"
        }
    }
}
