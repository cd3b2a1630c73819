//! User Management and what lies around it, for an Owner and for somebody with little access.
use registration_domain::port::MailerError;

use crate::{house::House, walk::walk};

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
        walk.submit("2 invitations sent");
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
        walk.submit("Bo Lindqvist no longer has access to Acme GmbH.");
        walk.see_in_place("/audit", "Access removed");
        walk.see_in_place("/settings", "Let people find this organization");
    });
}

#[test]
fn what_is_ones_own_and_what_stands_at_the_foot() {
    walk(House::furnished, |walk| {
        walk.sign_in("emil");
        walk.see_in_place("/users/invite", "This needs the permission Invite members.");
        for (path, words) in [
            ("/start", "You belong to no organization"),
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
