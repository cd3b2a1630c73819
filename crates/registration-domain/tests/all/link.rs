//! What the holder of a link may do: look, decline, and wish for a new one.
use registration_domain::{
    access::Access,
    change::ChangeSet,
    invitation::{Invitation, InvitationParts, InvitationState, RevokedWhy},
    message::Letter,
    refusal::{Fact, RefusalKind},
    revision::Generation,
    secret::Secret,
    time::{DAY, Timestamp},
    use_case::{
        decline_invitation::{self, DeclineInvitation},
        look_up_invitation::{LinkRefusal, Snapshot},
        wish_for_new_invitation,
    },
};
use registration_testkit::stub::NOW;

use super::support::{
    ACME, ANA, EVENT, FIRST, GUEST, MESSAGE, NOTIFICATION, chosen, events, guest, id, invitation,
    invitations, line, messages, note, origin, role, scene, settings, shifted, standing, told, words,
};

const LATE: Timestamp = Timestamp::from_micros(NOW.micros() + 30 * 24 * 3_600_000_000);

fn behind(invitation: Invitation) -> Snapshot {
    Snapshot { invitation, inviter: Some(standing(Access::Owner)), scene: Some(scene()) }
}
fn snapshot() -> Snapshot {
    behind(invitation(Access::All))
}
fn looked_up(snapshot: &Snapshot, link: Generation, now: Timestamp) -> Result<(), LinkRefusal> {
    snapshot.acceptable(link, &settings(), now).map(|_| ())
}
fn declined(snapshot: &Snapshot, reason: Option<&str>, block: bool) -> Result<ChangeSet, LinkRefusal> {
    declined_at(snapshot, FIRST, NOW, reason, block)
}
fn declined_at(
    snapshot: &Snapshot,
    link: Generation,
    now: Timestamp,
    reason: Option<&str>,
    block: bool,
) -> Result<ChangeSet, LinkRefusal> {
    let fresh =
        decline_invitation::Fresh { message: id(MESSAGE), notification: id(NOTIFICATION), event: id(EVENT) };
    let (token, reason) = (Secret::new("sealed"), reason.map(note));
    let command = DeclineInvitation { token, reason, block, origin: origin(), once: None };
    decline_invitation::decide(snapshot, &command, link, &settings(), now, fresh)
}
fn wished_at(snapshot: &Snapshot, link: Generation, now: Timestamp) -> Result<ChangeSet, LinkRefusal> {
    let fresh = wish_for_new_invitation::Fresh {
        message: id(MESSAGE),
        notification: id(NOTIFICATION),
        event: id(EVENT),
    };
    wish_for_new_invitation::decide(snapshot, &origin(), link, &settings(), now, fresh)
}

#[test]
fn every_way_to_use_a_link_is_refused_alike() {
    let check = |snapshot: Snapshot, link, now, kind, code| {
        // That nobody stands behind it has no date.
        let since = (code != "invitation_not_backed").then_some(Fact::Since(NOW));
        let facts: Vec<_> = since.into_iter().collect();
        let refused = [
            looked_up(&snapshot, link, now).unwrap_err(),
            declined_at(&snapshot, link, now, None, false).unwrap_err(),
            wished_at(&snapshot, link, now).unwrap_err(),
        ];
        for (way, refused) in ["look up", "decline", "wish"].into_iter().zip(refused) {
            // Wishing is what an expired one is for.
            let skipped = way == "wish" && code == "invitation_expired";
            assert!(skipped || told(&refused) == (kind, code, facts.clone()), "{way}: {refused:?}");
        }
    };
    let acceptable = || invitation(Access::All).acceptable(FIRST, NOW).unwrap();
    let revoked = |why| behind(invitation(Access::All).open().unwrap().revoke(id(ANA), why, NOW));
    let accepted = behind(acceptable().accept(id(GUEST), NOW));
    check(accepted, FIRST, LATE, RefusalKind::Conflict, "invitation_already_accepted");
    let declined = behind(acceptable().decline(None, NOW));
    check(declined, FIRST, LATE, RefusalKind::Conflict, "invitation_declined");
    let withdrawn = revoked(RevokedWhy::Withdrawn { reason: None });
    check(withdrawn, FIRST, LATE, RefusalKind::Gone, "invitation_revoked");
    check(revoked(RevokedWhy::NotBacked), FIRST, LATE, RefusalKind::Gone, "invitation_not_backed");
    check(snapshot(), FIRST.next(), LATE, RefusalKind::Gone, "invitation_superseded");
}

#[test]
fn an_expired_link_is_of_use_for_a_wish_only() {
    let check = |refused: LinkRefusal| {
        let since = vec![Fact::Since(NOW.plus(7 * DAY))];
        assert_eq!(told(&refused), (RefusalKind::Gone, "invitation_expired", since));
    };
    check(looked_up(&snapshot(), FIRST, LATE).unwrap_err());
    check(declined_at(&snapshot(), FIRST, LATE, None, false).unwrap_err());
    assert!(wished_at(&snapshot(), FIRST, LATE).is_ok());
}

#[test]
fn a_link_turns_from_one_use_to_the_other_at_the_instant_of_its_expiry() {
    let expiry = NOW.plus(7 * DAY);
    for (shift, expired) in [(-1, false), (0, true), (1, true)] {
        let now = shifted(expiry, shift);
        assert_eq!(looked_up(&snapshot(), FIRST, now).is_err(), expired, "{shift} µs");
        assert_eq!(wished_at(&snapshot(), FIRST, now).is_ok(), expired, "{shift} µs");
    }
}

#[test]
fn nobody_wishes_for_what_they_have() {
    let refused = wished_at(&snapshot(), FIRST, NOW).unwrap_err();
    assert_eq!(told(&refused), (RefusalKind::Conflict, "invitation_still_holds", vec![]));
}

#[test]
fn a_token_that_leads_nowhere_is_unknown() {
    assert_eq!(told(&LinkRefusal::Unknown), (RefusalKind::NotFound, "invitation_unknown", vec![]));
}

#[test]
fn whoever_made_it_must_be_able_to_give_it_still() {
    let offered = |access| {
        let parts = InvitationParts { access, ..invitation(Access::All).into_parts() };
        Invitation::from_parts(parts)
    };
    let check = |offered: Invitation, inviter: Option<Access>| {
        let snapshot = Snapshot { inviter: inviter.map(standing), ..behind(offered) };
        let refused = [
            looked_up(&snapshot, FIRST, NOW).unwrap_err(),
            declined(&snapshot, None, false).unwrap_err(),
            wished_at(&snapshot, FIRST, LATE).unwrap_err(),
        ];
        for refused in refused {
            assert_eq!(told(&refused), (RefusalKind::Gone, "invitation_not_backed", vec![]));
        }
    };
    check(offered(Access::All), None);
    check(offered(Access::All), Some(role("recruiter")));
    check(offered(chosen([])), Some(chosen([])));
    // As accepting refuses it: what the catalogue has no more, nobody gives.
    check(offered(role("gone")), Some(Access::Owner));
    check(offered(chosen(["warehouse.open"])), Some(Access::Owner));
}

#[test]
fn an_invitee_declines_and_the_inviter_is_told() {
    let changes = declined(&snapshot(), Some("No time"), false).unwrap();
    let expected = [
        "expect membership 11",
        "update invitation 200",
        "send declined",
        "notify 1 invitation_declined",
        "record invitation.declined",
    ];
    assert_eq!(words(&changes), expected);
    let reason = || Some(note("No time"));
    assert_eq!(invitations(&changes)[0].state, InvitationState::Declined { at: NOW, reason: reason() });
    let [mail] = messages(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!(mail.to, scene().inviter.parts().email);
    let Letter::Declined { email, reason: told, .. } = &mail.letter else { panic!("{mail:?}") };
    assert_eq!((email, told), (&guest(), &reason()));
}

#[test]
fn that_somebody_wants_no_more_is_written_and_logged_with_any_reason() {
    let check = |reason: Option<&str>, block: bool, after: Option<&str>| {
        let changes = declined(&snapshot(), reason, block).unwrap();
        assert_eq!(words(&changes).contains(&"block guest@example.org".to_owned()), block);
        let [event] = events(&changes)[..] else { panic!("{changes:?}") };
        assert_eq!(line(event), (None, "guest@example.org", None, after, Some(ACME)));
    };
    check(None, false, None);
    check(Some("No time"), false, Some("No time"));
    check(None, true, Some("wants no more invitations from here"));
    check(Some("No time"), true, Some("No time; wants no more invitations from here"));
}

#[test]
fn a_wish_is_counted_mailed_to_the_inviter_and_logged() {
    let changes = wished_at(&snapshot(), FIRST, LATE).unwrap();
    let expected = [
        "expect membership 11",
        "spend new_invitation_wishes of 1",
        "send new_invitation_wished",
        "notify 1 new_invitation_wished",
        "record invitation.new_one_wished",
    ];
    assert_eq!(words(&changes), expected);
    assert_eq!(messages(&changes)[0].to, scene().inviter.parts().email);
    let [event] = events(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!((event.actor, event.organization, event.at), (None, Some(id(ACME)), LATE));
}
