//! Where a link leads: who holds one learns what became of it and whom to ask, and no more than that.
use registration_domain::{
    access::Access,
    account::AccountId,
    invitation::{Invitation, NotAcceptable, RevokedWhy},
    permit::Standing,
    refusal::{Fact, Refusal},
    revision::Generation,
    time::{DAY, Timestamp},
    use_case::{
        follow_invitation::{Ended, OwnPlace, ended},
        look_up_invitation::{LinkRefusal, Snapshot},
    },
};
use registration_testkit::stub::NOW;

use super::support::{
    ACME, ANA, BEN, FIRST, GUEST, email, guest, id, invitation, permit, scene, settings, standing,
};

const LATER: Timestamp = Timestamp::from_micros(NOW.micros() + 24 * 3_600_000_000);

fn behind(invitation: Invitation) -> Snapshot {
    Snapshot { invitation, inviter: Some(standing(Access::Owner)), scene: Some(scene()) }
}
fn pending() -> Invitation {
    invitation(Access::All)
}
fn followed(it: &Invitation, link: Generation, by: Option<AccountId>, standing: Option<&Standing>) -> Ended {
    let snapshot = behind(it.clone());
    let why = snapshot.offered(link, &settings(), NOW.plus(7 * DAY)).unwrap_err();
    ended(&snapshot, why, link, by, standing).unwrap()
}
fn accepted() -> Invitation {
    pending().acceptable(FIRST, NOW).unwrap().accept(id(GUEST), LATER)
}

#[test]
fn every_end_says_since_when_and_whom_to_ask() {
    let acceptable = || pending().acceptable(FIRST, NOW).unwrap();
    let grant = permit(Access::Owner).grant(Access::All, &settings().catalogue).unwrap();
    let open = || pending().open().unwrap();
    let ends = [
        (accepted(), NotAcceptable::AlreadyAccepted { at: LATER }),
        (acceptable().decline(None, LATER), NotAcceptable::Declined { at: LATER }),
        (
            open().revoke(id(ANA), RevokedWhy::Withdrawn { reason: None }, LATER),
            NotAcceptable::Revoked { at: LATER },
        ),
        (open().resend(grant, LATER), NotAcceptable::Superseded { at: LATER }),
        (pending(), NotAcceptable::Expired { at: NOW.plus(7 * DAY) }),
    ];
    for (invitation, why) in ends {
        let it = followed(&invitation, FIRST, None, None);
        assert_eq!(it.why, LinkRefusal::NotAcceptable(why));
        assert_eq!(it.since, why.since());
        assert_eq!(it.why.facts(), why.since().map(Fact::Since).into_iter().collect::<Vec<_>>());
        assert_eq!((it.organization, it.inviter), {
            let scene = scene();
            (scene.organization.parts().name.clone(), scene.inviter.parts().name.clone())
        });
    }
}

#[test]
fn one_that_nobody_stands_behind_has_no_date() {
    let mut snapshot = behind(pending());
    snapshot.inviter = None;
    let why = snapshot.offered(FIRST, &settings(), NOW).unwrap_err();
    let it = ended(&snapshot, why, FIRST, None, None).unwrap();
    assert_eq!((it.since, it.why.code()), (None, "invitation_not_backed"));
}

#[test]
fn only_who_came_in_by_it_is_told_of_their_place() {
    let own = |by, standing: Option<&Standing>| followed(&accepted(), FIRST, by, standing).own;
    let joined = |organization| Some(OwnPlace { organization, joined_at: LATER });
    assert_eq!(own(Some(id(GUEST)), Some(&standing(Access::All))), joined(Some(id(ACME))));
    assert_eq!(own(Some(id(GUEST)), None), joined(None), "who was removed since is led nowhere");
    assert_eq!(own(Some(id(BEN)), Some(&standing(Access::All))), None);
    assert_eq!(own(None, None), None);
}

#[test]
fn a_corrected_address_is_not_told_to_the_wrong_one() {
    let grant = || permit(Access::Owner).grant(Access::All, &settings().catalogue).unwrap();
    let resent = pending().open().unwrap().resend(grant(), NOW);
    assert_eq!(followed(&resent, FIRST, None, None).email, Some(guest()));
    let corrected = resent.open().unwrap().amend(email("right@example.org"), grant(), NOW);
    assert_eq!(followed(&corrected, FIRST, None, None).email, None);
    let resent = corrected.open().unwrap().resend(grant(), NOW);
    assert_eq!(followed(&resent, FIRST.next(), None, None).email, None);
    assert_eq!(followed(&resent, FIRST.next().next(), None, None).email, Some(email("right@example.org")));
}

#[test]
fn without_its_scene_nothing_is_told() {
    let snapshot = Snapshot { scene: None, ..behind(accepted()) };
    let why = LinkRefusal::NotAcceptable(NotAcceptable::AlreadyAccepted { at: LATER });
    assert_eq!(ended(&snapshot, why, FIRST, Some(id(GUEST)), None), None);
}
