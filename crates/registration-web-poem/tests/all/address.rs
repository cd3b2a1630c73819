//! Another address on the pages: the code at the new one makes it one's own, and the old one is told.
use poem::http::StatusCode;
use registration_domain::time::{HOUR, MINUTE};
use registration_testkit::scenario::wrong;

use crate::{
    scene::{PASSWORD, accept, chosen, invite},
    support::{Browser, House, Page},
};

async fn asked(browser: &mut Browser, email: &str) -> Page {
    browser.get("/me/email").await.is(StatusCode::OK);
    browser.post("/me/email", &[("email", email)]).await.leads_to("/me/email/verify");
    browser.get("/me/email/verify").await.is(StatusCode::OK)
}

#[tokio::test]
async fn the_mailed_code_gives_the_account_its_new_address() {
    let (house, ..) = House::founded().await;
    let (mut here, mut there) = (house.signed_in("ana").await, house.signed_in("ana").await);
    here.get("/me").await.link("/me/email");
    let page =
        here.get("/me/email").await.is(StatusCode::OK).says("Your account has the address ana@acme.example.");
    page.hides("name=\"password\"");
    asked(&mut here, "Ana@New.example")
        .await
        .says("We sent a 6-digit code to Ana@New.example. It works for 10 minutes.")
        .says("Until you enter it, your account keeps ana@acme.example.");
    here.get("/me/email").await.says("A code is on its way to Ana@New.example.").link("/me/email/verify");
    here.get("/me/email/verify").await;
    let code = house.mailed_code().await;
    let pasted = format!("Your code is {}-{}", &code.expose()[..3], &code.expose()[3..]);
    let before = here.cookies.clone();
    here.post("/me/email/verify", &[("code", &pasted)]).await.leads_to("/me");
    assert_ne!(before, here.cookies, "the session goes on under another id");
    let said = "Your address is Ana@New.example now. Your other sessions were signed out.";
    here.get("/me").await.is(StatusCode::OK).says(said).hides("ana@acme.example");
    there.get("/me").await.is(StatusCode::SEE_OTHER);
    here.get("/me/email/verify").await.leads_to("/me/email");
    here.get("/me/email").await.hides("A code is on its way");
}

#[tokio::test]
async fn whoever_has_the_address_the_pages_are_the_same() {
    let mut told = Vec::new();
    for email in ["BO@acme.example", "NO@acme.example"] {
        let (house, organization, ana) = House::founded().await;
        let id = invite(&house.platform, &ana, organization, "bo@acme.example", chosen(&[])).await;
        accept(&house.platform, id, "bo", "Bo", "Lindqvist").await;
        let mut browser = house.signed_in("ana").await;
        let shown = asked(&mut browser, email).await;
        let mut pages = vec![shown.text()];
        for _ in 0..6 {
            let page = browser.post("/me/email/verify", &[("code", "000000")]).await;
            pages.push(format!("{} {}", page.status, page.text()));
        }
        house.clock.advance(MINUTE);
        browser.post("/me/email/resend", &[]).await.leads_to("/me/email/verify");
        pages.push(browser.get("/me/email/verify").await.text());
        told.push(pages.into_iter().map(|it| it.replace("NO@", "BO@")).collect::<Vec<_>>());
    }
    assert_eq!(told[0], told[1]);
}

#[tokio::test]
async fn what_is_wrong_with_the_wish_is_told_beside_its_field() {
    let (house, ..) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    browser.get("/me/email").await;
    for (email, words) in [
        ("", "Enter an email address"),
        ("ana@", "Enter an email address in the correct format"),
        ("ANA@acme.example", "Your account has this address already. Enter another one."),
    ] {
        let page = browser.post("/me/email", &[("email", email)]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
        let page = page.says("There is a problem").says(words);
        assert!(page.title().starts_with("Error: Change your email address"), "{}", page.title());
    }
}

#[tokio::test]
async fn whoever_signed_in_long_ago_says_their_password_again() {
    let (house, ..) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    house.clock.advance(HOUR);
    let page = browser.get("/me/email").await.says("You signed in more than an hour ago");
    assert!(page.body.contains("autocomplete=\"current-password\""));
    let with = |password| [("email", "new@acme.example"), ("password", password)];
    let page = browser.post("/me/email", &with("")).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    page.says("Enter your current password");
    for left in ["4 tries left", "3 tries left", "2 tries left", "1 try left", "You have to wait"] {
        let page = browser.post("/me/email", &with("guess")).await.is(StatusCode::UNPROCESSABLE_ENTITY);
        let page = page.says("The current password is not right.").says(left);
        assert!(!page.body.contains("guess"), "what was typed is not shown again");
    }
    let page = browser.post("/me/email", &with(PASSWORD)).await.is(StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.says("Too many tries").header("retry-after"), "2");
    house.clock.advance(MINUTE);
    browser.get("/me/email").await;
    browser.post("/me/email", &with(PASSWORD)).await.leads_to("/me/email/verify");
}

#[tokio::test]
async fn a_code_that_is_wrong_older_or_expired_says_so() {
    let (house, ..) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    asked(&mut browser, "new@acme.example").await.says("You can ask for a new code at");
    let code = house.mailed_code().await;
    for (typed, words) in [("", "Enter the 6-digit code"), ("12345", "You entered 5 digits. The code has 6.")]
    {
        let page = browser.post("/me/email/verify", &[("code", typed)]).await;
        page.is(StatusCode::UNPROCESSABLE_ENTITY).says(words);
    }
    let guess = wrong(&code);
    let page = browser.post("/me/email/verify", &[("code", guess.expose())]).await;
    let page =
        page.is(StatusCode::UNPROCESSABLE_ENTITY).says("That code is not right. You have 4 tries left.");
    assert!(!page.body.contains(guess.expose()), "a code that was judged is typed anew");
    let page = browser.post("/me/email/resend", &[]).await.is(StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.says("You can ask for a new code at").header("retry-after"), "61");
    house.clock.advance(MINUTE);
    browser.get("/me/email/verify").await;
    browser.post("/me/email/resend", &[]).await.leads_to("/me/email/verify");
    browser.get("/me/email/verify").await.says("Only the newest code works.");
    let page = browser.post("/me/email/verify", &[("code", code.expose())]).await;
    page.is(StatusCode::UNPROCESSABLE_ENTITY).says("That code is not right.");
    let newest = house.mailed_code().await;
    house.clock.advance(10 * MINUTE);
    browser.get("/me/email/verify").await;
    let page = browser.post("/me/email/verify", &[("code", newest.expose())]).await;
    page.is(StatusCode::GONE).says("That code expired at");
    house.clock.advance(HOUR);
    browser.get("/me/email").await.hides("A code is on its way");
    browser.post("/me/email/verify", &[("code", newest.expose())]).await.leads_to("/me/email");
    browser.get("/me/email").await.says("This change is finished or was started too long ago.");
}

#[tokio::test]
async fn nobody_is_shown_these_pages_who_is_not_signed_in() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    for path in ["/me/email", "/me/email/verify", "/me/close"] {
        let page = browser.get(path).await.is(StatusCode::SEE_OTHER);
        assert!(page.header("location").starts_with("/sign-in?return_to="), "{}", page.header("location"));
    }
}
