//! The development mailbox: a mail can do nothing on its page.
use poem::http::StatusCode;

use crate::support::House;

#[tokio::test]
async fn a_mail_is_shown_in_a_sandbox_with_link_and_code_at_hand() {
    let house = House::empty();
    let mut browser = house.browser();
    browser
        .get("/dev/mailbox")
        .await
        .is(StatusCode::OK)
        .says("Development mailbox. Nothing here was delivered.")
        .says("Code 482913");
    let page = browser.get("/dev/mailbox/m1").await.says("Open the link").says("Copy the code");
    assert!(
        page.body
            .contains("<iframe class=\"letter wfull\" sandbox src=\"/dev/mailbox/m1/body?scheme=light\"")
    );
    assert!(!page.body.contains("owned"), "the mail's own HTML is in its frame only");
    let body = browser.get("/dev/mailbox/m1/body").await.is(StatusCode::OK);
    let policy = body.header("content-security-policy");
    assert!(
        policy.contains("sandbox") && policy.contains("default-src 'none'") && !policy.contains("script")
    );
    assert_eq!(body.header("x-frame-options"), "SAMEORIGIN");
    browser.get("/dev/mailbox/m1?view=text").await.says("See the invitation: http://127.0.0.1:8088/i/token");
    browser.get("/dev/mailbox/m1?view=headers").await.says("auto-generated");
    browser.get("/dev/mailbox/m1?view=raw").await.says("Subject: x");
    assert_eq!(browser.get("/dev/mailbox/m1/raw").await.header("content-type"), "message/rfc822");
    browser.get("/dev/mailbox/m2").await.is(StatusCode::NOT_FOUND);
    browser.get("/dev/mailbox?q=to%3Anobody").await.says("Nothing found for “to:nobody”");
    browser.get("/dev/mailbox").await;
    browser.post("/dev/mailbox", &[("clear", "yes")]).await.leads_to("/dev/mailbox");
    browser.get("/dev/mailbox").await.says("The mailbox is empty.");
    browser.post("/dev/mailbox", &[("samples", "yes")]).await.leads_to("/dev/mailbox");
}

#[tokio::test]
async fn a_mail_is_looked_at_in_each_width_and_look_and_checked() {
    let house = House::empty();
    let mut browser = house.browser();
    let page = browser.get("/dev/mailbox/m1").await.says("320 px").says("Full width");
    let narrow = browser.get(&page.link("width=320")).await;
    assert!(narrow.body.contains("class=\"letter w320\"") && narrow.body.contains("/body?scheme=light"));
    let dark = browser.get(&narrow.link("scheme=dark")).await;
    assert!(dark.body.contains("class=\"letter w320\"") && dark.body.contains("/body?scheme=dark"));
    let body = browser.get("/dev/mailbox/m1/body?scheme=dark").await;
    assert!(body.body.contains("@media all {") && !body.body.contains("prefers-color-scheme"));
    assert!(browser.get("/dev/mailbox/m1/body").await.body.contains("@media not all {"));
    page.says("Smaller than 102 KB 5 KBPasses").says("Has all its headers To, Subject, Date");
}

#[tokio::test]
async fn an_address_is_made_to_bounce_and_to_deliver_again() {
    let house = House::empty();
    let mut browser = house.browser();
    let letter = browser.get("/dev/mailbox/m1").await.says("Simulate bounce hana@acme.example");
    assert!(!letter.body.contains("Deliver again"));
    browser.post("/dev/mailbox", &[("email", "Hana@acme.example")]).await.leads_to("/dev/mailbox");
    browser
        .get("/dev/mailbox")
        .await
        .says("Mail to Hana@acme.example bounces from now on.")
        .says("Deliver again hana@acme.example");
    browser.get("/dev/mailbox/m1").await.hides("Simulate bounce hana@acme.example");
    browser.post("/dev/mailbox", &[("email", "hana@acme.example"), ("deliver", "yes")]).await;
    browser.get("/dev/mailbox").await.says("Mail to hana@acme.example arrives again.").hides("Deliver again");
    let wrong = browser.post("/dev/mailbox", &[("email", "chidi@")]).await;
    wrong.is(StatusCode::UNPROCESSABLE_ENTITY).says("There is a problem").says("like name@example.com");
    browser
        .post("/dev/mailbox", &[])
        .await
        .is(StatusCode::UNPROCESSABLE_ENTITY)
        .says("Enter an email address");
}

#[tokio::test]
async fn a_page_that_breaks_is_a_page_too() {
    let house = House::empty();
    let mut browser = house.browser();
    let page = browser.get("/dev/mailbox/breaks").await.is(StatusCode::INTERNAL_SERVER_ERROR);
    page.says("Something went wrong on our side").hides("a secret in a panic");
}
