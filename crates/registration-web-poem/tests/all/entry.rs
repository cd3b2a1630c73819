//! Setting up, signing in and out.
use poem::http::StatusCode;
use registration_domain::{
    access::Access,
    time::{DAY, HOUR, MINUTE},
};

use crate::{
    scene::{self, PASSWORD},
    support::{House, ORIGIN},
};

const FOUNDER: [(&str, &str); 7] = [
    ("organization", "Acme GmbH"),
    ("email", "ana@acme.example"),
    ("username", "ana"),
    ("first_name", "Ana"),
    ("last_name", "Ruiz"),
    ("password", PASSWORD),
    ("confirmation", PASSWORD),
];

async fn setup_path(house: &House) -> String {
    let link = house.platform.issue_setup_link().await.unwrap().unwrap();
    format!("/setup/{}", link.expose().rsplit('/').next().unwrap())
}

#[tokio::test]
async fn the_setup_link_leaves_the_address_and_founds_once() {
    let house = House::empty();
    let path = setup_path(&house).await;
    let mut browser = house.browser();
    for _ in 0..3 {
        browser.head(&path).await.is(StatusCode::SEE_OTHER);
        browser.get(&path).await.leads_to("/setup");
    }
    browser.get("/setup").await.is(StatusCode::OK).says("Create organization and sign in");
    let done = browser.post("/setup", &FOUNDER).await.is(StatusCode::SEE_OTHER);
    let overview = done.header("location").to_owned();
    browser
        .get(&overview)
        .await
        .is(StatusCode::OK)
        .says("Acme GmbH")
        .says("Get started")
        .says("Invite the first person");
    browser.get(&path).await.leads_to("/setup");
    browser.get("/setup").await.leads_to("/sign-in");
    let late = browser.post("/setup", &FOUNDER).await.is(StatusCode::NOT_FOUND).says("Setup is finished");
    late.says("Somebody else finished it on 15 January 2027, 08:00 UTC. Sign in.");
}

#[tokio::test]
async fn setup_without_its_link_is_not_found_and_late_it_is_gone() {
    let house = House::empty();
    let mut browser = house.browser();
    browser.get("/setup").await.is(StatusCode::NOT_FOUND).says("registration admin setup-link");
    browser.get("/setup/made.up").await.leads_to("/setup");
    browser.get("/setup").await.is(StatusCode::NOT_FOUND);
    let path = setup_path(&house).await;
    browser.get(&path).await;
    house.clock.advance(HOUR);
    browser.get("/setup").await.is(StatusCode::GONE).says("This setup link has expired");
}

#[tokio::test]
async fn every_mistake_is_told_at_once_and_what_was_typed_stays() {
    let house = House::empty();
    let mut browser = house.browser();
    browser.get(&setup_path(&house).await).await;
    browser.get("/setup").await;
    let page = browser
        .post(
            "/setup",
            &[
                ("organization", "Acme"),
                ("email", "ana@"),
                ("username", "a b"),
                ("password", "short"),
                ("confirmation", "other"),
            ],
        )
        .await
        .is(StatusCode::UNPROCESSABLE_ENTITY)
        .says("There is a problem")
        .says("Enter an email address in the correct format")
        .says("Enter your first name")
        .says("Your password has 5 characters. Use at least 10. Add an upper-case letter.")
        .says("The two passwords are not the same");
    assert_eq!(page.title(), "Error: Set up your organization – Harbour Access");
    assert!(page.body.contains("value=\"Acme\"") && page.body.contains("value=\"a b\""));
    assert!(!page.body.contains("short"), "a password is never shown again");
    let order: Vec<_> = ["#email", "#username", "#first_name", "#last_name", "#password", "#confirmation"]
        .map(|it| page.body.find(&format!("href=\"{it}\"")).unwrap())
        .into();
    assert!(order.is_sorted(), "the summary follows the fields");
}

#[tokio::test]
async fn whoever_knows_the_password_is_in_and_out_again() {
    let (house, organization, _) = House::founded().await;
    let mut browser = house.browser();
    browser.get("/").await.leads_to("/sign-in?return_to=%2F");
    let page = browser.get("/sign-in").await.is(StatusCode::OK);
    assert!(
        page.body.contains("autocomplete=\"username\"")
            && page.body.contains("autocomplete=\"current-password\"")
    );
    let wrong = browser.post("/sign-in", &[("identifier", "ana"), ("password", "wrong")]).await;
    let wrong =
        wrong.is(StatusCode::UNPROCESSABLE_ENTITY).says("The email, username or password is not right.");
    let unknown = browser.post("/sign-in", &[("identifier", "nobody"), ("password", "wrong")]).await;
    assert_eq!(wrong.text().replace("ana", "nobody"), unknown.text(), "nothing tells who has an account");
    assert!(!wrong.body.contains("aria-invalid"), "no field is marked");

    browser.sign_in("ana").await.leads_to("/");
    browser.get("/").await.leads_to(&format!("/o/{organization}"));
    browser.get("/sign-in").await.leads_to("/");
    let session = browser.cookies["__Host-session"].clone();
    browser.get("/organizations").await.is(StatusCode::OK);
    browser.post("/sign-out", &[]).await.leads_to("/sign-in");
    browser.get("/sign-in").await.says("You are signed out.");
    browser.get("/sign-in").await.hides("You are signed out.");
    browser.cookies.insert("__Host-session".into(), session);
    browser.get("/organizations").await.leads_to("/sign-in?return_to=%2Forganizations");
}

#[tokio::test]
async fn each_sign_in_is_a_new_session_and_ends_the_one_before() {
    let (house, ..) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    let first = browser.cookies["__Host-session"].clone();
    let mut other = house.browser();
    other.get("/sign-in").await;
    other.sign_in("ana").await;
    assert_ne!(first, other.cookies["__Host-session"]);
    house.clock.advance(DAY);
    browser.get("/organizations").await.leads_to("/sign-in?return_to=%2Forganizations");
    assert!(!browser.cookies.contains_key("__Host-session"));
    browser
        .get("/sign-in")
        .await
        .says("You were signed out after 720 minutes without activity. Sign in to continue.");
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let (house, ..) = House::founded().await;
    for attack in
        ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "javascript:1"]
    {
        let mut browser = house.browser();
        browser.get("/sign-in").await;
        let fields = [("identifier", "ana"), ("password", PASSWORD), ("return_to", attack)];
        browser.post("/sign-in", &fields).await.leads_to("/");
    }
    let mut browser = house.browser();
    browser.get("/sign-in?return_to=%2Forganizations%3Fx%3D1").await.says("Sign in");
    assert_eq!(browser.hidden("return_to"), "/organizations?x=1");
}

#[tokio::test]
async fn one_click_keeps_somebody_signed_in_and_their_page_as_it_is() {
    let (house, organization, _) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    let page = browser.get("/organizations").await;
    assert!(page.body.contains("role=\"alert\" hidden data-idle=\"43200\""), "{}", page.body);
    house.clock.advance((12 * HOUR).saturating_sub(MINUTE));
    let stay = browser.post("/session/stay", &[]).await.is(StatusCode::NO_CONTENT);
    assert_eq!(stay.body, "");
    house.clock.advance((12 * HOUR).saturating_sub(MINUTE));
    browser.get(&format!("/o/{organization}")).await.is(StatusCode::OK);
    let mut nobody = house.browser();
    assert!(!nobody.get("/sign-in").await.body.contains("data-idle"), "nobody else has a session to lose");
}

#[tokio::test]
async fn what_was_typed_waits_for_its_writer_through_a_new_sign_in() {
    let (house, organization, ana) = House::founded().await;
    let bo = scene::invite(&house.platform, &ana, organization, "bo@acme.example", Access::All).await;
    scene::accept(&house.platform, bo, "bo", "Bo", "Lindqvist").await;
    let (users, invite) =
        (format!("/o/{organization}/users?tab=active"), format!("/o/{organization}/users/invite"));
    let typed = [("emails", "zoë@x.example"), ("access", "chosen"), ("permission", "members.view")];
    let mut ana = house.signed_in("ana").await;
    ana.get(&users).await;
    house.clock.advance(DAY);
    let out = ana.post(&invite, &typed).await;
    let back = format!("/o/{organization}/users?tab=active");
    let entry = out.header("location").to_owned();
    assert_eq!(
        entry,
        format!(
            "/sign-in?{}",
            form_urlencoded::Serializer::new(String::new()).append_pair("return_to", &back).finish()
        )
    );
    ana.get(&entry).await.says("What you typed waits an hour for you, except passwords and codes.");
    assert_eq!(ana.hidden("return_to"), back);
    let cookies = ana.cookies.clone();
    ana.sign_in("ana").await;
    for _ in 0..2 {
        let page = ana.get(&back).await;
        assert!(
            page.body.contains("value=\"zoë@x.example\"")
                && page.body.contains("value=\"members.view\" checked")
        );
    }
    assert!(!ana.get(&invite).await.body.contains("zoë@x.example"), "it was typed into another page");
    ana.get(&back).await;
    ana.post(&invite, &typed).await;
    assert!(!ana.get(&back).await.body.contains("value=\"zoë@x.example\""), "it was sent");
    // The same browser, but another person.
    let mut other = house.browser();
    other.cookies = cookies;
    other.get("/sign-in").await;
    other.sign_in("bo").await;
    assert!(!other.get(&back).await.body.contains("zoë@x.example"));
}

#[tokio::test]
async fn a_form_that_no_page_of_ours_made_is_refused_after_the_session_too() {
    let (house, organization, _) = House::founded().await;
    let mut ana = house.signed_in("ana").await;
    house.clock.advance(DAY);
    let fields = [("csrf", "made up"), ("emails", "zoe@x.example")];
    let headers = [("origin", ORIGIN), ("sec-fetch-site", "same-origin")];
    let path = format!("/o/{organization}/users/invite");
    ana.post_bare(&path, &fields, &headers).await.is(StatusCode::FORBIDDEN);
    assert!(!ana.cookies.contains_key("__Host-draft"));
}
