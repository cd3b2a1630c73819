//! Where people belong: more than one organization, who owns it, and long lists of who is there.
use registration_domain::{access::Access, invitation::InvitationId};

use crate::{
    house::House,
    requests::{acme, ana},
    scene::{self, PASSWORD},
    walk::{SUBMIT, walk},
};

#[test]
fn another_organization_is_founded_and_somebody_with_an_account_comes_in() {
    walk(House::furnished, |walk| {
        walk.sign_in("ana");
        walk.see("/organizations/new", "Create an organization");
        walk.submit("There is a problem");
        walk.fill(&[("organization", "Brightwater")]);
        walk.submit("Brightwater is ready. You are its Owner.");
        walk.open(&format!("{}/users/invite", walk.driver.path()));
        walk.fill(&[("emails", "emil@acme.example")]);
        walk.driver.click("#access-all");
        walk.driver.follow(SUBMIT);
        walk.driver.follow("tbody th a");
        let id = walk.driver.path().rsplit('/').next().unwrap().parse().unwrap();
        walk.driver.forget_cookies();
        let link = format!("/i/{}", scene::token(InvitationId::new(id)).expose());
        walk.see(&link, "Ana Ruiz invites you to join Brightwater.");
        walk.see("/invitation/accept", "Already have an account?");
        walk.follow("main a[href^='/sign-in']", "Email or username");
        walk.fill(&[("identifier", "emil"), ("password", PASSWORD)]);
        walk.submit("Ana Ruiz invites you to join Brightwater.");
        walk.submit("You have joined Brightwater.");
        walk.see("/organizations", "Acme GmbH");
        walk.see(&link, "You have already accepted this invitation");
    });
}

#[test]
fn ownership_is_handed_over() {
    walk(House::furnished, |walk| {
        walk.sign_in("ana");
        walk.see_in_place("/users?q=lindqvist", "bo@acme.example");
        walk.driver.follow(".actions a[href$=permissions]");
        walk.driver.follow("main section a.btn");
        walk.submit("Bo Lindqvist is now an Owner of Acme GmbH.");
        walk.see_in_place("/users?sort=-access", "bo@acme.example");
    });
}

#[test]
fn a_long_list_is_sorted_searched_and_read_part_by_part() {
    let house = || {
        let house = House::furnished();
        let organization = acme(&house);
        house.act(async |platform| {
            let ana = ana(platform).await;
            for number in 0..30 {
                let email = format!("p{number:02}@acme.example");
                scene::invite(platform, &ana, organization, &email, Access::All).await;
            }
        });
        house
    };
    walk(house, |walk| {
        walk.sign_in("ana");
        walk.see_in_place("/users?tab=pending", "p29@acme.example");
        walk.follow(".paging a[rel=next]", "p03@acme.example");
        walk.follow(".paging a", "p29@acme.example");
        walk.see_in_place("/users?tab=pending&q=p07", "p07@acme.example");
        walk.see_in_place("/users?tab=pending&q=nobody", "Nothing found for “nobody”");
        walk.see_in_place("/users", "Bo Lindqvist");
        walk.follow("th[aria-sort] a", "Bo Lindqvist");
        assert!(walk.driver.has("th[aria-sort=descending]"), "by name, from the end");
    });
}
