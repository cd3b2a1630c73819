//! A walk goes through a journey twice, with JavaScript and without, and looks closely at each page on its way.
use crate::{driver::Driver, house::House, scene::PASSWORD};

/// The one primary button of a page.
pub(crate) const SUBMIT: &str = "main form button:not([type=button])";

/// Somebody on their way through the pages.
pub(crate) struct Walk {
    pub(crate) house: House,
    pub(crate) driver: Driver,
    pub(crate) has_scripts: bool,
}

/// Goes through a journey with JavaScript and without, each time in a new house and a new browser.
pub(crate) fn walk(house: impl Fn() -> House, journey: impl Fn(&Walk)) {
    for has_scripts in [true, false] {
        let walk = Walk { house: house(), driver: Driver::start(), has_scripts };
        walk.driver.allow_scripts(has_scripts);
        journey(&walk);
    }
}

impl Walk {
    /// Opens the page at this path, which must say these words, and looks closely at it.
    #[track_caller]
    pub(crate) fn see(&self, path: &str, words: &str) {
        self.open(path);
        self.check_page(words);
    }
    /// Opens the page at this path.
    pub(crate) fn open(&self, path: &str) {
        self.driver.go(&format!("{}{path}", self.house.url));
    }
    /// Opens a page of the organization.
    #[track_caller]
    pub(crate) fn see_in_place(&self, path: &str, words: &str) {
        self.see(&format!("{}{path}", self.house.path("organization")), words);
    }
    /// Fills fields in by their ids.
    pub(crate) fn fill(&self, fields: &[(&str, &str)]) {
        for (id, text) in fields {
            self.driver.fill(&format!("#{id}"), text);
        }
    }
    /// Sends the form of the page, and looks closely at the page that follows, which must say these words.
    #[track_caller]
    pub(crate) fn submit(&self, words: &str) {
        self.follow(SUBMIT, words);
    }
    /// Clicks on this, and looks closely at the page that follows.
    #[track_caller]
    pub(crate) fn follow(&self, selector: &str, words: &str) {
        self.driver.follow(selector);
        self.check_page(words);
    }
    /// Signs somebody of the scene in.
    pub(crate) fn sign_in(&self, username: &str) {
        self.open("/sign-in");
        self.fill(&[("identifier", username), ("password", PASSWORD)]);
        self.driver.follow(SUBMIT);
    }
}

#[test]
fn without_scripts_a_page_runs_none_and_catches_up_on_none() {
    walk(House::empty, |walk| {
        walk.see("/sign-in", "Email or username");
        assert_eq!(walk.driver.has("[data-show][hidden]"), !walk.has_scripts);
    });
}

#[test]
#[should_panic(expected = "image-alt")]
fn a_close_look_finds_what_keeps_somebody_out() {
    let walk = Walk { house: House::empty(), driver: Driver::start(), has_scripts: false };
    walk.driver.allow_scripts(false);
    walk.open("/sign-in");
    walk.driver.run("document.querySelector('main').append(new Image())");
    walk.check_page("Email or username");
}

#[test]
#[should_panic(expected = "the keyboard misses these")]
fn a_close_look_finds_what_the_keyboard_does_not_reach() {
    let walk = Walk { house: House::empty(), driver: Driver::start(), has_scripts: true };
    walk.open("/sign-in");
    walk.driver.run("document.querySelector('#password').tabIndex = -1");
    walk.check_page("Email or username");
}

#[test]
#[should_panic(expected = "unseen: <input id=\\\"password")]
fn a_close_look_finds_a_focus_that_does_not_show() {
    let walk = Walk { house: House::empty(), driver: Driver::start(), has_scripts: true };
    walk.open("/sign-in");
    walk.driver.run("document.querySelector('#password').style.outline = 'none'");
    walk.check_page("Email or username");
}
