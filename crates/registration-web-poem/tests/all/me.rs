//! One's own account, page by page.
use poem::http::StatusCode;
use registration_domain::{
    person_name::NamePart,
    use_case::change_details::{ChangeDetails, Details},
};

use crate::{
    scene::{accept, chosen, invite},
    support::House,
};

#[tokio::test]
async fn each_detail_is_changed_on_a_page_of_its_own() {
    let (house, ..) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    for (path, fields, said) in [
        ("/me/name", vec![("first_name", "Ana María"), ("last_name", "Ruiz")], "Ana María Ruiz"),
        ("/me/username", vec![("username", "ana.maria")], "ana.maria"),
        ("/me/time-zone", vec![("time_zone", "America/Argentina/Buenos_Aires")], "Buenos Aires"),
        ("/me/language", vec![("language", "de")], "Deutsch"),
    ] {
        browser.get("/me").await.is(StatusCode::OK).link(path);
        browser.get(path).await.is(StatusCode::OK);
        let revision = browser.hidden("revision");
        let fields: Vec<_> = fields.into_iter().chain([("revision", revision.as_str())]).collect();
        browser.post(path, &fields).await.leads_to("/me");
        browser.get("/me").await.is(StatusCode::OK).says(said);
    }
    browser.get("/me").await.says("Mein Konto");
}

#[tokio::test]
async fn what_cannot_be_taken_is_told_beside_its_field() {
    let (house, organization, ana) = House::founded().await;
    let id = invite(&house.platform, &ana, organization, "bo@acme.example", chosen(&[])).await;
    accept(&house.platform, id, "bo", "Bo", "Lindqvist").await;
    let mut browser = house.signed_in("ana").await;
    for (path, field, value, words) in [
        ("/me/name", "first_name", "", "Enter your first name"),
        ("/me/username", "username", "a@b", "A username has 2 to 64 letters"),
        ("/me/username", "username", "bo", "That username is taken. Choose another."),
        ("/me/language", "language", "xx", "Choose a language"),
        ("/me/time-zone", "time_zone", "Europe/Nowhere", "Choose a time zone from the list"),
    ] {
        browser.get(path).await;
        let page = browser.post(path, &[(field, value), ("last_name", "Ruiz")]).await;
        let page = page.is(StatusCode::UNPROCESSABLE_ENTITY).says("There is a problem").says(words);
        assert!(page.title().starts_with("Error: "), "{}", page.title());
    }
}

#[tokio::test]
async fn a_form_that_is_older_than_what_is_saved_is_compared_first() {
    let (house, _, ana) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    browser.get("/me/name").await;
    let revision = browser.hidden("revision");
    let details = Details { first_name: NamePart::parse("Anna").ok(), ..Details::default() };
    house.platform.change_details(ChangeDetails { by: ana, details, seen: None }).await.unwrap();
    let fields = [("first_name", "Ana María"), ("last_name", "Ruiz"), ("revision", revision.as_str())];
    let page = browser.post("/me/name", &fields).await.is(StatusCode::PRECONDITION_FAILED);
    let page = page.says("You changed this in another window at ").says("Saved now").says("Anna Ruiz");
    assert!(page.body.contains("value=\"Ana María\""), "what was typed is kept: {}", page.body);
    let revision = browser.hidden("revision");
    let fields = [("first_name", "Ana María"), ("last_name", "Ruiz"), ("revision", revision.as_str())];
    browser.post("/me/name", &fields).await.leads_to("/me");
    browser.get("/me").await.says("Ana María Ruiz");
}

#[tokio::test]
async fn the_time_is_told_where_its_reader_lives() {
    let (house, organization, _) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    let path = format!("/o/{organization}/audit");
    browser.get(&path).await.says(" UTC").hides("Madrid");
    browser.get("/me/time-zone").await;
    let revision = browser.hidden("revision");
    let fields = [("time_zone", "Europe/Madrid"), ("revision", revision.as_str())];
    browser.post("/me/time-zone", &fields).await.leads_to("/me");
    browser.get(&path).await.says("(Madrid time)").hides(" UTC<");
}

#[tokio::test]
async fn the_language_of_the_account_follows_its_owner_and_the_choice_at_the_foot() {
    let (house, ..) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    browser.get("/organizations").await.says("Your organizations");
    browser.post("/preferences", &[("language", "de"), ("return_to", "/organizations")]).await;
    let mut elsewhere = house.signed_in("ana").await;
    elsewhere.get("/organizations").await.says("Ihre Organisationen");
}

#[tokio::test]
async fn what_others_did_is_told_until_it_was_read() {
    let (house, organization, ana) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    browser.get("/me/notifications").await.is(StatusCode::OK).says("Nothing to tell").hides("Mark all");
    let id = invite(&house.platform, &ana, organization, "bo@acme.example", chosen(&["members.view"])).await;
    accept(&house.platform, id, "bo", "Bo", "Lindqvist").await;
    browser.get(&format!("/o/{organization}")).await.says("Notifications 1 new");
    let page = browser.get("/me/notifications").await.is(StatusCode::OK);
    let page = page.says("Bo Lindqvist (bo@acme.example) accepted your invitation to Acme GmbH.");
    let next = page.link("/users");
    browser.get(&next).await.is(StatusCode::OK);
    browser.get("/me/notifications").await.says("New").says("Mark all as read");
    browser.post("/me/notifications", &[]).await.leads_to("/me/notifications");
    browser.get("/me/notifications").await.hides("Mark all as read").hides("tag info");
}

#[tokio::test]
async fn ones_data_is_taken_along_as_a_file() {
    let (house, ..) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    let link = browser.get("/me").await.link("/me/export");
    let file = browser.get(&link).await.is(StatusCode::OK);
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"my-data.json\"");
    let json: serde_json::Value = serde_json::from_str(&file.body).unwrap();
    assert_eq!(json["account"][0]["email"], "ana@acme.example");
    assert_eq!(json["memberships"][0]["access"], "owner");
}

#[tokio::test]
async fn ones_own_pages_are_for_who_is_signed_in() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    for path in ["/me", "/me/name", "/me/time-zone", "/me/notifications", "/me/export"] {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("return_to", path).finish();
        browser.get(path).await.leads_to(&format!("/sign-in?{query}"));
    }
}

#[tokio::test]
async fn times_are_told_by_the_clock_of_the_browser_until_another_is_chosen() {
    let (house, organization, _) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    let log = format!("/o/{organization}/audit");
    let page = browser.get(&log).await.says("15 January 2027, 08:00 UTC");
    assert!(page.body.contains("data-zone=\"__Host-zone\""), "the script is told where to say it");
    browser.cookies.insert("__Host-zone".into(), "Asia/Kolkata".into());
    browser.get(&log).await.says("15 January 2027, 13:30 (Kolkata time)");
    let choice = browser.get("/me/time-zone").await;
    assert!(choice.body.contains("value=\"Asia/Kolkata\" selected"), "{}", choice.body);
    let revision = browser.hidden("revision");
    browser
        .post("/me/time-zone", &[("time_zone", "Europe/Madrid"), ("revision", &revision)])
        .await
        .leads_to("/me");
    let page = browser.get(&log).await.says("15 January 2027, 09:00 (Madrid time)");
    assert!(!page.body.contains("data-zone"), "they chose, so nobody asks the browser");
    browser.cookies.insert("__Host-zone".into(), "<script>".into());
    let mut nobody = house.browser();
    nobody.cookies.insert("__Host-zone".into(), "Nowhere/\"><script>".into());
    nobody.get("/sign-in").await.is(StatusCode::OK);
}
