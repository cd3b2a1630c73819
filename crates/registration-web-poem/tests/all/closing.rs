//! Closing one's account on the page: what ends, what stays, and what has to be settled first.
use poem::http::StatusCode;
use registration_domain::access::Access;

use crate::{
    scene::{PASSWORD, accept, chosen, invite},
    support::House,
};

#[tokio::test]
async fn whoever_closes_their_account_is_signed_out_and_gone() {
    let (house, organization, ana) = House::founded().await;
    let id = invite(&house.platform, &ana, organization, "bo@acme.example", chosen(&[])).await;
    accept(&house.platform, id, "bo", "Bo", "Lindqvist").await;
    let mut browser = house.signed_in("bo").await;
    browser.get("/me").await.says("Close my account").link("/me/close");
    let page = browser.get("/me/close").await.is(StatusCode::OK).says("Close your account");
    page.says("Nobody can bring it back.")
        .says("Your username and the address bo@acme.example are free.")
        .link("/me/export");
    let page = browser.post("/me/close", &[("password", "")]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    page.says("Enter your current password");
    let page = browser.post("/me/close", &[("password", "guess")]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    page.says("The current password is not right. 4 tries left.").hides("guess");
    browser.post("/me/close", &[("password", PASSWORD)]).await.leads_to("/sign-in");
    assert!(!browser.cookies.contains_key("__Host-session"), "{:?}", browser.cookies);
    browser.get("/sign-in").await.is(StatusCode::OK).says("Your account is closed.");
    let page = browser.post("/sign-in", &[("identifier", "bo"), ("password", PASSWORD)]).await;
    page.is(StatusCode::UNPROCESSABLE_ENTITY).says("The email, username or password is not right.");
    let mut owner = house.signed_in("ana").await;
    owner.get(&format!("/o/{organization}/users")).await.hides("Lindqvist");
}

#[tokio::test]
async fn whoever_is_needed_is_told_where_and_what_to_do_first() {
    let (house, organization, ana) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    let page = browser.get("/me/close").await.is(StatusCode::OK).says("You cannot close your account yet");
    let page = page.says("You are the only Owner of Acme").hides("name=\"password\"");
    assert_eq!(page.link("/users"), format!("/o/{organization}/users"));
    page.says("You are the only administrator of Harbour Access")
        .says("registration admin make-administrator --email ADDRESS");
    let id = invite(&house.platform, &ana, organization, "bo@acme.example", Access::Owner).await;
    accept(&house.platform, id, "bo", "Bo", "Lindqvist").await;
    let page = browser.get("/me/close").await.says("You are the only administrator").hides("the only Owner");
    assert!(page.title().starts_with("You cannot close your account yet"), "{}", page.title());
    let page = browser.post("/me/close", &[("password", PASSWORD)]).await.is(StatusCode::CONFLICT);
    page.says("You cannot close your account yet");
    browser.get("/me").await.is(StatusCode::OK);
}

#[tokio::test]
async fn whoever_guesses_has_to_wait() {
    let (house, organization, ana) = House::founded().await;
    let id = invite(&house.platform, &ana, organization, "bo@acme.example", chosen(&[])).await;
    accept(&house.platform, id, "bo", "Bo", "Lindqvist").await;
    let mut browser = house.signed_in("bo").await;
    browser.get("/me/close").await;
    for _ in 0..5 {
        browser.post("/me/close", &[("password", "guess")]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = browser.post("/me/close", &[("password", PASSWORD)]).await.is(StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.says("Too many tries").header("retry-after"), "2");
    browser.get("/me").await.is(StatusCode::OK);
}
