//! An invitation ends exactly once, and is accepted only by its newest link and before it expires.
use registration_domain::{
    access::Access,
    invitation::{Invitation, InvitationParts, InvitationState, NotAcceptable, Purpose, RevokedWhy, Term},
    refusal::{Refusal, RefusalKind},
    revision::{Generation, Revision},
    time::DAY,
};
use registration_testkit::stub::NOW;

use super::support::{
    ANA, BEN, FIRST, GUEST, chosen, email, guest, id, invitation, note, permit, settings, shifted,
};

fn pending() -> Invitation {
    invitation(chosen(["members.view"]))
}
fn accepted() -> Invitation {
    pending().acceptable(FIRST, NOW).unwrap().accept(id(GUEST), NOW)
}
fn declined() -> Invitation {
    pending().acceptable(FIRST, NOW).unwrap().decline(Some(note("No time")), NOW)
}
fn revoked(why: RevokedWhy) -> Invitation {
    pending().open().unwrap().revoke(id(BEN), why, NOW)
}
fn resent() -> Invitation {
    let grant = permit(Access::Owner).grant(chosen(["members.view"]), &settings().catalogue).unwrap();
    pending().open().unwrap().resend(grant, NOW)
}
/// Every settled state, and what somebody is told who comes by its link.
fn settled() -> Vec<(Invitation, NotAcceptable, RefusalKind, &'static str)> {
    use NotAcceptable::{AlreadyAccepted, Declined, NotBacked, Revoked};
    vec![
        (accepted(), AlreadyAccepted { at: NOW }, RefusalKind::Conflict, "invitation_already_accepted"),
        (declined(), Declined { at: NOW }, RefusalKind::Conflict, "invitation_declined"),
        (
            revoked(RevokedWhy::Withdrawn { reason: None }),
            Revoked { at: NOW },
            RefusalKind::Gone,
            "invitation_revoked",
        ),
        (revoked(RevokedWhy::Replaced), Revoked { at: NOW }, RefusalKind::Gone, "invitation_revoked"),
        (revoked(RevokedWhy::InviteeRemoved), Revoked { at: NOW }, RefusalKind::Gone, "invitation_revoked"),
        (revoked(RevokedWhy::NotBacked), NotBacked, RefusalKind::Gone, "invitation_not_backed"),
    ]
}

#[test]
fn an_invitation_offers_what_was_granted_for_its_whole_term() {
    let it = pending().into_parts();
    assert_eq!((it.email, it.purpose, it.access), (guest(), Purpose::Member, chosen(["members.view"])));
    assert_eq!((it.inviter, it.generation, it.revision), (id(ANA), FIRST, Revision::FIRST));
    assert_eq!((it.created_at, it.expires_at, it.state), (NOW, NOW.plus(7 * DAY), InvitationState::Pending));
}

#[test]
fn a_pending_one_is_accepted_by_whoever_comes() {
    assert_eq!(accepted().parts().state, InvitationState::Accepted { at: NOW, by: id(GUEST) });
}

#[test]
fn a_pending_one_is_declined_with_a_reason() {
    let reason = Some(note("No time"));
    assert_eq!(declined().parts().state, InvitationState::Declined { at: NOW, reason });
}

#[test]
fn a_settled_one_is_settled_for_the_invitee() {
    for (invitation, why, kind, code) in settled() {
        let refused = invitation.clone().acceptable(FIRST, NOW).unwrap_err();
        assert_eq!((refused, refused.kind(), refused.code()), (why, kind, code), "{invitation:?}");
        assert_eq!(invitation.lapsed(FIRST, NOW), Err(why));
    }
}

#[test]
fn a_settled_one_is_settled_for_the_inviting_side() {
    for (invitation, why, ..) in settled() {
        assert_eq!(invitation.open().unwrap_err(), why);
    }
}

#[test]
fn what_ended_an_invitation_is_told_before_what_is_wrong_with_the_link() {
    let late = NOW.plus(30 * DAY);
    for (invitation, why, ..) in settled() {
        assert_eq!(invitation.acceptable(FIRST.next(), late).unwrap_err(), why, "superseded and expired");
    }
}

#[test]
fn that_a_newer_link_was_sent_is_told_before_that_the_older_one_expired() {
    let late = NOW.plus(30 * DAY);
    let (superseded, expired) =
        (NotAcceptable::Superseded { at: NOW }, NotAcceptable::Expired { at: NOW.plus(7 * DAY) });
    assert_eq!(resent().acceptable(FIRST, late), Err(superseded));
    assert_eq!(resent().acceptable(FIRST.next(), late), Err(expired));
    assert!(resent().acceptable(FIRST.next(), NOW).is_ok());
    let told = [superseded, expired].map(|it| it.told());
    assert_eq!(
        told,
        [(RefusalKind::Gone, "invitation_superseded"), (RefusalKind::Gone, "invitation_expired")]
    );
}

#[test]
fn a_link_of_a_generation_that_was_never_sent_does_not_hold() {
    assert_eq!(pending().acceptable(Generation(9), NOW), Err(NotAcceptable::Superseded { at: NOW }));
}

#[test]
fn the_instant_of_the_expiry_is_expired() {
    let expiry = pending().parts().expires_at;
    for (shift, expired) in [(-1, false), (0, true), (1, true)] {
        let now = shifted(expiry, shift);
        assert_eq!(pending().has_expired(now), expired, "{shift} µs");
        assert_eq!(pending().acceptable(FIRST, now).is_err(), expired, "{shift} µs");
        assert_eq!(pending().lapsed(FIRST, now).unwrap().is_some(), expired, "{shift} µs");
    }
}

#[test]
fn only_the_newest_expired_link_lets_one_ask_for_a_new_one() {
    let late = NOW.plus(30 * DAY);
    assert_eq!(resent().lapsed(FIRST, late), Err(NotAcceptable::Superseded { at: NOW }));
    assert_eq!(resent().lapsed(FIRST.next(), late).unwrap().unwrap().parts().id, resent().id());
}

#[test]
fn an_expired_one_is_open_to_the_inviting_side_still() {
    let late = NOW.plus(30 * DAY);
    let grant = permit(Access::Owner).grant(Access::All, &settings().catalogue).unwrap();
    let resent = pending().open().unwrap().resend(grant, late);
    assert_eq!(resent.parts().expires_at, late.plus(7 * DAY));
    assert!(resent.acceptable(FIRST.next(), late).is_ok());
}

#[test]
fn a_resent_one_has_a_new_link_and_term_and_is_backed_by_whoever_resent_it() {
    let sender = super::support::membership(BEN, Access::Owner).active().unwrap().standing();
    let permit = registration_domain::permit::Permit::owner(Some(&sender)).unwrap();
    let grant = permit.grant(Access::All, &settings().catalogue).unwrap();
    let later = NOW.plus(DAY);
    let before = pending();
    let InvitationParts { email, inviter, access, generation, expires_at, id: same, .. } =
        before.clone().open().unwrap().resend(grant, later).into_parts();
    assert_eq!((email, same), (guest(), before.id()));
    assert_eq!((inviter, access, generation), (id(BEN), Access::All, FIRST.next()));
    assert_eq!(expires_at, later.plus(7 * DAY));
}

#[test]
fn an_amended_one_goes_to_the_right_address() {
    let right = email("right@example.org");
    let grant = permit(Access::Owner).grant(Access::All, &settings().catalogue).unwrap();
    let amended = pending().open().unwrap().amend(right.clone(), grant, NOW);
    assert_eq!((&amended.parts().email, amended.parts().generation), (&right, FIRST.next()));
    assert_eq!(amended.clone().acceptable(FIRST, NOW), Err(NotAcceptable::Superseded { at: NOW }));
    assert!(!amended.is_addressed_by(FIRST) && amended.is_addressed_by(FIRST.next()));
    assert!(resent().is_addressed_by(FIRST) && resent().is_addressed_by(FIRST.next()));
    assert!(!resent().is_addressed_by(FIRST.next().next()), "it was never sent");
}

#[test]
fn a_longer_term_is_kept_through_a_resend() {
    let parts = InvitationParts { term: Term::days(30).unwrap(), ..pending().into_parts() };
    let grant = permit(Access::Owner).grant(Access::All, &settings().catalogue).unwrap();
    let resent = Invitation::from_parts(parts).open().unwrap().resend(grant, NOW);
    assert_eq!(resent.parts().expires_at, NOW.plus(30 * DAY));
}

#[test]
fn a_stored_invitation_is_the_one_that_was_read() {
    for (invitation, ..) in settled() {
        assert_eq!(Invitation::from_parts(invitation.clone().into_parts()), invitation);
    }
}
