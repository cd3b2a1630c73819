//! A person looks after their own account.
use crate::{house::House, walk::walk};

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
