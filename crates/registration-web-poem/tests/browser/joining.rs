//! Somebody joins by themselves: finds the organization, with the list that typing narrows and without.
use std::{thread, time::Duration};

use registration_domain::{
    organization::OrganizationKind,
    organization_name::OrganizationName,
    use_case::{change_organization::ChangeOrganization, found_organization::FoundOrganization},
};

use crate::{
    driver::Driver,
    house::House,
    requests::ana,
    walk::{Walk, walk},
};

const DOWN: &str = "\u{E015}";
const UP: &str = "\u{E013}";
const ENTER: &str = "\u{E007}";
const ESCAPE: &str = "\u{E00C}";

/// The furnished house, and organizations that can be found in it.
fn house() -> House {
    let house = House::furnished();
    house.act(async |platform| {
        let by = ana(platform).await;
        for name in ["Harbour Logistics", "Müller & Söhne", "Muller Ltd", "山田商店"] {
            let (kind, name) = (OrganizationKind::Company, OrganizationName::parse(name).unwrap());
            let command = FoundOrganization { by: by.clone(), name, kind, once: None };
            let organization = platform.found_organization(command).await.unwrap().what.organization.id();
            let command = ChangeOrganization {
                by: by.clone(),
                organization,
                name: None,
                discoverable: Some(true),
                contact: None,
                joining_access: None,
            };
            platform.change_organization(command).await.unwrap();
        }
    });
    house
}

#[test]
fn an_organization_is_found_with_scripts_and_without() {
    walk(house, |walk: &Walk| {
        walk.sign_in("dana");
        walk.see("/join", "4 organizations found");
        walk.see("/join?query=mueller", "1 organization found");
        walk.see("/join?query=nothing", "No organization with that name can be found here.");
        walk.see("/join?continue=yes", "Choose your organization");
        walk.see("/start", "Find it by its name.");
        walk.see("/organizations", "Join an organization");
        walk.open("/join?query=mueller");
        let chosen = if walk.has_scripts { "[role=option]" } else { "[type=radio]" };
        if walk.has_scripts {
            walk.driver.click("#query");
        }
        walk.driver.click(chosen);
        walk.follow("button[name=continue]", "How do you want to join?");
    });
}

#[test]
fn what_is_proposed_to_who_approves_is_chosen_in_the_settings() {
    walk(House::furnished, |walk: &Walk| {
        walk.sign_in("ana");
        walk.see_in_place("/settings", "Chosen beforehand: Nothing");
        walk.see_in_place("/settings/joining", "Whoever approves chooses.");
        walk.driver.click("#access-chosen");
        walk.submit("Choose at least one permission");
        walk.driver.click("#permission-members-view");
        walk.submit("Chosen beforehand: See members");
    });
}

/// Until the page says this.
#[track_caller]
fn wait_for(driver: &Driver, words: &str) {
    for _ in 0..100 {
        if driver.text().contains(words) {
            return;
        }
        // waits for: the list, which comes when its answer does
        thread::sleep(Duration::from_millis(50));
    }
    panic!("{words:?} does not come:\n{}", driver.text());
}

#[test]
fn typing_narrows_the_list_and_the_keyboard_chooses_from_it() {
    let walk = Walk { house: house(), driver: Driver::start(), has_scripts: true };
    let driver = &walk.driver;
    walk.sign_in("dana");
    walk.open("/join");
    assert!(!driver.has(".choices"), "the radio buttons made room for the list");
    driver.click("#query");
    assert!(driver.has("#query[role=combobox][aria-expanded=true]"), "it opens with the first ones");
    assert_eq!(driver.run("return document.querySelectorAll('[role=option]').length"), 4);
    walk.check_page("4 organizations found");
    driver.click("#query");
    driver.press(&["m", "u", "l", "l"]);
    wait_for(driver, "2 organizations found");
    driver.press(&[DOWN]);
    let active = || {
        driver.run("return document.getElementById(document.querySelector('#query').getAttribute('aria-activedescendant'))?.textContent ?? ''")
    };
    assert_eq!(active(), "Müller & Söhne");
    driver.press(&[DOWN]);
    assert_eq!(active(), "Muller Ltd");
    driver.press(&[DOWN, UP, UP]);
    assert_eq!(active(), "Müller & Söhne", "the list goes round");
    driver.press(&[ESCAPE]);
    assert!(driver.has("#query[aria-expanded=false]"));
    assert_eq!(active(), "");
    driver.press(&[DOWN, ENTER]);
    assert!(driver.has("#query[aria-expanded=false]"));
    assert_eq!(driver.run("return document.querySelector('#query').value"), "Müller & Söhne");
    assert_eq!(driver.focused(), "query", "choosing moves nobody");
    driver.leave(|| driver.press(&[ENTER]));
    assert!(driver.path().starts_with("/join/"), "{}", driver.path());
}

#[test]
fn what_is_typed_after_a_choice_undoes_it() {
    let walk = Walk { house: house(), driver: Driver::start(), has_scripts: true };
    let driver = &walk.driver;
    walk.sign_in("dana");
    walk.open("/join");
    driver.click("#query");
    driver.click("[role=option]");
    assert_eq!(driver.run("return document.querySelector('#query').value"), "Harbour Logistics");
    driver.press(&["x"]);
    wait_for(driver, "No organization with that name can be found here.");
    driver.leave(|| driver.press(&[ENTER]));
    assert!(driver.text().contains("Choose your organization"), "{}", driver.text());
}

#[test]
fn somebody_asks_and_is_let_in() {
    walk(house, |walk: &Walk| {
        walk.sign_in("gone");
        walk.open("/join?query=harbour");
        if walk.has_scripts {
            walk.driver.click("#query");
        }
        walk.driver.click(if walk.has_scripts { "[role=option]" } else { "[type=radio]" });
        walk.follow("button[name=continue]", "Join Harbour Logistics");
        let harbour = walk.driver.path().replace("/join/", "/o/");
        walk.submit("Choose how you want to join");
        walk.driver.click("#method-code");
        walk.fill(&[("code", "7Q4K-M2XP-9DTA")]);
        walk.submit("That code does not work for Harbour Logistics.");
        walk.driver.click("#method-approval");
        walk.fill(&[("note", "I keep the books.")]);
        if walk.has_scripts {
            assert!(walk.driver.text().contains("283 characters left"), "{}", walk.driver.text());
        }
        walk.submit("Somebody there has to decide.");
        let own = walk.driver.path();
        walk.see("/start", "See request");
        walk.see("/organizations", "Your requests");
        walk.see(&own, "I keep the books.");
        walk.submit("You can remind them again from");
        walk.see(&format!("{own}/withdraw"), "Withdraw your request");
        walk.driver.forget_cookies();
        walk.sign_in("ana");
        walk.see(&harbour, "Waiting for approval");
        walk.see(&format!("{harbour}/requests"), "Gwen Oldham");
        walk.submit("Select at least one request");
        walk.see(&format!("{harbour}/requests"), "Gwen Oldham");
        walk.follow(".request .actions a", "asks to join Harbour Logistics");
        walk.driver.click("#access-chosen");
        walk.driver.click("#permission-members-view");
        walk.submit("Gwen Oldham is let in.");
        walk.see(&format!("{harbour}/requests?tab=approved"), "Ana Ruiz approved Gwen Oldham");
        walk.driver.forget_cookies();
        walk.sign_in("gone");
        walk.see(&own, "approved your request");
        walk.follow("main a.btn", "Harbour Logistics");
    });
}

#[test]
fn codes_are_made_shown_once_and_revoked() {
    walk(house, |walk: &Walk| {
        walk.sign_in("ana");
        walk.see_in_place("/employee-codes", "No employee codes");
        walk.see_in_place("/employee-codes/new", "You see each code once, after you make it.");
        walk.fill(&[("label", "Warehouse")]);
        walk.submit("Nobody can show it again.");
        walk.see_in_place("/employee-codes", "Warehouse");
        walk.follow("tbody a", "Revoke the code");
        walk.submit("works no more.");
    });
}
