//! Somebody signs up by themselves: the form, the code that was mailed, and what may come between.
use std::time::Duration;

use registration_domain::{
    settings::Settings,
    time::{HOUR, MINUTE},
};

use crate::{
    driver::Driver,
    house::House,
    scene::PASSWORD,
    walk::{SUBMIT, Walk, walk},
};

const RESEND: &str = "form[action='/sign-up/resend'] button";
const OTHER_ADDRESS: &str = "[formaction='/sign-up/change']";

/// Fills in the form and sends it; the page that follows is looked at closely, and says these words.
#[track_caller]
fn sign_up(walk: &Walk, email: &str, username: &str, words: &str) {
    walk.open("/sign-up");
    walk.fill(&[
        ("email", email),
        ("username", username),
        ("first_name", "Nils"),
        ("last_name", "Holm"),
        ("password", PASSWORD),
        ("confirmation", PASSWORD),
    ]);
    walk.submit(words);
}

/// Sends a code, and looks closely at what is said of it.
#[track_caller]
fn send_code(walk: &Walk, code: &str, words: &str) {
    walk.fill(&[("code", code)]);
    walk.submit(words);
}

/// Another code than the one that was mailed.
fn wrong(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

#[test]
fn a_person_signs_up_with_scripts_and_without() {
    walk(House::furnished, |walk| {
        walk.see("/sign-in", "No account yet?");
        walk.see("/sign-up", "We will send a 6-digit code to check that it is yours.");
        walk.driver.click("header .menu summary");
        walk.check_page("Create an organization");
        walk.open("/sign-up");
        walk.driver.click("header .menu summary");
        walk.follow(".menu a[href$=join]", "Sign up to join an organization");
        walk.submit("Enter your email address");
        sign_up(walk, "nils@gmial.com", "ana", "That username is taken. Free: ana2");
        sign_up(walk, "nils@gmial.com", "nils.h", "Did you mean nils@gmail.com?");
        walk.follow("[name=suggested]", "Already have an account?");
        walk.fill(&[("password", PASSWORD), ("confirmation", PASSWORD)]);
        walk.submit("We sent a 6-digit code to nils@gmail.com. It works for 10 minutes.");
        let older = walk.house.mailed_code();
        send_code(walk, "48291O", "The code has 6 digits and no letters.");
        send_code(walk, wrong(&older), "You have 4 tries left.");
        walk.house.clock.advance(MINUTE);
        walk.open("/sign-up/verify");
        walk.follow(RESEND, "Only the newest code works.");
        walk.follow(OTHER_ADDRESS, "Already have an account?");
        walk.open("/sign-up/verify");
        let newer = walk.house.mailed_code();
        let pasted = format!("Your code is {}-{}.", &newer[..3], &newer[3..]);
        send_code(walk, &pasted, "Email confirmed. Sign in to continue.");
        walk.see("/sign-up/verify", "This email is confirmed");
        walk.follow("main .btn", "Forgot the password?");
        walk.fill(&[("password", PASSWORD)]);
        walk.submit("You use Harbour Access as an individual user. You can also:");
    });
}

#[test]
fn what_came_to_an_end_says_how_to_go_on() {
    walk(House::furnished, |walk| {
        walk.see("/sign-up/verify", "This sign-up was started in another browser");
        sign_up(walk, "ana@acme.example", "ana.other", "We sent a 6-digit code to ana@acme.example.");
        sign_up(walk, "nils@acme.example", "nils.h", "You can ask for a new code at");
        let code = walk.house.mailed_code();
        for _ in 1..5 {
            walk.fill(&[("code", wrong(&code))]);
            walk.driver.follow(SUBMIT);
        }
        send_code(walk, wrong(&code), "That was the last try for this code. Ask for a new one.");
        send_code(walk, &code, "That was the last try for this code. Ask for a new one.");
        walk.house.clock.advance(10 * MINUTE);
        send_code(walk, &code, "That code expired at");
        walk.house.clock.advance(HOUR);
        walk.see("/sign-up/verify", "This sign-up has expired");
        walk.follow("main .btn", "Sign up");
    });
}

#[test]
fn a_username_that_was_taken_meanwhile_is_asked_for_anew() {
    walk(House::furnished, |walk| {
        sign_up(walk, "eva@acme.example", "nils.h", "Check your email");
        let (code, other) = (walk.house.mailed_code(), Driver::start());
        let quick = Walk { house: House::empty(), driver: other, has_scripts: true };
        quick.driver.go(&format!("{}/sign-up", walk.house.url));
        quick.fill(&[
            ("email", "nils@acme.example"),
            ("username", "nils.h"),
            ("first_name", "Nils"),
            ("last_name", "Holm"),
            ("password", PASSWORD),
            ("confirmation", PASSWORD),
        ]);
        quick.driver.follow(SUBMIT);
        quick.fill(&[("code", &walk.house.mailed_code())]);
        quick.driver.follow(SUBMIT);
        send_code(walk, &code, "Somebody took the username nils.h while you were checking your email.");
        walk.fill(&[("username", "eva.holm")]);
        walk.submit("Email confirmed. Sign in to continue.");
    });
}

#[test]
fn whoever_was_invited_is_led_to_it_after_signing_up() {
    walk(House::furnished, |walk| {
        sign_up(walk, "hana@acme.example", "hana", "Check your email");
        walk.fill(&[("code", &walk.house.mailed_code())]);
        walk.driver.follow(SUBMIT);
        walk.sign_in("hana");
        walk.check_page("Acme GmbH has invited you.");
        walk.follow("a[href^='/start/invitations/']", "Ana Ruiz invites you to join Acme GmbH.");
    });
}

#[test]
fn where_one_comes_by_invitation_no_form_is_shown() {
    walk(
        || House::of(|it: &mut Settings| it.sign_up_is_open = false),
        |walk| {
            walk.see("/sign-up", "Sign-up is by invitation here");
            assert!(!walk.driver.has("input[type=password]"));
        },
    );
}

#[test]
fn a_new_code_can_be_asked_for_as_soon_as_it_may_be() {
    let walk = Walk { house: House::furnished(), driver: Driver::start(), has_scripts: true };
    sign_up(&walk, "nils@acme.example", "nils.h", "You can ask for a new code at");
    let shown = format!("{RESEND}:not([hidden])[data-after]");
    assert!(!walk.driver.has(&shown));
    walk.house.clock.advance(MINUTE.saturating_sub(Duration::from_millis(300)));
    walk.open("/sign-up/verify");
    walk.driver.wait_for(&shown);
    walk.check_page("Send a new code");
    assert!(!walk.driver.text().contains("You can ask for a new code at"), "{}", walk.driver.text());
}
