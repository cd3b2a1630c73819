//! A forgotten password, another one, and who tried to sign in.
use poem::http::StatusCode;
use registration_domain::{
    link::{Link, LinkPurpose},
    port::LinkSealer,
    revision::Generation,
};
use registration_testkit::stub::PlainSealer;

use crate::{scene::PASSWORD, support::House};

const NEW: &str = "Rainy-harbour-7";

fn link(of: uuid::Uuid, generation: u32) -> String {
    let (purpose, generation) = (LinkPurpose::PasswordReset, Generation(generation));
    format!("/r/{}", PlainSealer.seal(Link { purpose, subject: of, generation }).0.expose())
}

#[tokio::test]
async fn asking_for_a_link_shows_the_same_page_for_every_address() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    browser.get("/sign-in").await.is(StatusCode::OK).says("Forgot the password?");
    let mut pages = Vec::new();
    for address in ["ana@acme.example", "nobody@acme.example"] {
        browser.get("/reset").await.is(StatusCode::OK).says("Send reset link");
        pages.push(browser.post("/reset", &[("email", address)]).await.is(StatusCode::OK).body);
    }
    assert!(pages[0].contains("If an account has this address"), "{}", pages[0]);
    let masked = |page: &str| page.split("form_key").next().unwrap().to_owned();
    assert_eq!(masked(&pages[0]), masked(&pages[1]));
    browser.get("/reset").await;
    browser.post("/reset", &[("email", "ana@")]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_link_leaves_the_address_sets_a_password_once_and_says_what_became_of_it() {
    let (house, _, ana) = House::founded().await;
    let mut signed_in = house.signed_in("ana").await;
    let mut browser = house.browser();
    browser.get("/reset").await;
    browser.post("/reset", &[("email", "ana@acme.example")]).await.is(StatusCode::OK);
    house.platform.answer_reset_requests().await.unwrap();
    let path = link(ana.account.uuid(), 0);
    for _ in 0..3 {
        browser.head(&path).await.is(StatusCode::SEE_OTHER);
        browser.get(&path).await.leads_to("/reset/password");
    }
    browser.get("/reset/password").await.is(StatusCode::OK).says("ana@acme.example");
    let wrong = [("password", "short"), ("confirmation", "other")];
    browser.post("/reset/password", &wrong).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let right = [("password", NEW), ("confirmation", NEW)];
    browser.post("/reset/password", &right).await.leads_to("/sign-in");
    browser.get("/sign-in").await.is(StatusCode::OK).says("Password set. Sign in with it.");
    signed_in.get("/me/sign-ins").await.is(StatusCode::SEE_OTHER);
    browser.get(&path).await.leads_to("/reset/password");
    browser.get("/reset/password").await.is(StatusCode::CONFLICT).says("This link has been used");
    browser.get("/r/made.up").await.leads_to("/reset/password");
    browser.get("/reset/password").await.is(StatusCode::NOT_FOUND).says("We cannot find this link");
}

#[tokio::test]
async fn a_changed_password_signs_the_others_out() {
    let (house, ..) = House::founded().await;
    let (mut here, mut there) = (house.signed_in("ana").await, house.signed_in("ana").await);
    here.get("/me/password").await.is(StatusCode::OK).says("Your other sessions are signed out.");
    let fields = |current| [("current_password", current), ("password", NEW), ("confirmation", NEW)];
    let refused = here.post("/me/password", &fields("guess")).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("The current password is not right. 4 tries left.");
    let before = here.cookies.clone();
    here.post("/me/password", &fields(PASSWORD)).await.leads_to("/me/sign-ins");
    assert_ne!(before, here.cookies, "the session goes on under another id");
    here.get("/me/sign-ins").await.is(StatusCode::OK).says("Password changed.").says("This device");
    there.get("/me/sign-ins").await.is(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn sessions_are_seen_and_ended_and_attempts_downloaded() {
    let (house, ..) = House::founded().await;
    let (mut here, mut there) = (house.signed_in("ana").await, house.signed_in("ana").await);
    here.get("/me/sign-ins").await.is(StatusCode::OK).says("Sign out everywhere else").says("Signed in");
    here.post("/me/sessions/end-others", &[]).await.leads_to("/me/sign-ins");
    here.get("/me/sign-ins").await.is(StatusCode::OK).says("Signed out everywhere else.");
    there.get("/me/sign-ins").await.is(StatusCode::SEE_OTHER);
    let file = here.get("/me/sign-ins.csv").await.is(StatusCode::OK);
    assert!(file.body.starts_with("at,outcome,method,address,device\r\n"), "{}", file.body);
    here.get("/me/sign-ins?outcome=locked").await.is(StatusCode::OK).says("No sign-in with this result.");
}

#[tokio::test]
async fn whoever_has_to_wait_is_told_until_when_and_where_to_reset() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    for _ in 0..5 {
        browser.get("/sign-in").await;
        let wrong = [("identifier", "ana"), ("password", "guess")];
        browser.post("/sign-in", &wrong).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    }
    browser.get("/sign-in").await;
    let right = [("identifier", "ana"), ("password", PASSWORD)];
    let page = browser.post("/sign-in", &right).await.is(StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.header("retry-after"), "2");
    page.says("Too many tries").says("Reset your password");
}
