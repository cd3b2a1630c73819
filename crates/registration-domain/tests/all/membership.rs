//! A membership: active until it is removed, and then for ever.
use registration_domain::{
    access::Access,
    membership::{Cause, Membership, MembershipState},
    revision::Revision,
};
use registration_testkit::stub::NOW;

use super::support::{ACME, ANA, BEN, INVITATION, SEAT, chosen, id, membership, note, permit, settings};

#[test]
fn a_founder_is_an_owner() {
    let founder = Membership::found(id(SEAT), id(ACME), id(ANA), NOW).into_parts();
    assert_eq!((founder.access, founder.cause, founder.joined_at), (Access::Owner, Cause::Founding, NOW));
    assert_eq!((founder.state, founder.revision), (MembershipState::Active, Revision::FIRST));
}

#[test]
fn somebody_comes_in_with_what_was_granted_into_where_it_was_granted() {
    let grant = permit(Access::All).grant(chosen(["members.view"]), &settings().catalogue).unwrap();
    let it = Membership::begin(id(SEAT), id(BEN), grant, Cause::Invitation(id(INVITATION)), NOW).into_parts();
    assert_eq!((it.account, it.organization), (id(BEN), id(ACME)));
    assert_eq!((it.access, it.cause), (chosen(["members.view"]), Cause::Invitation(id(INVITATION))));
}

#[test]
fn a_standing_is_of_the_very_membership_and_revision() {
    let it = membership(BEN, Access::All).active().unwrap().standing();
    assert_eq!((it.account, it.organization, it.membership), (id(BEN), id(ACME), id(SEAT + BEN)));
    assert_eq!((it.access, it.revision), (Access::All, Revision(7)));
}

#[test]
fn a_change_of_access_changes_nothing_else() {
    let before = membership(BEN, Access::All);
    let grant = permit(Access::Owner).grant(chosen([]), &settings().catalogue).unwrap();
    let after = before.clone().active().unwrap().change_access(grant).into_parts();
    assert_eq!(after.access, chosen([]));
    assert_eq!(
        Membership::from_parts(registration_domain::membership::MembershipParts {
            access: Access::All,
            ..after
        }),
        before
    );
}

#[test]
fn an_owner_who_steps_down_keeps_all() {
    let after = membership(ANA, Access::Owner).active().unwrap().step_down();
    assert_eq!(after.parts().access, Access::All);
    assert!(after.active().is_some());
}

#[test]
fn a_removed_membership_can_be_neither_changed_nor_removed_again() {
    let removed = membership(BEN, Access::All).active().unwrap().remove(id(ANA), Some(note("Left")), NOW);
    let state = MembershipState::Removed { at: NOW, by: id(ANA), reason: Some(note("Left")) };
    assert_eq!(removed.parts().state, state);
    assert!(removed.active().is_none());
}
