//! User Management and what lies around it, for an Owner and for somebody with little access.
use registration_domain::{port::MailerError, time::DAY};

use crate::{
    driver::Driver,
    house::House,
    scene::PASSWORD,
    walk::{SUBMIT, walk},
};

#[test]
fn an_owner_invites_changes_and_removes() {
    walk(House::furnished, |walk| {
        walk.sign_in("ana");
        assert_eq!(walk.driver.path(), walk.house.path("organization"));
        walk.house.deliver(None);
        walk.check_page("What happened last");
        walk.see_in_place("/users", "Bo Lindqvist");
        for tab in ["pending", "failed", "expired", "removed"] {
            walk.see_in_place(&format!("/users?tab={tab}"), "User Management");
        }
        walk.see_in_place("/users/invite", "One or many.");
        walk.fill(&[("emails", "zoe@x.example, Yan <yan@y.example>; bo@acme.example dana@")]);
        walk.driver.click("#access-all");
        walk.submit("Check before sending 2 invitations");
        walk.fill(&[("mend-1", "dana@y.example")]);
        walk.follow("button[name=check]", "Check before sending 3 invitations");
        walk.submit("3 invitations sent");
        walk.check_page("This person is a member already.");
        walk.see_in_place("/users?tab=pending", "zoe@x.example");
        walk.follow("tbody th a", "Correct the address or the access");
        walk.follow("main .row a.btn", "The link in the email stops working at once");
        walk.house.deliver(Some(MailerError::Refused("550 mailbox does not exist".into())));
        walk.see_in_place("/users?tab=failed", "550 mailbox does not exist");
        walk.see_in_place("/users?q=lindqvist", "bo@acme.example");
        walk.follow(".actions a[href$=permissions]", "Permissions of Bo Lindqvist");
        walk.follow("main section a.btn", "You keep all permissions, but are no longer an Owner.");
        walk.see_in_place("/users?q=lindqvist", "bo@acme.example");
        walk.follow(".actions a[href$=remove]", "Remove Bo Lindqvist from Acme GmbH?");
        let removal = walk.driver.path();
        walk.submit("Bo Lindqvist no longer has access to Acme GmbH.");
        walk.see(&removal, "Ana Ruiz removed Bo Lindqvist on");
        walk.see_in_place("/audit", "Access removed");
        walk.see_in_place("/settings", "Let people find this organization");
    });
}

#[test]
fn two_who_change_one_access_see_what_the_other_did() {
    walk(House::furnished, |walk| {
        walk.sign_in("ana");
        walk.see_in_place("/users?q=emil", "emil@acme.example");
        walk.follow(".actions a[href$=permissions]", "Permissions of Emil");
        let page = walk.driver.path();
        let bo = Driver::start();
        bo.go(&format!("{}/sign-in", walk.house.url));
        bo.fill("#identifier", "bo");
        bo.fill("#password", PASSWORD);
        bo.follow(SUBMIT);
        bo.go(&format!("{}{page}", walk.house.url));
        bo.click("input[value='orders.place']");
        bo.follow(SUBMIT);
        walk.driver.click("input[value='audit.view']");
        walk.submit("Bo Lindqvist changed the permissions of Emil Sørensen-Van der Groot on");
        walk.follow("main form button", "Can no longer: Place orders.");
    });
}

#[test]
fn what_was_typed_is_there_after_a_new_sign_in() {
    walk(House::furnished, |walk| {
        walk.sign_in("ana");
        walk.see_in_place("/users/invite", "One or many.");
        walk.fill(&[("emails", "zoe@x.example"), ("message", "See you on Monday")]);
        walk.house.clock.advance(DAY);
        walk.submit("What you typed waits an hour for you");
        walk.fill(&[("identifier", "ana"), ("password", PASSWORD)]);
        walk.submit("One or many.");
        let typed = walk.driver.run("return document.getElementById('message').value");
        assert_eq!(typed, "See you on Monday");
    });
}

#[test]
fn what_is_ones_own_and_what_stands_at_the_foot() {
    walk(House::furnished, |walk| {
        walk.sign_in("emil");
        walk.see_in_place("/users/invite", "This needs the permission Invite members.");
        for (path, words) in [
            ("/start", "as an individual user"),
            ("/organizations", "Your organizations"),
            ("/organizations/new", "Create an organization"),
            ("/help", "You were invited"),
            ("/accessibility", "WCAG 2.2"),
            ("/privacy", "Cookies"),
            ("/nothing", "We cannot find that page"),
        ] {
            walk.see(path, words);
        }
    });
}

#[test]
fn an_administrator_of_the_platform_tries_how_mail_leaves() {
    walk(House::furnished, |walk| {
        walk.sign_in("ana");
        walk.see("/platform/email", "protected by TLS");
        walk.submit("250 2.0.0 queued for ana@acme.example");
        walk.submit("451 4.7.1 try again later");
    });
}
