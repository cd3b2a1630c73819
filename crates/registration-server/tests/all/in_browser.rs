//! Journey A as a person goes through it, in a browser, on both databases.
#[path = "../../../registration-web-poem/tests/browser/driver.rs"]
#[expect(dead_code, reason = "the tests of the pages do more with a browser")]
mod driver;

use std::cell::Cell;

use serde_json::json;

use super::{
    deployment::{Deployment, On},
    world::{PASSWORD, World, fresh_person},
};
use driver::Driver;

/// The one primary button of a page.
const SUBMIT: &str = "main form button:not([type=button])";

#[test]
fn journey_a_in_a_browser_on_sqlite_with_the_mailbox() {
    journey(&World::found(Deployment::start(On::Sqlite, 1)), 1);
}

#[test]
fn journey_a_in_a_browser_on_postgres_with_smtp_and_three_replicas() {
    journey(&World::found(Deployment::start_with_smtp(On::Postgres, 3, &[])), 3);
}

fn journey(world: &World, replicas: usize) {
    let discoverable = json!({ "discoverable": true });
    let organization = world.of("").trim_end_matches('/').to_owned();
    world.owner.client.call("PATCH", &organization, Some(discoverable), &[]).expect(200);
    let name = world.owner.client.get(&organization).expect(200).text("/name");
    let [nils, owner] = [(); 2].map(|()| Person::with(world.client().urls(), replicas));
    let (email, username) = fresh_person();

    nils.signs_up(&email, &username);
    let code = world.mails().code(&email);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    nils.fills("#code", wrong).sends("You have 4 tries left.");
    nils.fills("#code", &format!("Your code is {} {}.", &code[..3], &code[3..]));
    nils.sends("Email confirmed. Sign in to continue.");
    nils.fills("#password", PASSWORD).sends("Search for your organization");

    nils.goes(&format!("/join/{}", organization.rsplit('/').next().unwrap_or_default()));
    nils.sees(&format!("Join {name}"));
    nils.driver.click("#method-approval");
    nils.fills("#note", "I begin on Monday.").sends("Somebody there has to decide.");
    let request = nils.driver.path();

    owner.goes("/sign-in");
    owner.fills("#identifier", &world.owner.username).fills("#password", PASSWORD).sends(&name);
    let requests = format!("{}/requests", organization.replace("/organizations/", "/o/"));
    owner.goes(&requests);
    owner.sees("I begin on Monday.");
    owner.driver.follow(".request .actions a");
    owner.driver.click("#access-chosen");
    owner.driver.click("#permission-members-view");
    owner.sends("is let in.");

    world.mails().says(&email, "You can now use");
    nils.goes(&request);
    nils.sees("approved your request");
    nils.driver.follow("main a.btn");
    nils.sees(&name);
}

/// Somebody before a browser of their own, who comes to another replica with each page.
struct Person {
    driver: Driver,
    urls: Vec<String>,
    turn: Cell<usize>,
}

impl Person {
    fn with(urls: &[String], replicas: usize) -> Self {
        assert_eq!(urls.len(), replicas);
        Self { driver: Driver::start(), urls: urls.to_vec(), turn: Cell::new(0) }
    }
    fn goes(&self, path: &str) {
        let turn = self.turn.replace(self.turn.get() + 1);
        self.driver.go(&format!("{}{path}", self.urls[turn % self.urls.len()]));
    }
    #[track_caller]
    fn sees(&self, words: &str) {
        let text = self.driver.text();
        assert!(text.contains(words), "{words:?} is not on {}:\n{text}", self.driver.path());
    }
    fn fills(&self, selector: &str, text: &str) -> &Self {
        self.driver.fill(selector, text);
        self
    }
    /// The form of the page; what follows must say this.
    #[track_caller]
    fn sends(&self, words: &str) {
        self.driver.follow(SUBMIT);
        self.sees(words);
    }
    fn signs_up(&self, email: &str, username: &str) {
        self.goes("/sign-up?next=join");
        self.sends("There is a problem");
        self.fills("#email", email).fills("#username", username);
        self.fills("#first_name", "Nils").fills("#last_name", "Holm");
        self.fills("#password", PASSWORD).fills("#confirmation", PASSWORD);
        self.sends("Check your email");
    }
}
