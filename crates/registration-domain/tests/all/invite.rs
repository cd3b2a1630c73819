//! Who may invite, what they may give, and what stands in the way.
use registration_domain::{
    access::Access,
    audit::Action,
    change::{Change, ChangeSet},
    invitation::{InvitationState, Offer, RevokedWhy, Term},
    locale::Locale,
    message::Letter,
    permit::NotPermitted,
    refusal::{Fact, RefusalKind},
    time::{DAY, HOUR},
    use_case::invite::{Fresh, Invite, InviteRefusal, Snapshot, decide},
};
use registration_testkit::stub::NOW;

use super::support::{
    ACME, ANA, EVENT, FIRST, INVITATION, MESSAGE, OTHER_INVITATION, SECOND_EVENT, caller, chosen, email,
    events, faults, guest, id, invitation, invitations, line, messages, note, offer, organization,
    permission, renamed, role, scene, settings, shifted, standing, told, words,
};

fn fresh() -> Fresh {
    Fresh {
        invitation: id(INVITATION),
        message: id(MESSAGE),
        event: id(EVENT),
        replacement: id(SECOND_EVENT),
    }
}
fn command(access: Access) -> Invite {
    Invite { by: caller(), organization: id(ACME), offer: offer(guest()), access, once: None }
}
/// Nothing is in the way.
fn clear(access: Access) -> Snapshot {
    Snapshot {
        standing: Some(standing(access)),
        scene: Some(scene()),
        is_member: false,
        is_blocked: false,
        pending: None,
    }
}
fn older() -> registration_domain::invitation::Invitation {
    renamed(invitation(Access::All), OTHER_INVITATION, guest())
}
fn decided(snapshot: Snapshot, asked: Access) -> Result<ChangeSet, InviteRefusal> {
    decide(snapshot, &command(asked), &settings(), NOW, fresh())
}

#[test]
fn an_invitation_is_offered_mailed_counted_and_logged_under_the_inviters_permit() {
    let changes = decided(clear(role("recruiter")), chosen(["members.view"])).unwrap();
    let expected = [
        "expect membership 11",
        "spend mails_an_hour of 5",
        "spend mails_a_day of 20",
        "add invitation 200",
        "send invitation",
        "record invitation.sent",
    ];
    assert_eq!(words(&changes), expected);
    let [made] = invitations(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!((&made.email, made.organization, made.inviter), (&guest(), id(ACME), id(ANA)));
    assert_eq!((&made.access, &made.state), (&chosen(["members.view"]), &InvitationState::Pending));
    let [event] = events(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!(line(event), (Some(ANA), "guest@example.org", None, Some("members.view"), Some(ACME)));
    assert_eq!(event.subject.id, id::<Invite>(INVITATION).uuid());
}

#[test]
fn the_mail_names_what_was_decided_and_holds_no_secret() {
    let locale = Some(Locale::parse("pt-BR").unwrap());
    let offer = Offer {
        term: Term::days(2).unwrap(),
        note: Some(note("See you on Monday.")),
        locale: locale.clone(),
        ..offer(guest())
    };
    let command = Invite { offer, ..command(Access::All) };
    let changes = decide(clear(Access::Owner), &command, &settings(), NOW, fresh()).unwrap();
    let [mail] = messages(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!((mail.id, &mail.to, mail.at, &mail.locale), (id(MESSAGE), &guest(), NOW, &locale));
    let letter = Letter::Invitation {
        invitation: id(INVITATION),
        generation: FIRST,
        organization: organization().parts().name.clone(),
        inviter: scene().inviter.parts().name.clone(),
        access: Access::All,
        note: Some(note("See you on Monday.")),
        expires_at: NOW.plus(2 * DAY),
    };
    assert_eq!(mail.letter, letter);
}

#[test]
fn mails_are_counted_for_the_canonical_address_in_an_hour_and_in_a_day() {
    let mut command = command(Access::All);
    command.offer.email = email("GUEST@Example.ORG");
    let changes = decide(clear(Access::Owner), &command, &settings(), NOW, fresh()).unwrap();
    let counted: Vec<_> = changes
        .into_iter()
        .filter_map(|it| {
            let Change::Spend { limit, subject, at } = it else { return None };
            Some((subject, limit.length, at))
        })
        .collect();
    let address = || "guest@example.org".to_owned();
    assert_eq!(counted, [(address(), HOUR, NOW), (address(), DAY, NOW)]);
}

/// Each has all the faults of those below it, and tells its own.
#[test]
fn refusals_are_told_in_order() {
    let everything = |standing| Snapshot {
        standing,
        scene: Some(scene()),
        is_member: true,
        is_blocked: true,
        pending: Some(older()),
    };
    let check = |snapshot: Snapshot, asked: Access, kind, code, facts: Vec<Fact>| {
        let refused = decided(snapshot, asked).unwrap_err();
        assert_eq!(told(&refused), (kind, code, facts), "{refused:?}");
    };
    let recruiter = || Some(standing(role("recruiter")));
    check(everything(None), role("gone"), RefusalKind::NotFound, "not_found", vec![]);
    let missing = vec![Fact::MissingPermission(permission("members.invite"))];
    let buyer = everything(Some(standing(role("buyer"))));
    check(buyer, role("gone"), RefusalKind::Forbidden, "permission_missing", missing);
    let no_scene = Snapshot { scene: None, ..everything(recruiter()) };
    check(no_scene, role("gone"), RefusalKind::NotFound, "not_found", vec![]);
    check(everything(recruiter()), role("gone"), RefusalKind::Invalid, "validation_failed", vec![]);
    check(everything(recruiter()), Access::Owner, RefusalKind::Forbidden, "owner_required", vec![]);
    let exceeded = vec![Fact::ExceededPermissions(vec![permission("products.manage")])];
    check(everything(recruiter()), role("buyer"), RefusalKind::Forbidden, "access_exceeds_own", exceeded);
    check(everything(recruiter()), chosen([]), RefusalKind::Conflict, "already_member", vec![]);
    let invited = Snapshot { is_member: false, ..everything(recruiter()) };
    let other = vec![Fact::Invitation(id(OTHER_INVITATION))];
    check(invited.clone(), chosen([]), RefusalKind::Conflict, "already_invited", other);
    let blocked = Snapshot { pending: None, ..invited };
    check(blocked, chosen([]), RefusalKind::Conflict, "invitation_blocked", vec![]);
}

#[test]
fn what_the_catalogue_lacks_is_told_by_field() {
    let refused = decided(clear(Access::Owner), role("gone")).unwrap_err();
    assert_eq!(faults(&refused), [("access/role".to_owned(), "unknown_role")]);
    let refused = decided(clear(Access::Owner), chosen(["warehouse.open"])).unwrap_err();
    assert_eq!(faults(&refused), [("access/permissions".to_owned(), "unknown_permission")]);
    assert_eq!(faults(&InviteRefusal::Blocked), []);
}

#[test]
fn only_an_owner_invites_an_owner() {
    assert!(decided(clear(Access::Owner), Access::Owner).is_ok());
    let refused = decided(clear(Access::All), Access::Owner);
    assert_eq!(refused, Err(InviteRefusal::NotPermitted(NotPermitted::OwnerRequired)));
}

#[test]
fn a_pending_one_is_in_the_way_until_the_instant_of_its_expiry() {
    let expiry = older().parts().expires_at;
    for (shift, is_free) in [(-1, false), (0, true), (1, true)] {
        let snapshot = Snapshot { pending: Some(older()), ..clear(Access::Owner) };
        let now = shifted(expiry, shift);
        let decided = decide(snapshot, &command(Access::All), &settings(), now, fresh());
        assert_eq!(decided.is_ok(), is_free, "{shift} µs: {decided:?}");
    }
}

#[test]
fn an_expired_one_is_closed_before_the_new_one_is_added_and_the_log_says_so() {
    let snapshot = Snapshot { pending: Some(older()), ..clear(Access::Owner) };
    let now = NOW.plus(7 * DAY);
    let changes = decide(snapshot, &command(Access::All), &settings(), now, fresh()).unwrap();
    let expected = [
        "expect membership 11",
        "update invitation 201",
        "record invitation.revoked",
        "spend mails_an_hour of 5",
        "spend mails_a_day of 20",
        "add invitation 200",
        "send invitation",
        "record invitation.sent",
    ];
    assert_eq!(words(&changes), expected);
    let replaced = InvitationState::Revoked { at: now, by: id(ANA), why: RevokedWhy::Replaced };
    assert_eq!(invitations(&changes)[0].state, replaced);
    let [closing, _] = events(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!(
        (closing.id, closing.action, closing.organization),
        (id(SECOND_EVENT), Action::InvitationRevoked, Some(id(ACME)))
    );
    assert_eq!(closing.subject.id, id::<Invite>(OTHER_INVITATION).uuid());
    assert_eq!(closing.after.as_deref(), Some("it had expired, and the address was invited anew"));
}

#[test]
fn an_address_that_blocked_the_organization_is_not_invited_over_an_expired_one_either() {
    let snapshot = Snapshot { pending: Some(older()), is_blocked: true, ..clear(Access::Owner) };
    let decided = decide(snapshot, &command(Access::All), &settings(), NOW.plus(7 * DAY), fresh());
    assert_eq!(decided, Err(InviteRefusal::Blocked));
}
