//! What every answer tells the browser, and what cookies are like.
use poem::http::StatusCode;

use crate::support::{House, between};

#[tokio::test]
async fn every_page_allows_nothing_inline_and_nothing_from_elsewhere() {
    let (house, organization, _) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    let organization = format!("/o/{organization}");
    let users = format!("{organization}/users");
    for path in ["/organizations", "/help", "/nothing", &organization, &users, "/dev/mailbox/m1", "/o/x"] {
        let page = browser.get(path).await;
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"));
        assert_eq!(
            (page.header("cache-control"), page.header("referrer-policy")),
            ("no-store", "same-origin"),
            "{path}"
        );
        for inline in ["<style", " style=", " onclick=", " onload=", "javascript:", "http://", "https://"] {
            let own = page.body.replace("http://127.0.0.1:8088/i/token", "");
            assert!(!own.contains(inline), "{path} holds {inline}");
        }
        assert_eq!(page.body.matches("<script").count(), 1, "{path}");
        assert!(page.body.contains("<script src=\"/static/enhance.js?v="));
    }
}

#[tokio::test]
async fn cookies_are_bound_to_the_host_and_out_of_reach() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    let page = browser.get("/sign-in").await;
    for cookie in page.set_cookies().into_iter().chain(browser.sign_in("ana").await.set_cookies()) {
        assert!(cookie.starts_with("__Host-"), "{cookie}");
        for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    assert!(browser.cookies.contains_key("__Host-session"));
}

#[tokio::test]
async fn every_page_has_one_heading_its_landmarks_and_a_title_of_its_own() {
    let (house, organization, _) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    let mut titles = std::collections::BTreeSet::new();
    for path in ["", "/users", "/users/invite", "/audit", "/settings"]
        .map(|it| format!("/o/{organization}{it}"))
        .iter()
        .map(String::as_str)
        .chain([
            "/organizations",
            "/organizations/new",
            "/start",
            "/help",
            "/privacy",
            "/accessibility",
            "/dev/mailbox",
            "/nothing",
        ])
    {
        let page = browser.get(path).await;
        assert_eq!(page.body.matches("<h1").count(), 1, "{path}");
        assert_eq!(page.body.matches("<main").count(), 1, "{path}");
        assert!(
            page.body.contains("<a class=\"skip vh\" href=\"#main\">") && page.body.contains("<footer"),
            "{path}"
        );
        assert!(page.title().ends_with(" – Harbour Access"), "{path}: {}", page.title());
        assert!(titles.insert(page.title().to_owned()), "{path}: {} stands twice", page.title());
        let ids: Vec<_> = page.body.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
        assert_eq!(
            ids.len(),
            ids.iter().collect::<std::collections::BTreeSet<_>>().len(),
            "{path}: an id stands twice"
        );
    }
}

#[tokio::test]
async fn style_sheet_and_script_are_kept_for_ever_under_an_address_that_changes() {
    let house = House::empty();
    let mut browser = house.browser();
    let page = browser.get("/sign-in").await;
    let path = between(&page.body, "<link rel=\"stylesheet\" href=\"", "\"").to_owned();
    let sheet = browser.get(&path).await.is(StatusCode::OK);
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
    assert!(sheet.header("cache-control").contains("immutable"));
    assert!(sheet.set_cookies().is_empty());
    browser.get("/static/../Cargo.toml").await.is(StatusCode::NOT_FOUND);
    browser.get("/static/else.css").await.is(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_nowhere_is_a_page_for_people_and_a_problem_for_programs() {
    let house = House::empty();
    let mut browser = house.browser();
    let page = browser.get("/nowhere").await.is(StatusCode::NOT_FOUND);
    assert!(page.header("content-type").starts_with("text/html"));
    let problem = browser.get_as_program("/nowhere").await.is(StatusCode::NOT_FOUND);
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert!(problem.body.contains("\"code\":\"not_found\""), "{}", problem.body);
}
