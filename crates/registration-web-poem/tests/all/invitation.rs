//! An invitation, in every state that its link can find it in.
use poem::http::StatusCode;
use registration_domain::{
    access::Access,
    email::Email,
    invitation::InvitationId,
    session::Origin,
    time::{DAY, HOUR},
    use_case::{
        amend_invitation::{AmendInvitation, Amendment},
        change_access::ChangeAccess,
        decline_invitation::DeclineInvitation,
        remove_member::RemoveMember,
        revoke_invitation::RevokeInvitation,
    },
};

use crate::{
    scene::{self, PASSWORD, chosen, token},
    support::{Browser, House},
};

const CHIDI: [(&str, &str); 5] = [
    ("username", "chidi"),
    ("first_name", "Chidi"),
    ("last_name", "Okafor"),
    ("password", PASSWORD),
    ("confirmation", PASSWORD),
];

async fn open(browser: &mut Browser, id: InvitationId) {
    browser.get(&format!("/i/{}", token(id).expose())).await.leads_to("/invitation");
}

#[tokio::test]
async fn opening_a_link_changes_nothing_and_hides_the_token() {
    let (house, organization, ana) = House::founded().await;
    let id = scene::invite(&house.platform, &ana, organization, "chidi@acme.example", Access::All).await;
    let before = house.platform.find_invitation(&ana, organization, id).await.unwrap();
    let mut browser = house.browser();
    for _ in 0..20 {
        let path = format!("/i/{}", token(id).expose());
        assert_eq!(browser.head(&path).await.status, StatusCode::SEE_OTHER);
        let opened = browser.get(&path).await.leads_to("/invitation");
        assert_eq!(
            (opened.header("referrer-policy"), opened.header("cache-control")),
            ("no-referrer", "no-store")
        );
        assert_eq!(opened.header("x-robots-tag"), "noindex");
        let page = browser.get("/invitation").await.is(StatusCode::OK);
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        page.says("Ana Ruiz invites you to join Acme GmbH.")
            .says("chidi@acme.example")
            .says("and 12 more")
            .hides(token(id).expose());
        browser.get("/invitation/accept").await.is(StatusCode::OK);
        browser.get("/invitation/decline").await.is(StatusCode::OK);
    }
    let after = house.platform.find_invitation(&ana, organization, id).await.unwrap();
    assert_eq!(before.invitation, after.invitation);
}

#[tokio::test]
async fn a_new_person_comes_in_with_one_form_and_a_second_click_harms_nothing() {
    let (house, organization, ana) = House::founded().await;
    let id =
        scene::invite(&house.platform, &ana, organization, "chidi@acme.example", chosen(&["members.view"]))
            .await;
    let mut browser = house.browser();
    open(&mut browser, id).await;
    let page = browser.get("/invitation/accept").await.says("Already have an account?");
    assert!(page.body.contains("value=\"chidi@acme.example\" readonly"));
    assert!(page.body.contains("autocomplete=\"new-password\""));
    let mut twin = house.browser();
    twin.cookies.clone_from(&browser.cookies);
    let fields: Vec<_> = CHIDI.into_iter().collect();
    let (csrf, key) = (browser.hidden("csrf"), browser.hidden("form_key"));
    let done = browser.post("/invitation/accept", &fields).await.leads_to(&format!("/o/{organization}"));
    drop(done);
    let all: Vec<_> =
        [("csrf", csrf.as_str()), ("form_key", key.as_str())].into_iter().chain(CHIDI).collect();
    twin.post_bare("/invitation/accept", &all, &[]).await.leads_to(&format!("/o/{organization}"));
    assert_eq!(
        twin.cookies["__Host-session"], browser.cookies["__Host-session"],
        "the repeat is told the same"
    );
    browser.get(&format!("/o/{organization}")).await.says("You have joined Acme GmbH.").says("See members");
    open(&mut browser, id).await;
    browser
        .get("/invitation")
        .await
        .is(StatusCode::CONFLICT)
        .says("You have already accepted this invitation")
        .says("You joined Acme GmbH on 15 January 2027.")
        .says("Go to Acme GmbH");
    let mut stranger = house.browser();
    open(&mut stranger, id).await;
    let page = stranger.get("/invitation").await.is(StatusCode::CONFLICT);
    let page = page.says("This invitation has been accepted").says("If you accepted it, sign in.");
    page.hides("Acme").hides("chidi@");
    let mut ana = house.signed_in("ana").await;
    open(&mut ana, id).await;
    ana.get("/invitation").await.says("This invitation has been accepted").says("Go to your organizations");
}

#[tokio::test]
async fn who_came_in_by_it_and_was_removed_since_is_led_to_where_they_belong() {
    let (house, organization, ana) = House::founded().await;
    let id = scene::invite(&house.platform, &ana, organization, "chidi@acme.example", Access::All).await;
    let member = scene::accept(&house.platform, id, "chidi", "Chidi", "Okafor").await;
    let command = RemoveMember { by: ana, organization, member, reason: None };
    house.platform.remove_member(command).await.unwrap();
    let mut browser = house.signed_in("chidi").await;
    open(&mut browser, id).await;
    let page = browser.get("/invitation").await.says("You joined Acme GmbH on 15 January 2027.");
    page.says("Go to your organizations").hides("Go to Acme GmbH");
}

#[tokio::test]
async fn somebody_with_an_account_signs_in_and_accepts_with_one_click() {
    let (house, organization, ana) = House::founded().await;
    let first = scene::invite(&house.platform, &ana, organization, "chidi@acme.example", Access::All).await;
    scene::accept(&house.platform, first, "chidi", "Chidi", "Okafor").await;
    let mut owner = house.signed_in("ana").await;
    owner.get("/organizations/new").await;
    let founded = owner.post("/organizations/new", &[("organization", "Brightwater")]).await;
    let path = founded.header("location").to_owned();
    let second = registration_domain::organization::OrganizationId::new(
        path.rsplit('/').next().unwrap().parse().unwrap(),
    );
    let id = scene::invite(&house.platform, &ana, second, "chidi@acme.example", Access::All).await;

    let mut browser = house.browser();
    open(&mut browser, id).await;
    browser.get("/invitation/accept").await;
    browser.post("/invitation/accept", &CHIDI).await.leads_to("/sign-in?return_to=%2Finvitation");
    let sign_in = browser
        .get("/sign-in?return_to=%2Finvitation")
        .await
        .says("You have an account here. Sign in to accept.");
    assert!(sign_in.body.contains("value=\"chidi@acme.example\""), "the address is filled in");
    let fields = [("identifier", "chidi"), ("password", PASSWORD), ("return_to", "/invitation")];
    browser.post("/sign-in", &fields).await.leads_to("/invitation");
    let page = browser.get("/invitation").await.is(StatusCode::OK);
    assert!(page.body.contains("action=\"/invitation/accept\""), "one click");
    browser.post("/invitation/accept", &[]).await.leads_to(&path);
    browser.get("/organizations").await.says("Acme GmbH").says("Brightwater");
    browser.get("/").await.leads_to("/organizations");
}

#[tokio::test]
async fn nothing_is_accepted_for_the_wrong_person_and_the_switch_keeps_the_invitation() {
    let (house, organization, ana) = House::founded().await;
    let id = scene::invite(&house.platform, &ana, organization, "chidi@acme.example", Access::All).await;
    let mut browser = house.signed_in("ana").await;
    open(&mut browser, id).await;
    let page = browser.get("/invitation").await.is(StatusCode::FORBIDDEN);
    page.says("This invitation is for someone else")
        .says("It is for chidi@acme.example. You are signed in as ana@acme.example.");
    browser.post("/invitation/accept", &[]).await.is(StatusCode::FORBIDDEN).says("for someone else");
    browser.post("/invitation/switch", &[]).await.leads_to("/invitation");
    assert!(!browser.cookies.contains_key("__Host-session"));
    browser.get("/invitation").await.is(StatusCode::OK).says("Accept invitation");
}

#[tokio::test]
async fn an_invitee_may_decline_after_being_asked_once_more() {
    let (house, organization, ana) = House::founded().await;
    let id = scene::invite(&house.platform, &ana, organization, "chidi@acme.example", Access::All).await;
    let mut browser = house.browser();
    open(&mut browser, id).await;
    browser
        .get("/invitation/decline")
        .await
        .says("Decline the invitation to Acme GmbH?")
        .says("Ana Ruiz will see it.");
    let wrong = browser.post("/invitation/decline", &[("reason", "see https://evil.example")]).await;
    wrong.is(StatusCode::UNPROCESSABLE_ENTITY).says("There is a problem");
    browser
        .post("/invitation/decline", &[("reason", "No thanks")])
        .await
        .is(StatusCode::OK)
        .says("You declined the invitation");
    open(&mut browser, id).await;
    let page = browser.get("/invitation").await.is(StatusCode::CONFLICT).says("This invitation was declined");
    page.says("It was declined on 15 January 2027. If that has changed, ask Ana Ruiz for a new one.");
}

#[tokio::test]
async fn who_comes_too_late_asks_for_a_new_one_once_a_day() {
    let (house, organization, ana) = House::founded().await;
    let id = scene::invite(&house.platform, &ana, organization, "chidi@acme.example", Access::All).await;
    house.clock.advance(7 * DAY);
    let mut browser = house.browser();
    open(&mut browser, id).await;
    let page = browser.get("/invitation").await.is(StatusCode::GONE).says("This invitation has expired");
    page.says("It was valid until 22 January 2027, 08:00 UTC. Ana Ruiz can send a new one.")
        .says("Ask Ana Ruiz for a new invitation");
    browser.post("/invitation/ask", &[]).await.is(StatusCode::OK).says("We have asked for a new invitation");
    browser.get("/invitation").await;
    let again = browser
        .post("/invitation/ask", &[])
        .await
        .is(StatusCode::TOO_MANY_REQUESTS)
        .says("You have asked already.");
    assert!(!again.header("retry-after").is_empty());
}

#[tokio::test]
async fn every_other_end_has_its_own_words() {
    let (house, organization, ana) = House::founded().await;
    let mut browser = house.browser();
    browser.get("/invitation").await.is(StatusCode::NOT_FOUND).says("We do not know this link");
    browser.get("/i/cut-off").await;
    browser.get("/invitation").await.is(StatusCode::NOT_FOUND).says("We do not know this link");

    let (by, once) = (ana.clone(), None);
    let revoked = scene::invite(&house.platform, &ana, organization, "a@acme.example", Access::All).await;
    let command = RevokeInvitation { by, organization, invitation: revoked, reason: None, once };
    house.platform.revoke_invitation(command).await.unwrap();
    open(&mut browser, revoked).await;
    browser
        .get("/invitation")
        .await
        .is(StatusCode::GONE)
        .says("This invitation was withdrawn")
        .says("Acme GmbH withdrew it on 15 January 2027. Contact the person who invited you.");

    house.clock.advance(HOUR);
    let resent = scene::invite(&house.platform, &ana, organization, "b@acme.example", Access::All).await;
    let (by, once, amendment) = (ana.clone(), None, Amendment::Resend);
    let command = AmendInvitation { by, organization, invitation: resent, amendment, once };
    house.platform.amend_invitation(command).await.unwrap();
    open(&mut browser, resent).await;
    browser.get("/invitation").await.is(StatusCode::GONE).says("There is a newer invitation").says(
        "A newer email was sent to b@acme.example on 15 January 2027. Use the link in that one, or ask Ana Ruiz to resend it.",
    );
    let (by, once) = (ana.clone(), None);
    let amendment =
        Amendment::Correct { email: Some(Email::parse("right@acme.example").unwrap()), access: None };
    let command = AmendInvitation { by, organization, invitation: resent, amendment, once };
    house.platform.amend_invitation(command).await.unwrap();
    let page = browser.get("/invitation").await.is(StatusCode::GONE).says("There is a newer invitation");
    page.says("A newer email was sent on 15 January 2027.").hides("right@acme.example");

    let declined = scene::invite(&house.platform, &ana, organization, "c@acme.example", Access::All).await;
    let command = DeclineInvitation {
        token: token(declined),
        reason: None,
        block: true,
        origin: Origin::default(),
        once: None,
    };
    house.platform.decline_invitation(command).await.unwrap();
    open(&mut browser, declined).await;
    browser.get("/invitation").await.is(StatusCode::CONFLICT).says("This invitation was declined");
    browser.get("/invitation/accept").await.is(StatusCode::CONFLICT).says("This invitation was declined");
}

#[tokio::test]
async fn an_invitation_that_nobody_stands_behind_is_not_accepted() {
    let (house, organization, ana) = House::founded().await;
    let first = scene::invite(&house.platform, &ana, organization, "bo@acme.example", Access::All).await;
    let member = scene::accept(&house.platform, first, "bo", "Bo", "Lindqvist").await;
    let bo = house.platform.find_member(&ana, organization, member).await.unwrap();
    let by_bo = registration_domain::session::Caller { account: bo.account.id(), origin: Origin::default() };
    let id = scene::invite(&house.platform, &by_bo, organization, "chidi@acme.example", Access::All).await;
    let seen = bo.membership.parts().revision;
    let command =
        ChangeAccess { by: ana.clone(), organization, member, access: chosen(&["members.view"]), seen };
    house.platform.change_access(command).await.unwrap();
    let mut browser = house.browser();
    open(&mut browser, id).await;
    browser
        .get("/invitation")
        .await
        .is(StatusCode::GONE)
        .says("This invitation cannot be accepted")
        .says("Ask Acme GmbH for a new one.");
    let mut owner = house.signed_in("ana").await;
    let detail = owner.get(&format!("/o/{organization}/invitations/{id}")).await;
    detail.says("Not backed").says("Bo Lindqvist may no longer give this access");
}
