//! What is done to members: access changed, removed, left, handed over.
use registration_domain::{
    access::Access,
    account::Account,
    change::ChangeSet,
    invitation::{InvitationState, RevokedWhy},
    membership::MembershipState,
    message::Letter,
    permission::Permission,
    refusal::{Fact, RefusalKind},
    revision::Revision,
    session::Caller,
    use_case::{
        change_access::{self, ChangeAccess},
        hand_over_ownership::{self, HandOverOwnership},
        leave,
        managed_member::{MemberRefusal, Snapshot, Target},
        remove_member::{self, RemoveMember},
    },
};
use registration_testkit::stub::NOW;

use super::support::{
    ACME, ANA, BEN, EVENT, MESSAGE, NOTIFICATION, SEAT, SECOND_EVENT, ana, ben, caller, chosen, events,
    everything_today, faults, id, invitation, invitations, line, membership, memberships, messages, note,
    organization, origin, permission, renamed, role, settings, standing, suspended, told, words,
};

fn target(of: u128, account: Account, access: Access) -> Target {
    Target { membership: membership(of, access).active().unwrap(), account }
}
/// Ana with `own` acts on Ben with `theirs`.
fn snapshot(own: Access, theirs: Access) -> Snapshot {
    let owners = [&own, &theirs].into_iter().filter(|it| **it == Access::Owner).count();
    Snapshot {
        standing: Some(standing(own)),
        actor: Some(ana()),
        organization: Some(organization()),
        target: Some(target(BEN, ben(), theirs)),
        owners: u32::try_from(owners).unwrap(),
        pending: None,
    }
}
fn on_oneself(own: Access, owners: u32) -> Snapshot {
    Snapshot { target: Some(target(ANA, ana(), own.clone())), owners, ..snapshot(own, Access::All) }
}
fn changed(snapshot: &Snapshot, to: Access) -> Result<ChangeSet, MemberRefusal> {
    changed_as_seen(snapshot, to, Revision(7))
}
fn changed_as_seen(snapshot: &Snapshot, to: Access, seen: Revision) -> Result<ChangeSet, MemberRefusal> {
    let fresh =
        change_access::Fresh { message: id(MESSAGE), notification: id(NOTIFICATION), event: id(EVENT) };
    let (organization, member) = (id(ACME), id(SEAT + BEN));
    let command = ChangeAccess { by: caller(), organization, member, access: to, seen };
    change_access::decide(snapshot, &command, &settings(), NOW, fresh)
}
fn removed(snapshot: &Snapshot) -> Result<ChangeSet, MemberRefusal> {
    let fresh = remove_member::Fresh {
        message: id(MESSAGE),
        notification: id(NOTIFICATION),
        event: id(EVENT),
        closing: id(SECOND_EVENT),
    };
    let (organization, member, reason) = (id(ACME), id(SEAT + BEN), Some(note("Left the company")));
    let command = RemoveMember { by: caller(), organization, member, reason };
    remove_member::decide(snapshot, &command, &settings(), NOW, fresh)
}
fn left(snapshot: &Snapshot) -> Result<ChangeSet, MemberRefusal> {
    leave::decide(snapshot, &caller(), id(SEAT + ANA), NOW, id(EVENT))
}
fn handed_over(snapshot: &Snapshot, own: Access) -> Result<ChangeSet, MemberRefusal> {
    let fresh =
        hand_over_ownership::Fresh { message: id(MESSAGE), notification: id(NOTIFICATION), event: id(EVENT) };
    let command = HandOverOwnership { by: caller(), organization: id(ACME), to: id(SEAT + BEN), once: None };
    let own = membership(ANA, own).active();
    hand_over_ownership::decide(snapshot, own, &command, &settings(), NOW, fresh)
}
fn check(decided: Result<ChangeSet, MemberRefusal>, kind: RefusalKind, code: &str, facts: Vec<Fact>) {
    let refused = decided.unwrap_err();
    let (told_kind, told_code, told_facts) = told(&refused);
    assert_eq!((told_kind, told_code, told_facts), (kind, code, facts), "{refused:?}");
}
const MANAGER: [&str; 3] = ["members.manage_access", "members.remove", "members.view"];

/// Each has all the faults of those below it, and tells its own.
#[test]
fn refusals_of_a_change_are_told_in_order() {
    use RefusalKind::{Forbidden, Invalid, NotFound, Stale};
    let unseen = |snapshot: &Snapshot, to| changed_as_seen(snapshot, to, Revision(6));
    let manager = || snapshot(chosen(MANAGER), Access::Owner);
    let nobody = Snapshot { standing: None, target: None, ..manager() };
    check(unseen(&nobody, role("gone")), NotFound, "not_found", vec![]);
    let missing = vec![Fact::MissingPermission(Permission::MEMBERS_MANAGE_ACCESS)];
    let recruiter = Snapshot { standing: Some(standing(role("recruiter"))), target: None, ..manager() };
    check(unseen(&recruiter, role("gone")), Forbidden, "permission_missing", missing);
    let gone = Snapshot { target: None, ..manager() };
    check(unseen(&gone, role("gone")), NotFound, "not_found", vec![]);
    check(unseen(&on_oneself(Access::Owner, 1), role("gone")), Forbidden, "own_access", vec![]);
    check(unseen(&manager(), role("gone")), Invalid, "validation_failed", vec![]);
    check(unseen(&manager(), role("buyer")), Forbidden, "owner_required", vec![]);
    let member = snapshot(chosen(MANAGER), Access::All);
    let exceeded = vec![Fact::ExceededPermissions(vec![permission("products.manage")])];
    check(unseen(&member, role("buyer")), Forbidden, "access_exceeds_own", exceeded);
    check(unseen(&member, chosen([])), Stale, "stale", vec![]);
    assert!(changed(&member, chosen([])).is_ok());
}

#[test]
fn an_unknown_access_is_told_by_field() {
    let refused = changed(&snapshot(Access::Owner, Access::All), role("gone")).unwrap_err();
    assert_eq!(faults(&refused), [("access/role".to_owned(), "unknown_role")]);
}

#[test]
fn a_changed_access_is_written_mailed_reviewed_and_logged() {
    let changes = changed(&snapshot(Access::All, role("recruiter")), chosen(["members.view"])).unwrap();
    let expected = [
        "expect membership 11",
        "send access_changed",
        "notify 2 access_changed",
        "review 2",
        "update membership 12",
        "record membership.access_changed",
    ];
    assert_eq!(words(&changes), expected);
    assert_eq!(memberships(&changes)[0].access, chosen(["members.view"]));
    let [mail] = messages(&changes)[..] else { panic!("{changes:?}") };
    let letter = Letter::AccessChanged {
        membership: id(SEAT + BEN),
        organization: organization().parts().name.clone(),
        by: ana().parts().name.clone(),
        before: role("recruiter"),
        after: chosen(["members.view"]),
    };
    assert_eq!((&mail.to, &mail.letter), (&ben().parts().email, &letter));
    let [event] = events(&changes)[..] else { panic!("{changes:?}") };
    let (was, is) = (Some("role recruiter"), Some("members.view"));
    assert_eq!(line(event), (Some(ANA), "benlopez@example.org", was, is, Some(ACME)));
}

#[test]
fn no_change_writes_nothing_and_rests_on_the_right_still() {
    let changes = changed(&snapshot(Access::All, role("buyer")), role("buyer")).unwrap();
    assert_eq!(words(&changes), ["expect membership 11"]);
}

#[test]
fn whether_the_organization_is_bumped_says_whether_its_owners_change() {
    let check = |theirs: Access, to: Access, bumped: bool| {
        let changes = changed(&snapshot(Access::Owner, theirs.clone()), to.clone()).unwrap();
        let found = words(&changes).contains(&"update organization 100".to_owned());
        assert_eq!(found, bumped, "{theirs:?} to {to:?}");
    };
    check(Access::All, Access::Owner, true);
    check(Access::Owner, Access::All, true);
    check(Access::Owner, chosen([]), true);
    check(Access::All, role("buyer"), false);
}

#[test]
fn only_an_owner_makes_or_unmakes_an_owner() {
    let all = [Access::All, everything_today(&settings().catalogue)];
    for own in all {
        let (kind, code) = (RefusalKind::Forbidden, "owner_required");
        check(changed(&snapshot(own.clone(), chosen([])), Access::Owner), kind, code, vec![]);
        check(changed(&snapshot(own.clone(), Access::Owner), chosen([])), kind, code, vec![]);
        check(removed(&snapshot(own, Access::Owner)), kind, code, vec![]);
    }
    let made = changed(&snapshot(Access::Owner, chosen([])), Access::Owner).unwrap();
    assert_eq!(memberships(&made)[0].access, Access::Owner);
}

#[test]
fn nobody_changes_their_own_access_not_even_to_less() {
    for own in [Access::Owner, Access::All] {
        let refused = changed(&on_oneself(own, 2), chosen([]));
        check(refused, RefusalKind::Forbidden, "own_access", vec![]);
    }
}

#[test]
fn an_owner_who_cannot_act_is_not_the_last_one() {
    let lone = Snapshot {
        owners: 1,
        target: Some(target(BEN, suspended(ben()), Access::Owner)),
        ..snapshot(Access::Owner, Access::Owner)
    };
    assert!(removed(&lone).is_ok(), "Ana remains");
    assert!(changed(&lone, Access::All).is_ok(), "Ana remains");
}

/// Each has all the faults of those below it, and tells its own.
#[test]
fn refusals_of_a_removal_are_told_in_order() {
    use RefusalKind::{Conflict, Forbidden, NotFound};
    let nobody = Snapshot { standing: None, target: None, ..snapshot(Access::All, Access::All) };
    check(removed(&nobody), NotFound, "not_found", vec![]);
    let missing = vec![Fact::MissingPermission(Permission::MEMBERS_REMOVE)];
    let recruiter = Snapshot { target: None, ..snapshot(role("recruiter"), Access::All) };
    check(removed(&recruiter), Forbidden, "permission_missing", missing);
    let gone = Snapshot { target: None, ..snapshot(Access::All, Access::All) };
    check(removed(&gone), NotFound, "not_found", vec![]);
    check(removed(&on_oneself(Access::Owner, 1)), Conflict, "last_owner", vec![]);
    check(removed(&on_oneself(Access::Owner, 2)), Forbidden, "own_access", vec![]);
    check(removed(&on_oneself(Access::All, 1)), Forbidden, "own_access", vec![]);
}

#[test]
fn a_removal_is_written_mailed_reviewed_and_logged() {
    let changes = removed(&snapshot(chosen(MANAGER), role("buyer"))).unwrap();
    let expected = [
        "expect membership 11",
        "send access_removed",
        "notify 2 access_removed",
        "review 2",
        "update membership 12",
        "record membership.removed",
    ];
    assert_eq!(words(&changes), expected);
    let reason = || Some(note("Left the company"));
    let state = MembershipState::Removed { at: NOW, by: id(ANA), reason: reason() };
    assert_eq!(memberships(&changes)[0].state, state);
    let [mail] = messages(&changes)[..] else { panic!("{changes:?}") };
    let Letter::AccessRemoved { reason: told, by, .. } = &mail.letter else { panic!("{mail:?}") };
    assert_eq!((told, by), (&reason(), &ana().parts().name));
    let [event] = events(&changes)[..] else { panic!("{changes:?}") };
    let (was, why) = (Some("role buyer"), Some("Left the company"));
    assert_eq!(line(event), (Some(ANA), "benlopez@example.org", was, why, Some(ACME)));
}

#[test]
fn removing_an_owner_bumps_the_organization() {
    let changes = removed(&snapshot(Access::Owner, Access::Owner)).unwrap();
    assert!(words(&changes).contains(&"update organization 100".to_owned()), "{changes:?}");
}

#[test]
fn a_removal_closes_an_open_invitation_of_the_member_and_logs_it() {
    let address = || ben().parts().email.clone();
    let pending = Some(renamed(invitation(Access::All), 201, address()));
    let changes = removed(&Snapshot { pending, ..snapshot(Access::All, role("buyer")) }).unwrap();
    let expected = [
        "expect membership 11",
        "update invitation 201",
        "record invitation.revoked",
        "send access_removed",
        "notify 2 access_removed",
        "review 2",
        "update membership 12",
        "record membership.removed",
    ];
    assert_eq!(words(&changes), expected);
    let state = InvitationState::Revoked { at: NOW, by: id(ANA), why: RevokedWhy::InviteeRemoved };
    assert_eq!(invitations(&changes)[0].state, state);
    let after = Some("the invitee's membership was ended while it was open");
    let expected = (Some(ANA), "benlopez@example.org", None, after, Some(ACME));
    assert_eq!((events(&changes)[0].id, line(events(&changes)[0])), (id(SECOND_EVENT), expected));
}

#[test]
fn anybody_may_leave_but_the_last_owner() {
    check(left(&on_oneself(Access::Owner, 1)), RefusalKind::Conflict, "last_owner", vec![]);
    let changes = left(&on_oneself(Access::Owner, 2)).unwrap();
    let expected = [
        "expect membership 11",
        "update organization 100",
        "review 1",
        "update membership 11",
        "record membership.left",
    ];
    assert_eq!(words(&changes), expected);
    let changes = left(&on_oneself(chosen([]), 1)).unwrap();
    assert_eq!(
        words(&changes),
        ["expect membership 11", "review 1", "update membership 11", "record membership.left"]
    );
    assert_eq!(
        memberships(&changes)[0].state,
        MembershipState::Removed { at: NOW, by: id(ANA), reason: None }
    );
    let [event] = events(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!(line(event), (Some(ANA), "anaruiz@example.org", Some("nothing"), None, Some(ACME)));
}

#[test]
fn nobody_leaves_for_somebody_else() {
    check(left(&snapshot(Access::Owner, Access::All)), RefusalKind::NotFound, "not_found", vec![]);
    let nobody = Snapshot { standing: None, ..on_oneself(Access::All, 1) };
    check(left(&nobody), RefusalKind::NotFound, "not_found", vec![]);
}

/// Each has all the faults of those below it, and tells its own.
#[test]
fn refusals_of_a_hand_over_are_told_in_order() {
    use RefusalKind::{Conflict, Forbidden, NotFound};
    let nobody = Snapshot { standing: None, target: None, ..snapshot(Access::Owner, Access::All) };
    check(handed_over(&nobody, Access::Owner), NotFound, "not_found", vec![]);
    let all = Snapshot { target: None, ..snapshot(Access::All, Access::All) };
    check(handed_over(&all, Access::All), Forbidden, "owner_required", vec![]);
    let gone = Snapshot { target: None, ..snapshot(Access::Owner, Access::All) };
    check(handed_over(&gone, Access::Owner), NotFound, "not_found", vec![]);
    check(handed_over(&on_oneself(Access::Owner, 1), Access::Owner), Forbidden, "own_access", vec![]);
    let asleep = |owners| Snapshot {
        owners,
        target: Some(target(BEN, suspended(ben()), Access::All)),
        ..snapshot(Access::Owner, Access::All)
    };
    check(handed_over(&asleep(1), Access::Owner), Conflict, "last_owner", vec![]);
    assert!(handed_over(&asleep(2), Access::Owner).is_ok(), "another Owner can act");
}

#[test]
fn who_hands_over_keeps_all_and_is_reviewed() {
    let changes = handed_over(&snapshot(Access::Owner, chosen([])), Access::Owner).unwrap();
    let expected = [
        "expect membership 11",
        "update organization 100",
        "send ownership_handed_over",
        "notify 2 ownership_handed_over",
        "update membership 12",
        "update membership 11",
        "review 1",
        "record ownership.handed_over",
    ];
    assert_eq!(words(&changes), expected);
    let [to, from] = memberships(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!((&to.access, &from.access), (&Access::Owner, &Access::All));
    assert_eq!(messages(&changes)[0].to, ben().parts().email);
    let [event] = events(&changes)[..] else { panic!("{changes:?}") };
    let (was, is) = (Some("anaruiz@example.org"), Some("benlopez@example.org"));
    assert_eq!(line(event), (Some(ANA), "benlopez@example.org", was, is, Some(ACME)));
}

#[test]
fn a_hand_over_takes_from_the_caller_alone() {
    let fresh =
        hand_over_ownership::Fresh { message: id(MESSAGE), notification: id(NOTIFICATION), event: id(EVENT) };
    let by = Caller { account: id(ANA), origin: origin() };
    let command = HandOverOwnership { by, organization: id(ACME), to: id(SEAT + BEN), once: None };
    let snapshot = snapshot(Access::Owner, Access::All);
    for own in [None, membership(BEN, Access::Owner).active()] {
        let decided = hand_over_ownership::decide(&snapshot, own, &command, &settings(), NOW, fresh);
        check(decided, RefusalKind::NotFound, "not_found", vec![]);
    }
}
