//! Signing up on the pages: what each state says, and what is kept on the way.
use poem::http::StatusCode;
use registration_domain::{
    settings::Settings,
    time::{DAY, HOUR, MINUTE},
    verification_code::VerificationCode,
};

use crate::{
    scene::PASSWORD,
    support::{Browser, House, Page},
};

const ANA: [(&str, &str); 7] = [
    ("email", "nils@acme.example"),
    ("username", "nils.h"),
    ("first_name", "Nils"),
    ("last_name", "Holm"),
    ("password", PASSWORD),
    ("confirmation", PASSWORD),
    ("next", "start"),
];

/// The same with another value in one field.
fn with<'a>(name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    ANA.iter().map(|(field, old)| (*field, if *field == name { value } else { *old })).collect()
}

/// Fills in the form, and comes to the page of the code.
async fn started(browser: &mut Browser, fields: &[(&str, &str)]) -> Page {
    browser.get("/sign-up").await.is(StatusCode::OK);
    browser.post("/sign-up", fields).await.leads_to("/sign-up/verify");
    browser.get("/sign-up/verify").await.is(StatusCode::OK)
}

fn wrong(code: &VerificationCode) -> String {
    registration_testkit::scenario::wrong(code).expose().to_owned()
}

#[tokio::test]
async fn every_mistake_is_told_at_once_beside_its_field() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    browser.get("/sign-up").await.is(StatusCode::OK).says("We will send a 6-digit code");
    let page = browser.post("/sign-up", &[]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.title().starts_with("Error: Sign up"));
    for words in [
        "There is a problem",
        "Enter your email address",
        "Enter a username",
        "Enter your first name",
        "Enter your last name",
        "Enter a password",
    ] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let taken =
        [("email", "no address"), ("username", "ana"), ("password", "short"), ("confirmation", "else")];
    let page = browser.post("/sign-up", &taken).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "Enter an email address in the correct format, like name@example.com",
        "That username is taken. Free: ana2",
        "Enter your first name",
        "Your password has 5 characters. Use at least 10.",
        "The two passwords are not the same",
    ] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    assert!(page.body.contains("value=\"no address\"") && !page.body.contains("value=\"short\""));
}

#[tokio::test]
async fn the_code_leads_to_the_account_and_on_to_what_was_wanted() {
    for (next, title, leads) in [
        ("start", "Sign up", "/"),
        ("join", "Sign up to join an organization", "/join"),
        ("create", "Sign up to create an organization", "/organizations/new"),
    ] {
        let (house, ..) = House::founded().await;
        let mut browser = house.browser();
        browser.get(&format!("/sign-up?next={next}")).await.says(title);
        browser.post("/sign-up", &with("next", next)).await.leads_to("/sign-up/verify");
        browser.get("/sign-up/verify").await.says("to nils@acme.example. It works for 10 minutes.");
        let code = house.mailed_code().await;
        let pasted = format!("Your code is {}-{}", &code.expose()[..3], &code.expose()[3..]);
        let to = browser.post("/sign-up/verify", &[("code", &pasted)]).await;
        let to = to.is(StatusCode::SEE_OTHER).header("location").to_owned();
        let page = browser.get(&to).await.says("Email confirmed. Sign in to continue.");
        assert!(page.body.contains("value=\"nils@acme.example\""), "the address is filled in: {}", page.body);
        let fields = [("identifier", "nils.h"), ("password", PASSWORD), ("return_to", leads)];
        browser.post("/sign-in", &fields).await.leads_to(leads);
        assert!(!browser.cookies.contains_key("__Host-sign_up"), "{:?}", browser.cookies);
    }
}

#[tokio::test]
async fn whoever_has_the_address_the_pages_are_the_same() {
    let (house, ..) = House::founded().await;
    let mut told = Vec::new();
    for (email, username) in [("ANA@acme.example", "ana.other"), ("nils@acme.example", "nils.other")] {
        let mut browser = house.browser();
        let fields: Vec<_> = with("email", email)
            .into_iter()
            .map(|(name, value)| (name, if name == "username" { username } else { value }))
            .collect();
        let page = started(&mut browser, &fields).await;
        let refused = browser.post("/sign-up/verify", &[("code", "not it")]).await;
        told.push((
            page.text().replace(email, "THEM"),
            refused.status,
            refused.text().replace(email, "THEM"),
        ));
    }
    assert_eq!(told[0], told[1]);
}

#[tokio::test]
async fn each_way_to_mistype_a_code_has_its_own_words() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    started(&mut browser, &ANA).await;
    for (code, words) in [
        ("", "Enter the 6-digit code"),
        ("12345", "You entered 5 digits. The code has 6."),
        ("1234567", "You entered 7 digits. The code has 6."),
        ("48291O", "The code has 6 digits and no letters."),
        ("111111 or 222222", "There is more than one 6-digit number in there."),
    ] {
        let page = browser.post("/sign-up/verify", &[("code", code)]).await;
        page.is(StatusCode::UNPROCESSABLE_ENTITY).says(words);
    }
    let code = house.mailed_code().await;
    browser.post("/sign-up/verify", &[("code", code.expose())]).await.is(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn tries_are_told_until_the_last_and_no_code_is_shown_again() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    started(&mut browser, &ANA).await;
    let guess = wrong(&house.mailed_code().await);
    let last = "That was the last try for this code. Ask for a new one.";
    for words in [
        "You have 4 tries left.",
        "You have 3 tries left.",
        "You have 2 tries left.",
        "You have one try left.",
        last,
    ] {
        let page = browser.post("/sign-up/verify", &[("code", &guess)]).await;
        let page = page.is(StatusCode::UNPROCESSABLE_ENTITY).says(words);
        assert!(!page.body.contains(&guess), "a code that was judged is typed anew");
    }
    let page = browser.post("/sign-up/verify", &[("code", &guess)]).await;
    page.is(StatusCode::TOO_MANY_REQUESTS).says(last);
}

#[tokio::test]
async fn a_new_code_can_be_sent_after_a_minute() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    let page = started(&mut browser, &ANA).await.says("You can ask for a new code at");
    assert!(page.body.contains("hidden data-after=\"60000\""), "{}", page.body);
    let older = house.mailed_code().await;
    let early = browser.post("/sign-up/resend", &[]).await.is(StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(early.header("retry-after"), "61");
    early.says("You can ask for a new code at");
    house.clock.advance(MINUTE);
    browser.get("/sign-up/verify").await.hides("data-after");
    browser.post("/sign-up/resend", &[]).await.leads_to("/sign-up/verify");
    browser.get("/sign-up/verify").await.says("Only the newest code works.");
    let refused = browser.post("/sign-up/verify", &[("code", older.expose())]).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).says("That code is not right.");
    let newer = house.mailed_code().await;
    browser.post("/sign-up/verify", &[("code", newer.expose())]).await.is(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_code_and_a_sign_up_that_are_over_say_so() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    started(&mut browser, &ANA).await;
    let code = house.mailed_code().await;
    house.clock.advance(10 * MINUTE);
    let page = browser.post("/sign-up/verify", &[("code", code.expose())]).await.is(StatusCode::GONE);
    page.says("That code expired at").says("Send a new code");
    house.clock.advance(HOUR);
    let ended = browser.get("/sign-up/verify").await.says("This sign-up has expired");
    let again = ended.link("/sign-up?change");
    let page = browser.get(&again).await;
    assert!(page.body.contains("value=\"nils@acme.example\"") && page.body.contains("value=\"nils.h\""));
    house.clock.advance(DAY);
}

#[tokio::test]
async fn another_browser_does_not_know_the_sign_up() {
    let (house, ..) = House::founded().await;
    started(&mut house.browser(), &ANA).await;
    let mut other = house.browser();
    other.get("/sign-up/verify").await.says("This sign-up was started in another browser");
    other.cookies.insert("__Host-sign_up".into(), "made.up".into());
    other.get("/sign-up/verify").await.says("This sign-up was started in another browser");
}

#[tokio::test]
async fn another_address_keeps_everything_but_the_passwords() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    started(&mut browser, &with("next", "join")).await;
    let to = browser.post("/sign-up/change", &[]).await.header("location").to_owned();
    let page = browser.get(&to).await.says("Sign up to join an organization");
    for value in ["nils@acme.example", "nils.h", "Nils", "Holm"] {
        assert!(page.body.contains(&format!("value=\"{value}\"")), "{value}: {}", page.body);
    }
    assert!(!page.body.contains(PASSWORD));
}

#[tokio::test]
async fn a_likely_slip_is_told_and_blocks_nothing() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    let page = started(&mut browser, &with("email", "nils@gmial.com")).await;
    page.says("We sent it to nils@gmial.com. Did you mean nils@gmail.com?");
    let to = browser.post("/sign-up/change", &[("suggested", "yes")]).await.header("location").to_owned();
    assert!(browser.get(&to).await.body.contains("value=\"nils@gmail.com\""));
}

#[tokio::test]
async fn a_username_that_was_taken_meanwhile_is_asked_for_anew_beside_the_code() {
    let (house, ..) = House::founded().await;
    let (mut slow, mut quick) = (house.browser(), house.browser());
    started(&mut slow, &ANA).await;
    let code = house.mailed_code().await;
    started(&mut quick, &with("email", "eva@acme.example")).await;
    let theirs = house.mailed_code().await;
    quick.post("/sign-up/verify", &[("code", theirs.expose())]).await.is(StatusCode::SEE_OTHER);
    let page = slow.post("/sign-up/verify", &[("code", code.expose())]).await.is(StatusCode::CONFLICT);
    let page = page.says("Somebody took the username nils.h while you were checking your email.");
    assert!(page.body.contains(&format!("value=\"{}\"", code.expose())), "the code stays in its field");
    let (csrf, key) = (slow.hidden("csrf"), slow.hidden("form_key"));
    let fields = [("code", code.expose()), ("username", "nils.holm")];
    slow.post("/sign-up/verify", &fields).await.is(StatusCode::SEE_OTHER);
    // Pressed twice: the name is taken by now, by the very account that the form made.
    let again = [("csrf", csrf.as_str()), ("form_key", key.as_str()), fields[0], fields[1]];
    let same_origin = [("origin", crate::support::ORIGIN), ("sec-fetch-site", "same-origin")];
    slow.post_bare("/sign-up/verify", &again, &same_origin).await.is(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_confirmed_sign_up_says_so_in_another_tab() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    started(&mut browser, &ANA).await;
    let code = house.mailed_code().await;
    browser.post("/sign-up/verify", &[("code", code.expose())]).await.is(StatusCode::SEE_OTHER);
    let page = browser.get("/sign-up/verify").await.says("This email is confirmed");
    assert!(page.link("/sign-in").contains("return_to"));
}

#[tokio::test]
async fn a_closed_sign_up_says_so_instead_of_the_form() {
    let house = House::of(|it: &mut Settings| it.sign_up_is_open = false);
    let mut browser = house.browser();
    let page = browser.get("/sign-up").await.says("Sign-up is by invitation here");
    page.says("Ask a person you know at your organization to invite you.").hides("name=\"password\"");
    browser.get("/sign-in").await.hides("/sign-up");
}

#[tokio::test]
async fn whoever_is_signed_in_goes_straight_on() {
    let (house, ..) = House::founded().await;
    let mut ana = house.signed_in("ana").await;
    ana.get("/sign-up?next=join").await.leads_to("/join");
    ana.get("/sign-up?next=create").await.leads_to("/organizations/new");
}

#[tokio::test]
async fn an_invitation_that_waits_is_the_first_thing_to_see_and_is_not_accepted_by_it() {
    let (house, organization, owner) = House::founded().await;
    let access = registration_domain::access::Access::All;
    let id = crate::scene::invite(&house.platform, &owner, organization, "nils@acme.example", access).await;
    let mut browser = house.browser();
    started(&mut browser, &ANA).await;
    let code = house.mailed_code().await;
    browser.post("/sign-up/verify", &[("code", code.expose())]).await.is(StatusCode::SEE_OTHER);
    browser.get("/sign-in").await.is(StatusCode::OK);
    browser.sign_in("nils.h").await.leads_to("/");
    browser.get("/").await.leads_to("/start");
    let page = browser.get("/start").await.says("Acme GmbH has invited you.");
    let page = page.says("You use Harbour Access as an individual user. You can also:");
    let open = page.link("/start/invitations/");
    browser.get(&open).await.leads_to("/invitation");
    browser.get("/invitation").await.says("invites you to join Acme GmbH");
    browser.get("/").await.leads_to("/start");
    let mut ana = house.signed_in("ana").await;
    ana.get(&format!("/start/invitations/{id}")).await.is(StatusCode::NOT_FOUND);
    ana.get("/start/invitations/x").await.is(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn german_pages_speak_german() {
    let (house, ..) = House::founded().await;
    let mut browser = house.browser();
    browser.language = "de";
    browser.get("/sign-up").await.says("Registrieren").says("Für Organisationen");
    browser.post("/sign-up", &ANA).await.leads_to("/sign-up/verify");
    browser.get("/sign-up/verify").await.says("Sehen Sie in Ihre E-Mails").says("Er gilt 10 Minuten.");
    let refused = browser.post("/sign-up/verify", &[("code", "12345")]).await;
    refused.says("Sie haben 5 Ziffern eingegeben.");
}
