//! A person looks after their own account.
use registration_domain::time::{HOUR, MINUTE};

use crate::{house::House, scene::PASSWORD, walk::walk};

#[test]
fn somebody_changes_their_details_and_reads_what_they_were_told() {
    walk(House::furnished, |walk| {
        walk.sign_in("ana");
        walk.see("/me", "Your details");
        walk.follow("a[href='/me/name']", "Everybody who works with you sees your name.");
        walk.fill(&[("first_name", "")]);
        walk.submit("There is a problem");
        walk.fill(&[("first_name", "Ana María")]);
        walk.submit("Ana María Ruiz");
        walk.follow("a[href='/me/username']", "You can sign in with it.");
        walk.see("/me/language", "Your pages speak it on every device.");
        walk.see("/me/time-zone", "Choose a city whose clocks show the same time as yours.");
        walk.see("/me/notifications", "accepted your invitation to Acme GmbH.");
        walk.submit("Notifications");
        assert!(!walk.driver.has(".bell .tag"), "all of it was read");
    });
}

#[test]
fn times_are_told_by_the_clock_of_the_browser() {
    walk(House::furnished, |walk| {
        walk.driver.live_in("Asia/Tokyo");
        walk.sign_in("ana");
        let told = if walk.has_scripts { "17:00 (Tokyo time)" } else { "08:00 UTC" };
        walk.see_in_place("/audit", told);
    });
}

#[test]
fn somebody_moves_to_another_address() {
    walk(House::furnished, |walk| {
        walk.sign_in("bo");
        walk.open("/me");
        walk.follow("a[href='/me/email']", "Your account has the address bo@acme.example.");
        walk.submit("There is a problem");
        walk.fill(&[("email", "bo@acme.example")]);
        walk.submit("Your account has this address already. Enter another one.");
        walk.fill(&[("email", "bo@lindqvist.example")]);
        walk.submit("We sent a 6-digit code to bo@lindqvist.example. It works for 10 minutes.");
        walk.fill(&[("code", "12345")]);
        walk.submit("You entered 5 digits. The code has 6.");
        walk.house.clock.advance(MINUTE);
        walk.open("/me/email/verify");
        walk.follow("form[action='/me/email/resend'] button", "Only the newest code works.");
        walk.see("/me/email", "A code is on its way to bo@lindqvist.example.");
        walk.follow("a[href='/me/email/verify']", "Until you enter it, your account keeps bo@acme.example.");
        walk.fill(&[("code", &walk.house.mailed_code())]);
        walk.submit("Your address is bo@lindqvist.example now. Your other sessions were signed out.");
        walk.house.clock.advance(HOUR);
        walk.see("/me/email", "You signed in more than an hour ago");
        walk.fill(&[("email", "bo@acme.example"), ("password", "guess")]);
        walk.submit("The current password is not right. 4 tries left.");
    });
}

#[test]
fn somebody_closes_their_account() {
    walk(House::furnished, |walk| {
        walk.sign_in("bo");
        walk.open("/me");
        walk.follow("a[href='/me/close']", "Nobody can bring it back.");
        walk.submit("Enter your current password");
        walk.fill(&[("password", "guess")]);
        walk.submit("The current password is not right. 4 tries left.");
        walk.fill(&[("password", PASSWORD)]);
        walk.submit("Your account is closed.");
        walk.fill(&[("identifier", "bo"), ("password", PASSWORD)]);
        walk.submit("The email, username or password is not right.");
    });
}

#[test]
fn whoever_is_needed_is_led_to_what_comes_first() {
    walk(House::furnished, |walk| {
        walk.sign_in("ana");
        walk.see("/me/close", "You are the only administrator of Harbour Access");
        walk.follow("main .card a", "User Management");
    });
}
