//! Who may come in by an invitation, and what their coming writes.
use registration_domain::{
    access::Access,
    account::Account,
    change::{Change, ChangeSet},
    invitation::{Invitation, InvitationParts, InvitationState},
    membership::Cause,
    message::Letter,
    password::PasswordHash,
    permit::NotPermitted,
    refusal::{Fact, RefusalKind},
    secret::Secret,
    session::Caller,
    time::{DAY, Timestamp},
    use_case::{
        accept_invitation::{
            AcceptInvitation, AcceptRefusal, Admitted, Fresh, Snapshot, Way, consider, decide,
        },
        registration::Registration,
    },
};
use registration_testkit::stub::NOW;

use super::support::{
    ACME, ANA, EVE, EVENT, FIRST, GUEST, INVITATION, MESSAGE, NOTIFICATION, SECOND_EVENT, SESSION, account,
    chosen, device, email, events, faults, guest_account, id, invitation, invitations, line, membership,
    memberships, messages, organization, origin, registration, role, scene, settings, shifted, standing,
    suspended, told, words,
};

const NEW: u128 = 700;
const SEAT: u128 = 701;

fn fresh() -> Fresh {
    Fresh {
        account: id(NEW),
        membership: id(SEAT),
        session: id(SESSION),
        message: id(MESSAGE),
        notification: id(NOTIFICATION),
        event: id(EVENT),
        settling: id(SECOND_EVENT),
    }
}
fn command(by: Option<u128>) -> AcceptInvitation {
    AcceptInvitation {
        token: Secret::new("sealed"),
        by: by.map(|it| Caller { account: id(it), origin: origin() }),
        registration: registration(),
        device: device(),
        once: None,
    }
}
/// A new person, and nothing in the way.
fn snapshot(offered: Access) -> Snapshot {
    Snapshot {
        invitation: invitation(offered),
        inviter: Some(standing(Access::Owner)),
        scene: Some(scene()),
        account: None,
        signed_in: None,
        standing: None,
        asked: None,
        namesake: None,
    }
}
/// The invitee, who has an account and is signed in.
fn signed_in(offered: Access) -> Snapshot {
    Snapshot { account: Some(guest_account()), signed_in: Some(guest_account()), ..snapshot(offered) }
}
fn considered(snapshot: &Snapshot, command: &AcceptInvitation) -> Result<Way, AcceptRefusal> {
    consider(snapshot, command, FIRST, &settings(), NOW)
}
/// As the verb does it.
fn decided(
    snapshot: Snapshot,
    command: &AcceptInvitation,
    now: Timestamp,
) -> Result<ChangeSet, AcceptRefusal> {
    let admitted = match considered(&snapshot, command)? {
        Way::AsAccount => Admitted::Account,
        Way::AsNewPerson(registrant) => {
            Admitted::NewPerson(registrant, PasswordHash::from_phc("$plain$new".into()))
        }
    };
    decide(snapshot, command, FIRST, admitted, &settings(), now, fresh())
}

/// Each has all the faults of those below it, and tells its own.
#[test]
fn refusals_are_told_in_order_the_link_its_backing_the_person_the_fields() {
    let check = |snapshot: &Snapshot, command: &AcceptInvitation, kind, code| {
        let refused = considered(snapshot, command).unwrap_err();
        let since = (code == "invitation_already_accepted").then_some(Fact::Since(NOW));
        assert_eq!(told(&refused), (kind, code, since.into_iter().collect()), "{refused:?}");
    };
    let empty = |by| AcceptInvitation { registration: Registration::default(), ..command(by) };
    let stranger = account(EVE, "evemoor");
    let settled = invitation(Access::All).acceptable(FIRST, NOW).unwrap().accept(id(GUEST), NOW);
    let faulty = Snapshot {
        invitation: settled,
        inviter: None,
        signed_in: Some(stranger),
        namesake: Some(id(EVE)),
        standing: Some(membership(EVE, Access::All).active().unwrap().standing()),
        ..signed_in(Access::All)
    };
    check(&faulty, &empty(Some(EVE)), RefusalKind::Conflict, "invitation_already_accepted");
    let unbacked = Snapshot { invitation: invitation(Access::All), ..faulty };
    check(&unbacked, &empty(Some(EVE)), RefusalKind::Gone, "invitation_not_backed");
    let backed = Snapshot { inviter: Some(standing(Access::All)), ..unbacked };
    check(&backed, &empty(Some(EVE)), RefusalKind::Forbidden, "invitation_for_someone_else");
    let member = Snapshot { signed_in: Some(guest_account()), ..backed.clone() };
    check(&member, &empty(Some(GUEST)), RefusalKind::Conflict, "already_member");
    check(&backed, &empty(None), RefusalKind::Unauthenticated, "sign_in_to_accept");
    let new = Snapshot { account: None, ..backed };
    check(&new, &empty(None), RefusalKind::Invalid, "validation_failed");
}

#[test]
fn a_token_that_leads_nowhere_is_unknown() {
    assert_eq!(told(&AcceptRefusal::Unknown), (RefusalKind::NotFound, "invitation_unknown", vec![]));
}

#[test]
fn whoever_made_it_must_be_able_to_give_it_still() {
    let check = |offered: Access, inviter: Option<Access>, why: NotPermitted| {
        let snapshot = Snapshot { inviter: inviter.map(standing), ..snapshot(offered) };
        let refused = considered(&snapshot, &command(None)).unwrap_err();
        // The invitee learns nothing of what the inviter lacks.
        assert_eq!(told(&refused), (RefusalKind::Gone, "invitation_not_backed", vec![]));
        assert_eq!(refused, AcceptRefusal::NotBacked(why));
    };
    let invite = registration_domain::permission::Permission::MEMBERS_INVITE;
    let products = super::support::permission("products.manage");
    check(Access::All, None, NotPermitted::NotAMember);
    check(role("buyer"), Some(chosen([])), NotPermitted::Missing(invite));
    check(role("buyer"), Some(role("recruiter")), NotPermitted::ExceedsOwn(vec![products]));
    check(Access::Owner, Some(Access::All), NotPermitted::OwnerRequired);
}

#[test]
fn what_the_platform_has_no_more_nobody_gives() {
    for access in [role("gone"), chosen(["warehouse.open"])] {
        let parts = InvitationParts { access, ..invitation(Access::All).into_parts() };
        let snapshot = Snapshot { invitation: Invitation::from_parts(parts), ..snapshot(Access::All) };
        let refused = considered(&snapshot, &command(None)).unwrap_err();
        assert_eq!(told(&refused), (RefusalKind::Gone, "invitation_not_backed", vec![]));
    }
}

#[test]
fn an_account_whose_address_differs_in_case_only_is_the_invitee() {
    let mut parts = guest_account().into_parts();
    parts.email = email("Guest@EXAMPLE.org");
    let signed_in = Snapshot { signed_in: Some(Account::from_parts(parts)), ..signed_in(Access::All) };
    assert_eq!(considered(&signed_in, &command(Some(GUEST))), Ok(Way::AsAccount));
}

#[test]
fn a_suspended_account_or_one_that_is_gone_accepts_nothing() {
    for signed_in in [Some(suspended(guest_account())), None] {
        let snapshot = Snapshot { signed_in, ..signed_in_snapshot() };
        assert_eq!(considered(&snapshot, &command(Some(GUEST))), Err(AcceptRefusal::ForSomeoneElse));
    }
}
fn signed_in_snapshot() -> Snapshot {
    signed_in(Access::All)
}

#[test]
fn everything_wrong_with_a_new_person_is_told_at_once() {
    let check = |registration: Registration, namesake: Option<u128>, expected: &[(&str, &str)]| {
        let snapshot = Snapshot { namesake: namesake.map(id), ..snapshot(Access::All) };
        let refused = considered(&snapshot, &AcceptInvitation { registration, ..command(None) }).unwrap_err();
        let found = faults(&refused);
        let found: Vec<_> = found.iter().map(|(field, code)| (field.as_str(), *code)).collect();
        assert_eq!(found, expected);
    };
    let required = [
        ("username", "required"),
        ("first_name", "required"),
        ("last_name", "required"),
        ("password", "required"),
    ];
    check(Registration::default(), None, &required);
    let weak = Registration { password: Some(Secret::new("guest-1")), first_name: None, ..registration() };
    let expected = [
        ("first_name", "required"),
        ("password", "password_too_short"),
        ("password", "password_needs_upper"),
        ("password", "password_contains_identity"),
        ("username", "username_taken"),
    ];
    check(weak, Some(EVE), &expected);
    check(registration(), Some(EVE), &[("username", "username_taken")]);
}

#[test]
fn a_new_person_comes_in_with_an_account_a_membership_and_a_session() {
    let changes = decided(snapshot(chosen(["members.view"])), &command(None), NOW).unwrap();
    let expected = [
        "expect membership 11",
        "add account 700",
        "update invitation 200",
        "add membership 701",
        "add session 500",
        "touch sign-in 700",
        "log success",
        "send joined",
        "notify 1 invitation_accepted",
        "record invitation.accepted",
    ];
    assert_eq!(words(&changes), expected);
    let Change::AddAccount(account) = &changes.changes()[1] else { panic!("{changes:?}") };
    assert_eq!((&account.parts().email, account.is_active()), (&super::support::guest(), true));
    assert!(!account.parts().administrator);
    let [it] = memberships(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!((it.account, it.organization), (id(NEW), id(ACME)));
    assert_eq!((&it.access, it.cause), (&chosen(["members.view"]), Cause::Invitation(id(INVITATION))));
    assert_eq!(invitations(&changes)[0].state, InvitationState::Accepted { at: NOW, by: id(NEW) });
    let [event] = events(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!(line(event), (Some(NEW), "guest@example.org", None, Some("members.view"), Some(ACME)));
}

#[test]
fn the_inviter_is_told_who_came_in() {
    let changes = decided(snapshot(Access::All), &command(None), NOW).unwrap();
    let [mail] = messages(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!(mail.to, scene().inviter.parts().email);
    let Letter::Joined { person, email, access, organization: name, .. } = &mail.letter else {
        panic!("{mail:?}")
    };
    assert_eq!((person.full().as_str(), email, access), ("Nora Neu", &super::support::guest(), &Access::All));
    assert_eq!(*name, organization().parts().name);
}

#[test]
fn somebody_with_an_account_comes_in_as_they_are_and_keeps_their_session() {
    let changes = decided(signed_in(Access::All), &command(Some(GUEST)), NOW).unwrap();
    let expected = [
        "expect membership 11",
        "update account 4",
        "update invitation 200",
        "add membership 701",
        "send joined",
        "notify 1 invitation_accepted",
        "record invitation.accepted",
    ];
    assert_eq!(words(&changes), expected);
    assert_eq!(memberships(&changes)[0].account, id(GUEST));
}

#[test]
fn a_new_owner_bumps_the_organization() {
    let changes = decided(snapshot(Access::Owner), &command(None), NOW).unwrap();
    assert!(words(&changes).contains(&"update organization 100".to_owned()), "{changes:?}");
    let changes = decided(snapshot(Access::All), &command(None), NOW).unwrap();
    assert!(!words(&changes).contains(&"update organization 100".to_owned()), "{changes:?}");
}

#[test]
fn a_link_that_expires_while_the_password_is_hashed_is_expired() {
    let expiry = NOW.plus(7 * DAY);
    for (shift, accepted) in [(-1, true), (0, false), (1, false)] {
        let decided = decided(snapshot(Access::All), &command(None), shifted(expiry, shift));
        assert_eq!(decided.is_ok(), accepted, "{shift} µs: {decided:?}");
    }
}

#[test]
fn the_inviter_stands_in_the_change_set_as_they_were_read() {
    let changes = decided(snapshot(Access::All), &command(None), NOW).unwrap();
    let read = standing(Access::Owner);
    let expected = registration_domain::change::Expectation::Membership(read.membership, read.revision);
    assert_eq!(changes.changes()[0], Change::Expect(expected));
    assert_eq!(read.account, id(ANA));
}
