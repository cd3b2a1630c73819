//! How somebody gets in: a forgotten password, another one, and who tried.
use crate::{driver::Driver, house::House, scene::PASSWORD, walk::walk};

const NEW: &str = "Rainy-harbour-7";

#[test]
fn somebody_changes_their_password_and_sees_where_they_are_signed_in() {
    walk(House::furnished, |walk| {
        walk.sign_in("ana");
        walk.open("/me");
        walk.follow("a[href='/me/password']", "Your other sessions are signed out.");
        walk.submit("Enter your current password");
        walk.fill(&[("current_password", "guess"), ("password", NEW), ("confirmation", NEW)]);
        walk.submit("The current password is not right. 4 tries left.");
        walk.fill(&[("current_password", PASSWORD), ("password", PASSWORD), ("confirmation", PASSWORD)]);
        walk.submit("The new password is the same as the current one.");
        walk.fill(&[("current_password", PASSWORD), ("password", NEW), ("confirmation", NEW)]);
        walk.submit("Password changed.");
        walk.see("/me/sign-ins", "This device");
        walk.see("/me/sign-ins?outcome=locked", "No sign-in with this result.");
    });
}

#[test]
fn somebody_signs_out_everywhere_else() {
    walk(House::furnished, |walk| {
        let other = Driver::start();
        other.go(&format!("{}/sign-in", walk.house.url));
        other.fill("#identifier", "ana");
        other.fill("#password", PASSWORD);
        other.follow(crate::walk::SUBMIT);
        walk.sign_in("ana");
        walk.see("/me/sign-ins", "Sign out everywhere else");
        walk.submit("Signed out everywhere else.");
        other.go(&format!("{}/me", walk.house.url));
        assert!(other.path().starts_with("/sign-in"), "{}", other.path());
    });
}

#[test]
fn somebody_who_forgot_their_password_sets_another_one_once() {
    walk(House::furnished, |walk| {
        walk.open("/sign-in");
        walk.follow("a[href='/reset']", "The link works once.");
        walk.submit("There is a problem");
        walk.fill(&[("email", "nobody@acme.example")]);
        walk.submit("If an account has this address, we have sent a link to it.");
        walk.open("/reset");
        walk.fill(&[("email", "ana@acme.example")]);
        walk.submit("If an account has this address, we have sent a link to it.");
        walk.house.act(async |platform| platform.answer_reset_requests().await.unwrap());
        let link = walk.house.mailed_path();
        walk.see(&link, "For the account of ana@acme.example.");
        assert_eq!(walk.driver.path(), "/reset/password", "the token leaves the address");
        walk.fill(&[("password", "short"), ("confirmation", "other")]);
        walk.submit("Use at least 10");
        walk.see(&link, "For the account of ana@acme.example.");
        walk.fill(&[("password", NEW), ("confirmation", NEW)]);
        walk.submit("Password set. Sign in with it.");
        walk.fill(&[("identifier", "ana"), ("password", NEW)]);
        walk.driver.follow(crate::walk::SUBMIT);
        walk.see(&link, "This link has been used");
        walk.see("/r/made.up", "We cannot find this link");
        walk.follow("main a", "The link works once.");
    });
}

#[test]
fn whoever_guessed_too_often_is_told_until_when() {
    walk(House::furnished, |walk| {
        for _ in 0..5 {
            walk.open("/sign-in");
            walk.fill(&[("identifier", "ana"), ("password", "guess")]);
            walk.driver.follow(crate::walk::SUBMIT);
        }
        walk.fill(&[("identifier", "ana"), ("password", PASSWORD)]);
        walk.submit("Too many tries. You can try again at");
        walk.follow("main a[href='/reset']", "The link works once.");
    });
}
