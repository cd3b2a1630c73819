//! Whoever closes their account is gone everywhere at once; no organization is left without an Owner, and no platform
//! without an administrator.
use registration_domain::{
    access::Access,
    change::{Change, ChangeSet},
    employee_code::CodeTerms,
    join_request::JoinRequestState,
    membership::MembershipState,
    organization::OrganizationKind,
    organization_name::OrganizationName,
    page::{Page, PageSize},
    refusal::{Fact, Refusal, RefusalKind},
    session::Caller,
    use_case::{
        ask_to_join::Brings, close_account::CloseAccount, found_organization::FoundOrganization,
        hand_over_ownership::HandOverOwnership,
    },
};
use registration_testkit::scenario::close_account;

use super::{
    joining_world::{approve, viewing},
    support::{PASSWORD, email, faults, origin, words},
    world::{World, code},
};

fn closes(changes: &ChangeSet) -> bool {
    changes.changes().iter().any(|it| matches!(it, Change::ForgetOwn(_)))
}

#[tokio::test]
async fn all_that_ends_with_it_ends_in_one_commit() {
    let world = World::founded().await;
    let test = world.test();
    let (_, seat) = world.joined("mira", viewing()).await;
    let mira = test.signed_in("mira").await;
    world.acts();
    test.close(&mira).await.unwrap();
    let written = words(world.acts().iter().find(|it| closes(it)).unwrap());
    let written =
        written.iter().map(|it| it.split_once(char::is_numeric).map_or(&**it, |it| it.0.trim_end()));
    let expected = [
        "review",
        "update membership",
        "record membership.left",
        "expect unattached",
        "send account_closed",
        "forget own of",
        "update account",
        "record account.closed",
        "refund sign_ins",
        "forgive sign_ins_in_a_row",
    ];
    assert_eq!(written.collect::<Vec<_>>(), expected);
    let moment = world.moment().await;
    let left = moment.membership(seat).await.unwrap().unwrap();
    assert!(matches!(left.parts().state, MembershipState::Removed { .. }));
    assert!(moment.session(mira.session.id()).await.unwrap().is_none());
    assert_eq!(code(world.sign_in("mira", PASSWORD).await), "invalid_credentials");
    let mails = world.mails().await;
    let (to, letter) = mails.last().unwrap();
    assert_eq!((&**to, letter.kind()), ("mira@example.org", "account_closed"));
}

#[tokio::test]
async fn the_address_and_the_username_are_free_at_once() {
    let world = World::founded().await;
    let test = world.test();
    let (before, _) = world.joined("mira", viewing()).await;
    test.close(&test.signed_in("mira").await).await.unwrap();
    let sign_up = test.sign_up("Mira@example.org", "mira").await.unwrap().what;
    let account = test.verify(&sign_up, test.code(&sign_up)).await.unwrap().what;
    assert_ne!(account.id(), before.account, "nothing of the closed one comes back");
    let by = Caller { account: account.id(), origin: origin() };
    assert!(world.moment().await.standing(by.account, world.organization).await.unwrap().is_none());
}

#[tokio::test]
async fn the_last_owner_is_told_where_they_are_needed() {
    let world = World::founded().await;
    let test = world.test();
    let other = world.second_organization().await;
    let (mira, _) = world.joined("mira", Access::Owner).await;
    test.platform.make_administrator(&email("mira@example.org"), &origin()).await.unwrap();
    let owen = test.signed_in("owen").await;
    let refused = test.close(&owen).await.unwrap_err();
    assert_eq!(refused.told(), (RefusalKind::Conflict, "last_owner"));
    assert_eq!(refused.facts(), [Fact::Organizations(vec![other])], "the first one has another Owner");
    let needed = test.platform.needed(&owen).await.unwrap();
    assert_eq!(
        needed
            .organizations
            .iter()
            .map(registration_domain::organization::Organization::id)
            .collect::<Vec<_>>(),
        [other]
    );
    assert!(!needed.is_last_administrator);
    assert!(test.sign_in("owen", PASSWORD, "laptop").await.is_ok(), "the right password costs no try");
    assert_ne!(mira.account, owen.account.id());
}

#[tokio::test]
async fn the_last_administrator_stays_until_another_account_is_one() {
    let world = World::founded().await;
    let test = world.test();
    world.joined("mira", Access::Owner).await;
    let owen = test.signed_in("owen").await;
    assert!(test.platform.needed(&owen).await.unwrap().is_last_administrator);
    assert_eq!(test.close(&owen).await.unwrap_err().told(), (RefusalKind::Conflict, "last_administrator"));
    let made = test.platform.make_administrator(&email("mira@example.org"), &origin()).await.unwrap();
    assert!(made.parts().administrator);
    test.close(&owen).await.unwrap();
    assert_eq!(test.close(&test.signed_in("mira").await).await.unwrap_err().code(), "last_owner");
    let nobody = test.platform.make_administrator(&email("owen@example.org"), &origin()).await;
    assert_eq!(code(nobody), "not_found", "whoever is gone is made nothing");
}

#[tokio::test]
async fn of_two_administrators_who_close_at_once_one_stays() {
    let world = World::founded().await;
    let test = world.test();
    world.joined("mira", viewing()).await;
    world.joined("nils", Access::Owner).await;
    // Neither is an Owner, or the organization would tell them apart.
    let owner = world.owner.clone();
    world.platform.leave(&owner, world.seat(&owner).await).await.unwrap();
    test.platform.make_administrator(&email("mira@example.org"), &origin()).await.unwrap();
    let (owen, mira) = (test.signed_in("owen").await, test.signed_in("mira").await);
    let rival = test.clone();
    world.meanwhile_at(closes, async move {
        rival.close(&mira).await.unwrap();
    });
    assert_eq!(code(test.close(&owen).await), "last_administrator");
}

#[tokio::test]
async fn a_wrong_password_closes_nothing_and_costs_a_try() {
    let world = World::founded().await;
    let test = world.test();
    world.joined("mira", viewing()).await;
    let mira = test.signed_in("mira").await;
    let wrong = || test.platform.close_account(close_account(&mira, "guess"));
    let refused = wrong().await.unwrap_err();
    assert_eq!((refused.code(), refused.facts()), ("current_password_incorrect", vec![Fact::TriesLeft(4)]));
    assert_eq!(faults(&refused), [("password".into(), "current_password_incorrect")]);
    for _ in 0..4 {
        assert_eq!(code(wrong().await), "current_password_incorrect");
    }
    assert_eq!(code(test.close(&mira).await), "too_many_tries");
    let text = format!("{:?}", close_account(&mira, "guess"));
    assert!(!text.contains("guess"), "{text}");
}

#[tokio::test]
async fn whoever_became_the_last_owner_meanwhile_stays() {
    let world = World::founded().await;
    let test = world.test();
    let (_, seat) = world.joined("mira", viewing()).await;
    let mira = test.signed_in("mira").await;
    let (rival, owner, organization) = (test.clone(), world.owner.clone(), world.organization);
    world.meanwhile_at(closes, async move {
        let by = HandOverOwnership { by: owner, organization, to: seat, once: None };
        rival.platform.hand_over_ownership(by).await.unwrap();
    });
    assert_eq!(code(test.close(&mira).await), "last_owner");
}

#[tokio::test]
async fn of_two_owners_who_close_at_once_one_stays() {
    let world = World::founded().await;
    let test = world.test();
    let (_, _) = world.joined("mira", Access::Owner).await;
    let (nils, nils_seat) = world.joined("nils", Access::Owner).await;
    let owner = world.owner.clone();
    world.platform.leave(&owner, world.seat(&owner).await).await.unwrap();
    let (mira, rival) = (test.signed_in("mira").await, test.clone());
    let nils_signed_in = test.signed_in("nils").await;
    world.meanwhile_at(closes, async move {
        rival.close(&nils_signed_in).await.unwrap();
    });
    assert_eq!(code(test.close(&mira).await), "last_owner");
    assert_eq!(world.owners().await, 1);
    let gone = world.moment().await.membership(nils_seat).await.unwrap().unwrap();
    assert_eq!((gone.parts().account, gone.active().is_none()), (nils.account, true));
}

#[tokio::test]
async fn what_is_begun_meanwhile_is_seen_before_it_closes() {
    let world = World::founded().await;
    let test = world.test();
    let (mira, _) = world.joined("mira", viewing()).await;
    let signed_in = test.signed_in("mira").await;
    let (rival, by) = (test.clone(), mira.clone());
    world.meanwhile_at(closes, async move {
        let name = OrganizationName::parse("Of Mira").unwrap();
        let found = FoundOrganization { by, name, kind: OrganizationKind::Company, once: None };
        rival.platform.found_organization(found).await.unwrap();
    });
    assert_eq!(code(test.close(&signed_in).await), "last_owner", "nothing of hers is left without an Owner");
}

#[tokio::test]
async fn requests_are_withdrawn_and_their_codes_given_back() {
    let world = World::found().await;
    let test = world.test();
    let (with_note, with_code) = (world.stranger("ben").await, world.stranger("cleo").await);
    let owner = world.owner.clone();
    let terms = CodeTerms { label: None, uses: std::num::NonZeroU32::new(1), expires_at: None };
    let made = world.codes(&owner, terms, false, None, 1).await.unwrap().remove(0);
    let noted = world.asked(&with_note).await;
    world.ask(&with_code, Brings::Code(made.secret.clone())).await.unwrap();
    for name in ["ben", "cleo"] {
        test.close(&test.signed_in(name).await).await.unwrap();
    }
    assert!(matches!(world.state_of(noted).await, JoinRequestState::Withdrawn { .. }));
    let another = world.stranger("dora").await;
    let asked = world.ask(&another, Brings::Code(made.secret)).await;
    assert!(asked.is_ok(), "its only use was given back: {asked:?}");
}

#[tokio::test]
async fn a_request_that_is_made_meanwhile_is_withdrawn_too() {
    let world = World::found().await;
    let test = world.test();
    let ben = world.stranger("ben").await;
    let signed_in = test.signed_in("ben").await;
    let (rival, asking) = (test.clone(), world.asking(&ben, Brings::Note(None)));
    world.meanwhile_at(closes, async move {
        rival.platform.ask_to_join(asking).await.unwrap();
    });
    test.close(&signed_in).await.unwrap();
    let page = Page::first(PageSize::DEFAULT);
    let requests = world.moment().await.join_requests_by(ben.account, &page).await.unwrap();
    let state = &requests.rows.first().unwrap().request.parts().state;
    assert!(matches!(state, JoinRequestState::Withdrawn { .. }), "{state:?}");
}

#[tokio::test]
async fn whoever_is_gone_is_let_in_nowhere() {
    let world = World::found().await;
    let test = world.test();
    let ben = world.stranger("ben").await;
    let asked = world.asked(&ben).await;
    let (rival, signed_in) = (test.clone(), test.signed_in("ben").await);
    world.meanwhile_at(|it| words(it).iter().any(|it| it.starts_with("add membership")), async move {
        rival.close(&signed_in).await.unwrap();
    });
    let owner = world.owner.clone();
    let approved = world.decide(&owner, asked, approve(viewing())).await;
    assert_eq!(code(approved), "already_decided");
    let invited = world.invited("cleo@example.org", viewing()).await;
    let cleo = world.stranger("cleo").await;
    let (rival, signed_in) = (test.clone(), test.signed_in("cleo").await);
    world.meanwhile_at(|it| words(it).iter().any(|it| it.starts_with("add membership")), async move {
        rival.close(&signed_in).await.unwrap();
    });
    assert!(
        test.platform
            .accept_invitation(super::world::accept_command(
                world.token(invited).await,
                Some(cleo.clone()),
                "cleo"
            ))
            .await
            .is_err()
    );
    assert!(world.moment().await.standing(cleo.account, world.organization).await.unwrap().is_none());
}

#[tokio::test]
async fn what_they_invited_is_closed_afterwards_and_their_links_open_nothing() {
    let world = World::founded().await;
    let test = world.test();
    let (mira, _) = world.joined("mira", Access::All).await;
    let invited = world.invite_by(&mira, "guest@example.org", viewing()).await.unwrap();
    let member = test.member_at(mira.account, world.organization).await;
    let reset = test.reset_token(&member, "mira@example.org").await;
    let signed_in = test.signed_in("mira").await;
    let change = test.change_email(&signed_in, "new@example.org").await.unwrap().what;
    test.close(&signed_in).await.unwrap();
    world.platform.close_unbacked_invitations().await.unwrap();
    let invitation = world.moment().await.invitation(invited).await.unwrap().unwrap();
    assert!(!matches!(invitation.parts().state, registration_domain::invitation::InvitationState::Pending));
    assert!(test.reset_password(&reset, "Rainy-harbour-7").await.is_err());
    assert!(world.moment().await.email_change(change.id()).await.unwrap().is_none());
    let mails = world.mails().await;
    assert!(mails.iter().all(|(_, letter)| letter.kind() != "address_code"), "{mails:?}");
}

#[tokio::test]
async fn a_form_that_is_sent_twice_closes_once() {
    let world = World::founded().await;
    let test = world.test();
    world.joined("mira", viewing()).await;
    let mira = test.signed_in("mira").await;
    let once = Some(world.platform.once(Some("mira"), "close", "key", b"the form"));
    let command = CloseAccount { once, ..close_account(&mira, PASSWORD) };
    assert!(!world.platform.close_account(command.clone()).await.unwrap().repeated);
    assert!(world.platform.close_account(command).await.unwrap().repeated);
    assert_eq!(code(world.platform.close_account(close_account(&mira, PASSWORD)).await), "not_signed_in");
}
