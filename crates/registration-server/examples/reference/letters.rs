//! One mail of each kind, and who gets it.
use registration_domain::{
    email::Email,
    message::{EmailDomainNews, JoiningLetter, Letter, Message, OwnLetter, SecurityLetter, SignUpLetter},
    port::Ids,
    secret::Secret,
    time::Timestamp,
};
use registration_mail_lettre::samples;
use registration_testkit::stub::CountingIds;

/// One of each kind.
pub(crate) fn letters() -> Vec<Letter> {
    messages().into_iter().map(|it| it.letter).collect()
}

/// The mail of an invitation.
pub(crate) fn invitation() -> Message {
    let is_invitation = |it: &Message| matches!(it.letter, Letter::Invitation { .. });
    messages().into_iter().find(is_invitation).expect("there is one of each kind")
}

fn messages() -> Vec<Message> {
    let ids: &dyn Ids = &CountingIds::default();
    let to = Email::parse("ben@example.org").expect("an address of an example");
    let mails = samples(&to, Timestamp::from_micros(0), &Secret::new(""), ids);
    mails.into_iter().map(|it| it.message).collect()
}

/// Who gets it, and what it tells.
pub(crate) fn told(letter: &Letter) -> (&'static str, &'static str) {
    match letter {
        Letter::EmailDomain(letter) => match letter.news {
            EmailDomainNews::Verified { .. } => {
                ("the other Owners", "who verified a domain, and what is done with its people")
            }
            EmailDomainNews::RecordMissing { .. } => {
                ("the Owners", "the record is gone from DNS, and until when it must be back")
            }
            EmailDomainNews::Lapsed { .. } => ("the Owners", "the domain is not verified any more"),
        },
        Letter::Invitation { .. } => {
            ("the invitee", "the link, who invites, into what, with which access, until when")
        }
        Letter::Joined { .. } => ("the inviter", "somebody accepted, and with which access"),
        Letter::Declined { .. } => ("the inviter", "somebody declined, and why, where they said so"),
        Letter::NewInvitationWished { .. } => {
            ("the inviter", "somebody came too late and asks for a new invitation")
        }
        Letter::AccessChanged { .. } => {
            ("the member", "what they could do, what they can do now, who changed it")
        }
        Letter::AccessRemoved { .. } => {
            ("who was a member", "that they are none any more, who ended it, and why")
        }
        Letter::OwnershipHandedOver { .. } => ("the new Owner", "whose ownership is theirs now"),
        Letter::NewDevice { .. } => {
            ("the account's owner", "a sign-in on a device that was never seen before: when, from where")
        }
        Letter::SignUp(SignUpLetter::Code { .. }) => {
            ("who signs up", "six digits, and until when they are right")
        }
        Letter::SignUp(SignUpLetter::AlreadyRegistered { .. }) => (
            "the account's owner",
            "somebody signed up with an address that has an account; where to sign in",
        ),
        Letter::Security(SecurityLetter::PasswordReset { .. }) => {
            ("the account's owner", "the link to set a new password, until when, from where it was asked for")
        }
        Letter::Security(SecurityLetter::PasswordChanged { .. }) => {
            ("the account's owner", "that the password was changed: when, on what, from where")
        }
        Letter::Security(SecurityLetter::TriesUsedUp { .. }) => (
            "the account's owner",
            "that so many wrong passwords were tried that one has to wait, once a day",
        ),
        Letter::Joining(letter) => told_of_joining(letter),
        Letter::Own(letter) => told_of_oneself(letter),
    }
}

fn told_of_oneself(letter: &OwnLetter) -> (&'static str, &'static str) {
    match letter {
        OwnLetter::AddressCode { .. } => {
            ("whoever reads mail there", "six digits, and until when they are right")
        }
        OwnLetter::AddressInUse { .. } => {
            ("the account's owner", "that another account is to have their address, and does not get it")
        }
        OwnLetter::AddressChanged { .. } => (
            "the address that the account had",
            "that it has another one now, and what to do if it was not them",
        ),
        OwnLetter::AccountClosed { .. } => ("the address that the account had", "that it is closed for ever"),
    }
}

fn told_of_joining(letter: &JoiningLetter) -> (&'static str, &'static str) {
    const REVIEWERS: &str = "the ten reviewers who signed in last";
    match letter {
        JoiningLetter::Requested(_) => {
            (REVIEWERS, "who asks to join, with which words or that a code backs it")
        }
        JoiningLetter::RequestReminder(_) => (REVIEWERS, "that the requester still waits"),
        JoiningLetter::RequestExpiring(_) => (REVIEWERS, "that a request expires that nobody decided"),
        JoiningLetter::Approved { .. } => ("the requester", "that they belong now, and with which access"),
        JoiningLetter::Rejected { .. } => {
            ("the requester", "that they were rejected, why, and when they may ask again")
        }
        JoiningLetter::Expired { .. } => ("the requester", "that nobody decided in time"),
        JoiningLetter::JoinedByCode { .. } => {
            ("whoever typed the code", "that they belong now, and with which access")
        }
    }
}
