//! Only our own pages change anything, and only when somebody sends their form.
use poem::http::StatusCode;

use crate::{
    scene::PASSWORD,
    support::{House, ORIGIN},
};

const SIGN_IN: [(&str, &str); 2] = [("identifier", "ana"), ("password", PASSWORD)];

#[tokio::test]
async fn a_form_without_its_token_is_refused_everywhere() {
    let (house, organization, _) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    let unsafe_paths = [
        "/sign-in",
        "/sign-out",
        "/setup",
        "/preferences",
        "/invitation/accept",
        "/invitation/decline",
        "/invitation/ask",
        "/invitation/switch",
        "/organizations/new",
        "/dev/mailbox",
    ];
    let within = [
        "users/invite",
        "users/invite/send",
        "settings",
        "users/1/remove",
        "users/1/permissions",
        "users/1/hand-over",
        "invitations/1/resend",
        "invitations/1/revoke",
        "invitations/1",
    ];
    let within = within.map(|it| format!("/o/{organization}/{it}"));
    for path in unsafe_paths.into_iter().chain(within.iter().map(String::as_str)) {
        let refused = browser.post_bare(path, &[], &[("origin", ORIGIN)]).await;
        refused.is(StatusCode::FORBIDDEN).says("This form is out of date");
    }
    assert!(browser.cookies.contains_key("__Host-session"), "nobody was signed out");
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_with_the_right_token_too() {
    let (house, ..) = House::founded().await;
    for foreign in [
        [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")],
        [("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")],
        [("origin", "null"), ("sec-fetch-site", "cross-site")],
        [("origin", ORIGIN), ("sec-fetch-site", "same-site")],
    ] {
        let mut browser = house.browser();
        browser.get("/sign-in").await;
        let token = browser.hidden("csrf");
        let fields: Vec<_> = SIGN_IN.into_iter().chain([("csrf", token.as_str())]).collect();
        browser.post_bare("/sign-in", &fields, &foreign).await.is(StatusCode::FORBIDDEN);
        assert!(!browser.cookies.contains_key("__Host-session"));
    }
}

#[tokio::test]
async fn a_token_is_of_use_in_its_own_browser_and_session_only() {
    let (house, ..) = House::founded().await;
    let (mut ours, mut theirs) = (house.browser(), house.browser());
    ours.get("/sign-in").await;
    theirs.get("/sign-in").await;
    let token = theirs.hidden("csrf");
    let fields: Vec<_> = SIGN_IN.into_iter().chain([("csrf", token.as_str())]).collect();
    ours.post_bare("/sign-in", &fields, &[("origin", ORIGIN)]).await.is(StatusCode::FORBIDDEN);

    let before = ours.hidden("csrf");
    ours.sign_in("ana").await.leads_to("/");
    let old = [("csrf", before.as_str())];
    ours.post_bare("/sign-out", &old, &[("origin", ORIGIN)]).await.is(StatusCode::FORBIDDEN);
    ours.get("/organizations").await.is(StatusCode::OK);
    assert_ne!(ours.hidden("csrf"), before, "new with the session");
}

#[tokio::test]
async fn a_form_sent_twice_acts_once() {
    let (house, ..) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    browser.get("/organizations/new").await;
    let first = browser.post("/organizations/new", &[("organization", "Brightwater")]).await;
    let second = browser.post("/organizations/new", &[("organization", "Brightwater")]).await;
    assert_eq!(first.header("location"), second.header("location"));
    let other = browser.post("/organizations/new", &[("organization", "Otherwise")]).await;
    other.is(StatusCode::UNPROCESSABLE_ENTITY).says("This form was sent before");
    let page = browser.get("/organizations").await;
    assert_eq!(page.body.matches("Brightwater</a>").count(), 1);
}

#[tokio::test]
async fn no_address_can_be_made_to_change_anything_by_get() {
    let (house, organization, _) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    for path in [
        "/sign-out",
        "/preferences",
        "/invitation/ask",
        "/invitation/switch",
        &format!("/o/{organization}/users/invite/send"),
    ] {
        browser
            .get(path)
            .await
            .is(StatusCode::METHOD_NOT_ALLOWED)
            .says("The page cannot be asked for in this way.");
    }
    browser.get("/organizations").await.is(StatusCode::OK);
}

#[tokio::test]
async fn language_and_look_are_kept_without_a_script() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    browser.get("/sign-in").await;
    browser
        .post("/preferences", &[("language", "de"), ("return_to", "/sign-in?return_to=%2Fhelp")])
        .await
        .leads_to("/sign-in?return_to=%2Fhelp");
    let page = browser.get("/sign-in").await.says("E-Mail-Adresse oder Benutzername");
    assert!(page.body.contains("<html lang=\"de\""));
    browser.post("/preferences", &[("theme", "dark"), ("return_to", "//evil.example")]).await.leads_to("/");
    assert!(browser.get("/sign-in").await.body.contains("<html lang=\"de\" data-theme=\"dark\""));
    browser.language = "en";
    browser.post("/preferences", &[("theme", "neon"), ("language", "tlh")]).await.leads_to("/");
    let body = browser.get("/sign-in").await.body;
    assert!(body.contains("<html lang=\"de\"") && !body.contains("data-theme"));
}
