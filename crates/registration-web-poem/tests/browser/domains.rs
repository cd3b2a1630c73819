//! A domain from its first mention to somebody who joins by it.
use registration_testkit::contract::domain_proof::Zone;

use crate::{house::House, walk::walk};

const NAME: &str = "_registration-challenge.acme.example";

#[test]
fn a_domain_is_added_checked_verified_and_joined_by() {
    walk(House::furnished, |walk| {
        walk.sign_in("ana");
        walk.see_in_place("/settings", "Joining");
        walk.see_in_place("/email-domains", "No email domain yet");
        walk.submit("There is a problem");
        walk.fill(&[("domain", "acme.example")]);
        walk.driver.click("#policy-admit");
        walk.driver.click("#access-chosen");
        walk.driver.click("#permission-members-view");
        walk.submit("acme.example is added. Publish the record, then check it.");
        walk.submit("We found no TXT record at");
        walk.house.dns.publish(NAME, &[&["something else"]]);
        walk.submit("but with another value");
        walk.house.dns.fail(NAME);
        walk.submit("gave no answer about");
        let text = walk.driver.text();
        let value = text.split_whitespace().find(|it| it.starts_with("registration-verification="));
        walk.house.dns.publish(NAME, &[&[value.expect("the page shows the value")]]);
        walk.submit("The record was found. acme.example is verified.");
        walk.see_in_place("/email-domains", "They join at once.");
        walk.follow("tbody th a", "Keep the record published");
        walk.follow("main > p a[href$=remove]", "Remove acme.example?");
        walk.driver.forget_cookies();
        walk.open("/sign-in");
        walk.sign_in("gone");
        walk.see("/start", "Your address at acme.example lets you join Acme GmbH now.");
        walk.submit("You have joined Acme GmbH.");
    });
}
