//! Every page in every look: axe-core finds nothing, and nothing is wider than the window.
use std::{env, fs};

use crate::{driver::Driver, house::House, scene::PASSWORD};

const SUBMIT: &str = "main form button:not([type=button])";

#[test]
fn every_page_is_open_to_everybody_with_javascript() {
    walk(true);
}

#[test]
fn every_page_is_open_to_everybody_without_javascript() {
    walk(false);
}

/// Through journey C, and a look at each page on the way.
fn walk(with_script: bool) {
    let (house, driver) = (House::open(), Driver::start(with_script));
    // Without scripts axe-core does not run either; what it would see is in the page with them, too.
    let walk = Walk { house: &house, driver: &driver, axe: with_script.then(axe) };
    walk.as_an_invitee();
    walk.as_an_owner();
    walk.as_somebody_else();
}

struct Walk<'a> {
    house: &'a House,
    driver: &'a Driver,
    axe: Option<String>,
}

impl Walk<'_> {
    fn as_an_invitee(&self) {
        let [open, revoked, declined] = self.house.links.as_slice() else { panic!("three links") };
        self.see("/setup", "This setup link does not work");
        self.see("/invitation", "We do not know this link");
        self.see(revoked, "This invitation was withdrawn");
        self.see(declined, "This invitation was declined");
        self.see(open, "Ana Ruiz invites you to join Acme GmbH.");
        self.see("/invitation/decline", "Decline the invitation to Acme GmbH?");
        self.see("/invitation/accept", "Already have an account?");
        self.driver.follow(SUBMIT);
        self.look("There is a problem");
        assert!(self.driver.title().starts_with("Error: "));
        for (field, text) in [("#username", "hana"), ("#first_name", "Hana"), ("#last_name", "Sato")] {
            self.driver.fill(field, text);
        }
        self.driver.fill("#password", PASSWORD);
        self.driver.fill("#confirmation", PASSWORD);
        self.driver.follow(SUBMIT);
        self.look("You have joined Acme GmbH.");
        assert_eq!(self.driver.path(), self.house.place);
        self.driver.click("details.menu summary");
        self.driver.follow(".menu form button");
        self.look("You are signed out.");
    }

    fn as_an_owner(&self) {
        let place = &self.house.place;
        self.sign_in("ana", "wrong");
        self.look("The email, username or password is not right.");
        self.sign_in("ana", PASSWORD);
        assert_eq!(&self.driver.path(), place);
        self.look("What happened last");
        self.see(&format!("{place}/users"), "Bo Lindqvist");
        for tab in ["pending", "failed", "expired", "removed"] {
            self.see(&format!("{place}/users?tab={tab}"), "User Management");
        }
        self.see(&format!("{place}/users/invite"), "One or many.");
        self.driver.fill("#emails", "zoe@x.example, Yan <yan@y.example>; bo@acme.example dana@");
        self.driver.click("#access-all");
        self.driver.follow(SUBMIT);
        self.look("Check before sending 2 invitations");
        self.driver.follow(SUBMIT);
        self.look("2 invitations sent");
        self.see(&format!("{place}/users?tab=pending"), "zoe@x.example");
        self.driver.follow("tbody th a");
        self.look("Correct the address or the access");
        self.driver.follow("main .row a.btn");
        self.look("The link in the email stops working at once");
        self.see(&format!("{place}/users?q=lindqvist"), "bo@acme.example");
        self.driver.follow(".actions a[href$=permissions]");
        self.look("Permissions of Bo Lindqvist");
        self.driver.follow("main section a.btn");
        self.look("You keep all permissions, but are no longer an Owner.");
        self.see(&format!("{place}/users?q=lindqvist"), "bo@acme.example");
        self.driver.follow(".actions a[href$=remove]");
        self.look("Remove Bo Lindqvist from Acme GmbH?");
        self.driver.follow(SUBMIT);
        self.look("Bo Lindqvist no longer has access to Acme GmbH.");
        self.see(&format!("{place}/audit"), "Access removed");
        self.see(&format!("{place}/settings"), "Let people find this organization");
        for (path, words) in [
            ("/organizations", "Your organizations"),
            ("/organizations/new", "Create an organization"),
            ("/help", "You were invited"),
            ("/accessibility", "WCAG 2.2"),
            ("/privacy", "Cookies"),
            ("/nothing", "We cannot find that page"),
            ("/dev/mailbox", "Nothing here was delivered."),
            ("/dev/mailbox/m1", "Open the link"),
            ("/dev/mailbox/m1?view=headers", "auto-generated"),
        ] {
            self.see(path, words);
        }
    }

    fn as_somebody_else(&self) {
        self.driver.go(&format!("{}/organizations", self.house.url));
        self.driver.follow("header form button");
        self.sign_in("emil", PASSWORD);
        self.see(&format!("{}/users/invite", self.house.place), "This needs the permission Invite members.");
        self.see("/start", "You belong to no organization");
    }

    fn sign_in(&self, name: &str, password: &str) {
        self.driver.go(&format!("{}/sign-in", self.house.url));
        self.driver.fill("#identifier", name);
        self.driver.fill("#password", password);
        self.driver.follow(SUBMIT);
    }

    #[track_caller]
    fn see(&self, path: &str, words: &str) {
        self.driver.go(&format!("{}{path}", self.house.url));
        self.look(words);
    }

    /// At the page as it is, in all four looks.
    #[track_caller]
    fn look(&self, words: &str) {
        let (path, text) = (self.driver.path(), self.driver.text());
        assert!(text.contains(words), "{words:?} is not on {path}:\n{text}");
        for width in [320, 1280] {
            for scheme in ["light", "dark"] {
                self.driver.look(width, scheme);
                let wide = self.driver.run("return document.documentElement.scrollWidth").as_u64();
                assert!(wide <= Some(width.into()), "{path} is {wide:?} wide in {width}");
                if let Some(axe) = &self.axe {
                    self.driver.run(axe);
                    let found = self.driver.run_async(AUDIT);
                    assert_eq!(found, serde_json::json!([]), "{path}, {width}, {scheme}");
                }
            }
        }
        self.driver.look(1280, "light");
    }
}

const AUDIT: &str = "const done = arguments[arguments.length - 1];\
    axe.run({ resultTypes: ['violations'] }).then((found) =>\
    done(found.violations.map((it) => [it.id, it.nodes.map((node) => node.html + node.failureSummary)])));";

fn axe() -> String {
    let path = env::var("TEST_AXE").expect("TEST_AXE is missing: run `cargo xtask test`");
    fs::read_to_string(path).unwrap()
}
