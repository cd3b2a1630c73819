//! The keyboard alone reaches and does everything, and focus goes where help is.
use crate::{driver::Driver, house::House, scene::PASSWORD};

const TAB: &str = "\u{E004}";
const ENTER: &str = "\u{E007}";
const ESCAPE: &str = "\u{E00C}";
const SPACE: &str = " ";

#[test]
fn somebody_signs_in_with_the_keyboard_alone() {
    let (house, driver) = (House::furnished(), Driver::start());
    driver.go(&format!("{}/sign-in", house.url));
    driver.press(&[TAB]);
    assert_eq!(driver.focused(), "Skip to main content");
    driver.press(&[ENTER, TAB]);
    assert_eq!(driver.focused(), "identifier");
    driver.leave(|| driver.press(&[ENTER]));
    assert!(driver.title().starts_with("Error: "));
    assert!(driver.focused().starts_with("There is a problem"), "{}", driver.focused());
    driver.press(&[TAB, ENTER]);
    assert_eq!(driver.focused(), "identifier", "a line of the summary leads to its field");
    driver.press(&["a", "n", "a", TAB]);
    assert_eq!(driver.focused(), "password");
    let keys: Vec<String> = PASSWORD.chars().map(String::from).collect();
    driver.press(&keys.iter().map(String::as_str).collect::<Vec<_>>());
    driver.leave(|| driver.press(&[ENTER]));
    assert_eq!(driver.path(), house.path("organization"));
    reach(&driver, "Ana Ruiz");
    driver.press(&[ENTER]);
    assert!(driver.has("details.menu[open]"));
    driver.press(&[ESCAPE]);
    assert!(!driver.has("details.menu[open]"));
    assert!(driver.focused().contains("Ana Ruiz"), "the focus goes back to what opened the menu");
}

#[test]
fn the_script_shows_passwords_and_counts_what_is_chosen() {
    let (house, driver) = (House::furnished(), Driver::start());
    driver.go(&format!("{}/sign-in", house.url));
    driver.fill("#password", PASSWORD);
    driver.click("[data-show] button");
    assert!(driver.has("#password[type=text]"));
    assert!(driver.text().contains("Show password"));
    driver.click("[data-show] button");
    assert!(driver.has("#password[type=password]"));
    driver.fill("#identifier", "ana");
    driver.follow("main form button:not([type=button])");
    driver.go(&format!("{}{}/users/invite", house.url, house.path("organization")));
    driver.click("#access-chosen");
    driver.click("#permission-members-view");
    assert!(driver.text().contains("Permissions chosen: 1"), "{}", driver.text());
    driver.click("[data-group]");
    assert!(driver.text().contains("Permissions chosen: 7"), "{}", driver.text());
    reach(&driver, "permission-members-invite");
    driver.press(&[SPACE]);
    assert!(driver.text().contains("Permissions chosen: 6"), "{}", driver.text());
}

/// Tabs until something with this text has the focus.
#[track_caller]
fn reach(driver: &Driver, text: &str) {
    for _ in 0..80 {
        if driver.focused().contains(text) {
            return;
        }
        driver.press(&[TAB]);
    }
    panic!("the keyboard does not reach {text:?}");
}

#[test]
fn who_is_about_to_be_signed_out_is_warned_and_stays_with_what_they_typed() {
    let (house, driver) = (House::furnished(), Driver::start());
    driver.go(&format!("{}/sign-in", house.url));
    driver.fill("#identifier", "ana");
    driver.fill("#password", PASSWORD);
    driver.follow("main form button:not([type=button])");
    // The timer of the page is wound forward: it fires as soon as the page has come.
    driver.wind_timers_forward();
    driver.go(&format!("{}{}/users/invite", house.url, house.path("organization")));
    driver.fill("#emails", "half.typed@");
    driver.wait_for("[data-idle]:not([hidden])");
    assert!(driver.text().contains("You will be signed out in about 2 minutes"), "{}", driver.text());
    driver.stop_winding_timers();
    driver.click("[data-idle] button");
    driver.wait_for("[data-idle][hidden]");
    assert_eq!(driver.run("return document.querySelector('#emails').value"), "half.typed@");
    assert!(driver.path().ends_with("/users/invite"));
}
