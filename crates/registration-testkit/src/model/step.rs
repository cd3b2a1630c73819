//! What people do, and what time does. Numbers choose among what there is at the time, so no step is void.
use std::time::Duration;

use proptest::{collection::vec, option, prelude::*};
use registration_domain::time::{DAY, HOUR, MINUTE};

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is a number that chooses one of what its name says")]
pub enum Step {
    /// Time passes.
    Wait { span: Duration },
    /// Somebody founds an organization.
    Found { by: u8 },
    /// Somebody invites an address.
    Invite { by: u8, within: u8, address: u8, access: u8, key: Option<u8> },
    /// Somebody sends an invitation again.
    Resend { by: u8, invitation: u8 },
    /// Somebody corrects an invitation.
    Correct { by: u8, invitation: u8, address: Option<u8>, access: Option<u8> },
    /// Somebody revokes an invitation.
    Revoke { by: u8, invitation: u8 },
    /// Somebody new accepts, by a link that may be an older one.
    AcceptAsNew { invitation: u8, older: u8, username: u8 },
    /// Somebody with an account accepts.
    AcceptAs { invitation: u8, by: u8 },
    /// Somebody declines, and wants no more perhaps.
    Decline { invitation: u8, block: bool },
    /// Somebody wishes for a new invitation.
    Wish { invitation: u8 },
    /// Somebody changes what a member may do.
    ChangeAccess { by: u8, member: u8, access: u8 },
    /// Somebody ends a membership.
    Remove { by: u8, member: u8 },
    /// A member leaves.
    Leave { member: u8 },
    /// An Owner hands over.
    HandOver { by: u8, to: u8 },
    /// Somebody signs in, or tries to.
    SignIn { who: u8, right: bool },
    /// Somebody lets an organization be found, or hides it.
    BeFound { by: u8, within: u8, discoverable: bool },
    /// Somebody asks to join.
    Ask { by: u8, within: u8 },
    /// Somebody makes a code, which admits perhaps.
    MakeCode { by: u8, within: u8, access: u8, admits: bool, uses: u8 },
    /// Somebody types a code, or something that is none.
    TypeCode { by: u8, code: u8, right: bool },
    /// Somebody revokes a code.
    RevokeCode { by: u8, code: u8 },
    /// Somebody approves a request, or rejects it.
    DecideRequest { by: u8, request: u8, access: Option<u8> },
    /// Somebody takes a request back.
    Withdraw { by: u8, request: u8 },
    /// Somebody reminds the reviewers.
    Remind { by: u8, request: u8 },
    /// The jobs that tell of requests that expire, and close them, take their turns.
    TendRequests,
    /// Somebody signs up.
    SignUp { address: u8, username: u8 },
    /// Somebody asks for a new code.
    ResendCode { sign_up: u8 },
    /// Somebody guesses a code: the right one, an older one or a wrong one.
    Verify { sign_up: u8, code: Guess, username: Option<u8> },
    /// The job that closes invitations takes its turn.
    CloseUnbacked,
    /// The worker that sends mails takes its turn.
    DeliverMail,
}

/// Which code somebody gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guess {
    /// The newest.
    Right,
    /// The one before it.
    Older,
    /// None that was ever sent.
    Wrong,
}

/// Up to so many steps, of every kind, with time moving.
pub fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    vec(step(), 1..=most)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => span().prop_map(|span| Step::Wait { span }),
        1 => few().prop_map(|by| Step::Found { by }),
        6 => (few(), few(), any::<u8>(), any::<u8>(), option::weighted(0.2, 0..3_u8))
            .prop_map(|(by, within, address, access, key)| Step::Invite { by, within, address, access, key }),
        2 => (few(), few()).prop_map(|(by, invitation)| Step::Resend { by, invitation }),
        2 => (few(), few(), option::of(any::<u8>()), option::of(any::<u8>()))
            .prop_map(|(by, invitation, address, access)| Step::Correct { by, invitation, address, access }),
        1 => (few(), few()).prop_map(|(by, invitation)| Step::Revoke { by, invitation }),
        6 => (few(), 0..2_u8, any::<u8>())
            .prop_map(|(invitation, older, username)| Step::AcceptAsNew { invitation, older, username }),
        3 => (few(), few()).prop_map(|(invitation, by)| Step::AcceptAs { invitation, by }),
        1 => (few(), any::<bool>()).prop_map(|(invitation, block)| Step::Decline { invitation, block }),
        1 => few().prop_map(|invitation| Step::Wish { invitation }),
        3 => (few(), few(), any::<u8>())
            .prop_map(|(by, member, access)| Step::ChangeAccess { by, member, access }),
        2 => (few(), few()).prop_map(|(by, member)| Step::Remove { by, member }),
        1 => few().prop_map(|member| Step::Leave { member }),
        1 => (few(), few()).prop_map(|(by, to)| Step::HandOver { by, to }),
        1 => (few(), any::<bool>()).prop_map(|(who, right)| Step::SignIn { who, right }),
        12 => joining(),
        6 => signing_up(),
        1 => Just(Step::CloseUnbacked),
        1 => Just(Step::DeliverMail),
    ]
}

fn joining() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..2_u8, few(), prop::bool::weighted(0.9))
            .prop_map(|(by, within, discoverable)| Step::BeFound { by, within, discoverable }),
        4 => (few(), few()).prop_map(|(by, within)| Step::Ask { by, within }),
        2 => (few(), few(), any::<u8>(), any::<bool>(), 0..3_u8)
            .prop_map(|(by, within, access, admits, uses)| Step::MakeCode { by, within, access, admits, uses }),
        4 => (few(), few(), prop::bool::weighted(0.8))
            .prop_map(|(by, code, right)| Step::TypeCode { by, code, right }),
        1 => (few(), few()).prop_map(|(by, code)| Step::RevokeCode { by, code }),
        3 => (few(), few(), option::weighted(0.7, any::<u8>()))
            .prop_map(|(by, request, access)| Step::DecideRequest { by, request, access }),
        1 => (few(), few()).prop_map(|(by, request)| Step::Withdraw { by, request }),
        3 => (few(), few()).prop_map(|(by, request)| Step::Remind { by, request }),
        1 => Just(Step::TendRequests),
    ]
}

fn signing_up() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (any::<u8>(), any::<u8>()).prop_map(|(address, username)| Step::SignUp { address, username }),
        1 => few().prop_map(|sign_up| Step::ResendCode { sign_up }),
        4 => (few(), guess(), option::weighted(0.2, any::<u8>()))
            .prop_map(|(sign_up, code, username)| Step::Verify { sign_up, code, username }),
    ]
}

fn guess() -> impl Strategy<Value = Guess> {
    prop_oneof![3 => Just(Guess::Right), 1 => Just(Guess::Older), 1 => Just(Guess::Wrong)]
}

/// Small numbers, so that steps meet in the same people and invitations.
fn few() -> impl Strategy<Value = u8> {
    0..5_u8
}

/// To the microsecond around what expires, and odd ones between.
fn span() -> impl Strategy<Value = Duration> {
    let micro = Duration::from_micros(1);
    prop_oneof![
        Just(micro),
        Just(MINUTE),
        Just(HOUR),
        Just(7 * DAY),
        Just(27 * DAY),
        Just((7 * DAY).saturating_sub(micro)),
        (0..3_000_000_000_u64).prop_map(Duration::from_micros),
    ]
}
