//! Every state of an invitation explains itself, and offers the next step.
use registration_domain::{
    access::Access,
    invitation::{Invitation, RevokedWhy},
    message::{Delivery, DeliveryState},
    time::DAY,
    use_case::explain_invitation::{Explanation, NextStep, explain},
    view::{InvitationView, ListedState, Person},
};
use registration_testkit::stub::NOW;

use super::support::{ANA, FIRST, GUEST, ana, id, invitation, micros, note, organization, shifted};

fn view(invitation: Invitation, state: DeliveryState, reason: Option<&str>) -> InvitationView {
    let delivery = Delivery { state, reason: reason.map(Into::into), at: micros(5) };
    InvitationView { invitation, organization: organization(), inviter: Person::from(&ana()), delivery }
}
fn sent(invitation: Invitation) -> InvitationView {
    view(invitation, DeliveryState::Sent, None)
}
fn pending() -> Invitation {
    invitation(Access::All)
}
fn check(told: Explanation, state: ListedState, why: &str, next: &[NextStep]) {
    assert_eq!((told.state, told.why.as_str(), told.next.as_slice()), (state, why, next));
}
const USUAL: [NextStep; 4] = [NextStep::Wait, NextStep::Resend, NextStep::Correct, NextStep::Revoke];

#[test]
fn a_pending_one_says_how_far_its_mail_came() {
    let pending_with = |state, reason, why, next: &[NextStep]| {
        let told = explain(&view(pending(), state, reason), true, NOW);
        assert_eq!(told.since, micros(5));
        check(told, ListedState::Pending, why, next);
    };
    pending_with(DeliveryState::Queued, None, "its mail waits to be sent", &USUAL);
    pending_with(DeliveryState::Queued, Some("421 later"), "its mail waits to be sent: 421 later", &USUAL);
    pending_with(DeliveryState::Held, None, "its mail waits until the recipient's budget has room", &USUAL);
    let waiting = "its mail was handed over, and nobody has answered yet";
    pending_with(DeliveryState::Sent, Some("250 ok"), waiting, &USUAL);
    let failed = [NextStep::Correct, NextStep::Resend, NextStep::Revoke];
    let why = "its mail could not be delivered: 550 no such user";
    pending_with(DeliveryState::Failed, Some("550 no such user"), why, &failed);
    pending_with(DeliveryState::Superseded, None, "its mail was overtaken by a newer one", &USUAL);
}

#[test]
fn an_expired_one_says_so_from_the_instant_on() {
    let expiry = NOW.plus(7 * DAY);
    let next = [NextStep::Resend, NextStep::Revoke];
    check(explain(&sent(pending()), true, expiry), ListedState::Expired, "its time is over", &next);
    assert_eq!(explain(&sent(pending()), true, expiry).since, expiry);
    assert_eq!(explain(&sent(pending()), true, shifted(expiry, -1)).state, ListedState::Pending);
}

#[test]
fn one_that_is_not_backed_any_more_names_its_inviter() {
    let next = [NextStep::Resend, NextStep::Revoke];
    let why = "anaruiz Doe may no longer give what it offers";
    check(explain(&sent(pending()), false, NOW), ListedState::Pending, why, &next);
    check(explain(&sent(pending()), false, NOW.plus(7 * DAY)), ListedState::Expired, why, &next);
}

#[test]
fn a_settled_one_says_what_settled_it_and_when() {
    let acceptable = || pending().acceptable(FIRST, NOW).unwrap();
    let settled = |invitation, state, why: &str, next: &[NextStep]| {
        let told = explain(&sent(invitation), false, NOW.plus(30 * DAY));
        assert_eq!(told.since, micros(9));
        check(told, state, why, next);
    };
    let (at, again) = (micros(9), [NextStep::InviteAgain]);
    settled(acceptable().accept(id(GUEST), at), ListedState::Accepted, "somebody came in by it", &[]);
    let (plain, reasoned) = (acceptable().decline(None, at), acceptable().decline(Some(note("No time")), at));
    settled(plain, ListedState::Declined, "the invitee does not want to", &again);
    settled(reasoned, ListedState::Declined, "the invitee does not want to: No time", &again);
    for (why, words) in [
        (RevokedWhy::Withdrawn { reason: None }, "somebody took it back"),
        (RevokedWhy::Withdrawn { reason: Some(note("Wrong person")) }, "somebody took it back: Wrong person"),
        (RevokedWhy::Replaced, "it had expired, and the address was invited anew"),
        (RevokedWhy::NotBacked, "whoever made it could no longer give what it offered"),
        (RevokedWhy::InviteeRemoved, "the invitee's membership was ended while it was open"),
    ] {
        let revoked = pending().open().unwrap().revoke(id(ANA), why, at);
        settled(revoked, ListedState::Revoked, words, &again);
    }
}

#[test]
fn every_step_has_a_stable_word() {
    let steps =
        [NextStep::Wait, NextStep::Resend, NextStep::Correct, NextStep::Revoke, NextStep::InviteAgain];
    assert_eq!(steps.map(NextStep::key), ["wait", "resend", "correct", "revoke", "invite_again"]);
}
