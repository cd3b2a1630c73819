//! The inviting side's acts on an invitation: it is sent again, corrected, or taken back.
use registration_domain::{
    access::Access,
    change::ChangeSet,
    invitation::{Invitation, InvitationState, RevokedWhy},
    message::Letter,
    refusal::{Fact, RefusalKind},
    time::DAY,
    use_case::{
        amend_invitation::{self, AmendInvitation, Amendment},
        managed_invitation::{ManageRefusal, Snapshot},
        revoke_invitation::{self, RevokeInvitation},
    },
};
use registration_testkit::stub::NOW;

use super::support::{
    ACME, ANA, EVENT, FIRST, GUEST, INVITATION, MESSAGE, OTHER_INVITATION, SECOND_EVENT, caller, chosen,
    email, events, faults, id, invitation, invitations, line, messages, note, permission, renamed, role,
    scene, settings, shifted, standing, told, words,
};

fn snapshot(own: Access, offered: Access) -> Snapshot {
    Snapshot {
        standing: Some(standing(own)),
        scene: Some(scene()),
        pending: Some(invitation(offered.clone())),
        invitation: Some(invitation(offered)),
        is_member: false,
        is_blocked: false,
    }
}
fn corrected(to: Option<&str>, access: Option<Access>) -> Amendment {
    Amendment::Correct { email: to.map(email), access }
}
fn amended_at(
    snapshot: &Snapshot,
    amendment: Amendment,
    now: registration_domain::time::Timestamp,
) -> Result<ChangeSet, ManageRefusal> {
    let fresh =
        amend_invitation::Fresh { message: id(MESSAGE), event: id(EVENT), replacement: id(SECOND_EVENT) };
    let (organization, invitation) = (id(ACME), id(INVITATION));
    let command = AmendInvitation { by: caller(), organization, invitation, amendment, once: None };
    amend_invitation::decide(snapshot, &command, &settings(), now, fresh)
}
fn amended(snapshot: &Snapshot, amendment: Amendment) -> Result<ChangeSet, ManageRefusal> {
    amended_at(snapshot, amendment, NOW)
}
fn revoked(snapshot: &Snapshot) -> Result<ChangeSet, ManageRefusal> {
    let command = RevokeInvitation {
        by: caller(),
        organization: id(ACME),
        invitation: id(INVITATION),
        reason: Some(note("Wrong person")),
        once: None,
    };
    revoke_invitation::decide(snapshot, &command, &settings(), NOW, id(EVENT))
}

/// Each has all the faults of those below it, and tells its own.
#[test]
fn refusals_are_told_in_order() {
    let accepted = || invitation(Access::All).acceptable(FIRST, NOW).unwrap().accept(id(GUEST), NOW);
    let recruiter = || snapshot(role("recruiter"), role("buyer"));
    let other = renamed(invitation(Access::All), OTHER_INVITATION, email("other@example.org"));
    let faulty = Snapshot { is_member: true, is_blocked: true, pending: Some(other), ..recruiter() };
    let check = |snapshot: &Snapshot, amendment: Amendment, kind, code, facts: Vec<Fact>| {
        let refused = amended(snapshot, amendment).unwrap_err();
        assert_eq!(told(&refused), (kind, code, facts), "{refused:?}");
    };
    let nothing = || corrected(None, None);
    let nobody = Snapshot { standing: None, invitation: None, ..faulty.clone() };
    check(&nobody, nothing(), RefusalKind::NotFound, "not_found", vec![]);
    let buyer = Snapshot { standing: Some(standing(role("buyer"))), invitation: None, ..faulty.clone() };
    let missing = vec![Fact::MissingPermission(permission("members.invite"))];
    check(&buyer, nothing(), RefusalKind::Forbidden, "permission_missing", missing);
    let elsewhere = Snapshot { invitation: None, ..faulty.clone() };
    check(&elsewhere, nothing(), RefusalKind::NotFound, "not_found", vec![]);
    let settled = Snapshot { invitation: Some(accepted()), ..faulty.clone() };
    check(&settled, nothing(), RefusalKind::Conflict, "invitation_already_accepted", vec![Fact::Since(NOW)]);
    check(&faulty, nothing(), RefusalKind::Invalid, "validation_failed", vec![]);
    check(&faulty, corrected(None, Some(role("gone"))), RefusalKind::Invalid, "validation_failed", vec![]);
    let exceeded = vec![Fact::ExceededPermissions(vec![permission("products.manage")])];
    check(&faulty, Amendment::Resend, RefusalKind::Forbidden, "access_exceeds_own", exceeded);
    let owner = corrected(None, Some(Access::Owner));
    check(&faulty, owner, RefusalKind::Forbidden, "owner_required", vec![]);
    let fine = || corrected(None, Some(chosen(["members.view"])));
    check(&faulty, fine(), RefusalKind::Conflict, "already_member", vec![]);
    let invited = Snapshot { is_member: false, ..faulty };
    let fact = vec![Fact::Invitation(id(OTHER_INVITATION))];
    check(&invited, fine(), RefusalKind::Conflict, "already_invited", fact);
    let blocked = Snapshot { pending: None, ..invited };
    check(&blocked, fine(), RefusalKind::Conflict, "invitation_blocked", vec![]);
}

#[test]
fn a_settled_one_is_a_conflict_whatever_settled_it() {
    let acceptable = || invitation(Access::All).acceptable(FIRST, NOW).unwrap();
    let closed = |why| invitation(Access::All).open().unwrap().revoke(id(ANA), why, NOW);
    let check = |settled: Invitation, code| {
        let snapshot = Snapshot { invitation: Some(settled), ..snapshot(Access::Owner, Access::All) };
        // That nobody stands behind it has no date.
        let since = (code != "invitation_not_backed").then_some(Fact::Since(NOW));
        let expected = (RefusalKind::Conflict, code, since.into_iter().collect::<Vec<_>>());
        assert_eq!(told(&revoked(&snapshot).unwrap_err()), expected);
        assert_eq!(told(&amended(&snapshot, Amendment::Resend).unwrap_err()), expected);
    };
    check(acceptable().accept(id(GUEST), NOW), "invitation_already_accepted");
    check(acceptable().decline(None, NOW), "invitation_declined");
    check(closed(RevokedWhy::Withdrawn { reason: None }), "invitation_revoked");
    check(closed(RevokedWhy::NotBacked), "invitation_not_backed");
}

#[test]
fn a_resend_is_a_new_link_for_a_full_new_term_expired_or_not() {
    for now in [NOW, NOW.plus(30 * DAY)] {
        let changes = amended_at(&snapshot(Access::All, Access::All), Amendment::Resend, now).unwrap();
        let expected = [
            "expect membership 11",
            "spend mails_an_hour of 5",
            "spend mails_a_day of 20",
            "send invitation",
            "update invitation 200",
            "record invitation.resent",
        ];
        assert_eq!(words(&changes), expected);
        let [resent] = invitations(&changes)[..] else { panic!("{changes:?}") };
        assert_eq!((resent.generation, resent.expires_at), (FIRST.next(), now.plus(7 * DAY)));
        let Letter::Invitation { generation, .. } = messages(&changes)[0].letter else {
            panic!("{changes:?}")
        };
        assert_eq!(generation, FIRST.next());
    }
}

#[test]
fn whoever_resends_must_hold_what_it_offers() {
    let refused = amended(&snapshot(role("recruiter"), Access::Owner), Amendment::Resend).unwrap_err();
    assert_eq!(told(&refused), (RefusalKind::Forbidden, "owner_required", vec![]));
    let gone =
        Snapshot { invitation: Some(of_a_role_that_is_gone()), ..snapshot(Access::Owner, Access::All) };
    let refused = amended(&gone, Amendment::Resend).unwrap_err();
    assert_eq!(faults(&refused), [("access/role".to_owned(), "unknown_role")]);
}

fn of_a_role_that_is_gone() -> Invitation {
    let parts = invitation(Access::All).into_parts();
    Invitation::from_parts(registration_domain::invitation::InvitationParts { access: role("gone"), ..parts })
}

#[test]
fn a_correction_says_what_is_to_be_corrected() {
    let refused = amended(&snapshot(Access::Owner, Access::All), corrected(None, None)).unwrap_err();
    assert_eq!(faults(&refused), [("email".to_owned(), "required")]);
}

#[test]
fn a_corrected_one_is_mailed_to_the_right_address_and_the_log_keeps_both() {
    let amendment = corrected(Some("right@example.org"), Some(chosen(["members.view"])));
    let before = Snapshot { pending: None, ..snapshot(Access::Owner, Access::All) };
    let changes = amended(&before, amendment).unwrap();
    let [mail] = messages(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!(mail.to, email("right@example.org"));
    let [event] = events(&changes)[..] else { panic!("{changes:?}") };
    let (was, is) = ("guest@example.org: all", "right@example.org: members.view");
    assert_eq!(line(event), (Some(ANA), "right@example.org", Some(was), Some(is), Some(ACME)));
    assert_eq!(event.action.key(), "invitation.amended");
}

#[test]
fn an_expired_one_never_stands_in_the_way_of_a_correction() {
    let other = || renamed(invitation(Access::All), OTHER_INVITATION, email("right@example.org"));
    let snapshot = Snapshot { pending: Some(other()), ..snapshot(Access::Owner, Access::All) };
    let expiry = other().parts().expires_at;
    let at =
        |shift| amended_at(&snapshot, corrected(Some("right@example.org"), None), shifted(expiry, shift));
    assert_eq!(at(-1), Err(ManageRefusal::AlreadyInvited(id(OTHER_INVITATION))));
    let changes = at(0).unwrap();
    let expected = [
        "expect membership 11",
        "update invitation 201",
        "record invitation.revoked",
        "spend mails_an_hour of 5",
        "spend mails_a_day of 20",
        "send invitation",
        "update invitation 200",
        "record invitation.amended",
    ];
    assert_eq!(words(&changes), expected);
    let replaced = InvitationState::Revoked { at: expiry, by: id(ANA), why: RevokedWhy::Replaced };
    assert_eq!(invitations(&changes)[0].state, replaced);
}

#[test]
fn one_is_taken_back_under_the_right_to_invite_expired_or_not() {
    let changes = revoked(&snapshot(role("recruiter"), Access::Owner)).unwrap();
    assert_eq!(
        words(&changes),
        ["expect membership 11", "update invitation 200", "record invitation.revoked"]
    );
    let why = RevokedWhy::Withdrawn { reason: Some(note("Wrong person")) };
    assert_eq!(invitations(&changes)[0].state, InvitationState::Revoked { at: NOW, by: id(ANA), why });
    let [event] = events(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!(line(event), (Some(ANA), "guest@example.org", None, Some("Wrong person"), Some(ACME)));
}

#[test]
fn one_of_a_member_or_of_an_address_that_blocked_can_be_taken_back() {
    let snapshot = Snapshot { is_member: true, is_blocked: true, ..snapshot(Access::Owner, Access::All) };
    assert!(revoked(&snapshot).is_ok());
}
