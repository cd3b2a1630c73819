//! An invitee's pages: the link in every state, coming in, saying no, signing in and out.
use registration_domain::time::{DAY, HOUR};

use crate::{
    house::House,
    scene::PASSWORD,
    walk::{Walk, walk},
};

#[test]
fn a_link_says_what_became_of_it() {
    walk(House::furnished, |walk| {
        walk.see("/invitation", "We do not know this link");
        walk.see(walk.house.path("revoked"), "This invitation was withdrawn");
        walk.see(walk.house.path("declined"), "This invitation was declined");
        walk.see(walk.house.path("open"), "Ana Ruiz invites you to join Acme GmbH.");
        walk.see("/invitation/decline", "Decline the invitation to Acme GmbH?");
        walk.house.clock.advance(7 * DAY);
        walk.see(walk.house.path("open"), "This invitation has expired");
        walk.submit("We have asked for a new invitation");
    });
}

#[test]
fn a_new_person_comes_in_and_goes() {
    walk(House::furnished, |walk| {
        walk.open(walk.house.path("open"));
        walk.see("/invitation/accept", "Already have an account?");
        walk.submit("There is a problem");
        assert!(walk.driver.title().starts_with("Error: "));
        walk.fill(&[("username", "hana"), ("first_name", "Hana"), ("last_name", "Sato")]);
        walk.fill(&[("password", PASSWORD), ("confirmation", PASSWORD)]);
        walk.submit("You have joined Acme GmbH.");
        assert_eq!(walk.driver.path(), walk.house.path("organization"));
        walk.driver.click("details.menu summary");
        walk.follow(".menu form button", "You are signed out.");
        walk.see(walk.house.path("open"), "This invitation has been accepted");
        walk.sign_in("hana");
        walk.see(walk.house.path("open"), "You have already accepted this invitation");
        walk.driver.forget_cookies();
        walk.open("/sign-in");
        walk.fill(&[("identifier", "ana"), ("password", "wrong")]);
        walk.submit("The email, username or password is not right.");
    });
}

#[test]
fn an_older_link_leads_to_the_newer_one() {
    walk(House::furnished, |walk| {
        walk.sign_in("ana");
        walk.house.clock.advance(HOUR);
        walk.see_in_place("/users?tab=pending", "hana@acme.example");
        walk.follow("tbody form[action$=resend] button", "The earlier link no longer works.");
        walk.driver.forget_cookies();
        walk.see(walk.house.path("open"), "A newer email was sent to hana@acme.example");
    });
}

#[test]
fn whoever_is_signed_in_as_somebody_else_changes_the_account() {
    walk(House::furnished, |walk| {
        walk.sign_in("ana");
        walk.see(walk.house.path("open"), "This invitation is for someone else");
        walk.submit("Ana Ruiz invites you to join Acme GmbH.");
        walk.driver.forget_cookies();
        walk.see("/invitation", "We do not know this link");
    });
}

#[test]
fn the_platform_is_set_up() {
    walk(House::empty, |walk: &Walk| {
        walk.see("/setup", "This setup link does not work");
        let link = walk.house.act(async |it| it.issue_setup_link().await.unwrap().unwrap());
        let path = link.expose().strip_prefix(&walk.house.url).unwrap();
        walk.see(path, "You are the first here.");
        walk.submit("There is a problem");
        walk.fill(&[("organization", "Acme GmbH"), ("email", "ana@acme.example"), ("username", "ana")]);
        walk.fill(&[("first_name", "Ana"), ("last_name", "Ruiz")]);
        walk.fill(&[("password", PASSWORD), ("confirmation", PASSWORD)]);
        walk.submit("Get started");
    });
}
