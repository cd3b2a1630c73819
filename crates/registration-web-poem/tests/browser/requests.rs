//! A request in each of its states, as its sender and its reviewers see it.
use std::num::NonZeroU16;

use registration_domain::{
    contact::Contact,
    domain_name::DomainName,
    employee_code::{CodeLabel, CodeTerms},
    organization::OrganizationId,
    secret::Secret,
    session::{Caller, Device, Origin},
    time::DAY,
    use_case::{
        add_email_domain::AddEmailDomain,
        change_organization::{ChangeOrganization, NewContact},
        make_employee_codes::MakeEmployeeCodes,
        managed_email_domain::PolicyWish,
        sign_in::SignIn,
        verify_email_domain::VerifyEmailDomain,
    },
};

use crate::{
    house::House,
    scene::PASSWORD,
    walk::{SUBMIT, Walk, walk},
};

/// Acme lets itself be found. Gwen belonged there once.
fn house() -> House {
    let house = House::furnished();
    let organization = acme(&house);
    house.act(async |platform| {
        let command = ChangeOrganization {
            by: ana(platform).await,
            organization,
            name: None,
            discoverable: Some(true),
            contact: Contact::parse("Bo, hr@acme.example").unwrap().map(NewContact::Is),
            joining_access: None,
        };
        platform.change_organization(command).await.unwrap();
    });
    house
}

pub(crate) fn acme(house: &House) -> OrganizationId {
    OrganizationId::new(house.path("organization").rsplit('/').next().unwrap().parse().unwrap())
}

pub(crate) async fn ana(platform: &registration_domain::platform::Platform) -> Caller {
    let fingerprint = platform.fingerprints().fingerprint("device", b"");
    let command = SignIn {
        identifier: "ana".into(),
        password: Secret::new(PASSWORD),
        device: Device { label: None, fingerprint, origin: Origin::default() },
        known: None,
        once: None,
    };
    let account = platform.sign_in(command).await.unwrap().what.account.id();
    Caller { account, origin: Origin::default() }
}

fn joining(walk: &Walk) -> String {
    walk.house.path("organization").replace("/o/", "/join/")
}

/// Sends a request with a note; answers the path of its page.
fn ask(walk: &Walk, note: &str) -> String {
    walk.open(&joining(walk));
    walk.driver.click("#method-approval");
    walk.fill(&[("note", note)]);
    walk.driver.follow(SUBMIT);
    walk.driver.path()
}

/// Whoever was signed in before is not any more.
fn sign_in_anew(walk: &Walk, username: &str) {
    walk.driver.forget_cookies();
    walk.sign_in(username);
}

#[test]
fn what_became_of_a_request_is_shown_to_both() {
    walk(house, |walk: &Walk| {
        walk.sign_in("gone");
        let own = ask(walk, "I keep the books, and I am back.\nBo knows me.");
        sign_in_anew(walk, "ana");
        walk.see_in_place("/requests", "Removed on");
        walk.driver.follow(".request .actions a");
        walk.driver.click("main > details > summary");
        walk.fill(&[("reason", "We have enough people for the books.")]);
        walk.follow("main > details form button.danger", "The request of Gwen Oldham is rejected.");
        walk.see_in_place("/requests?tab=rejected", "Ana Ruiz rejected Gwen Oldham");
        sign_in_anew(walk, "gone");
        walk.see(&own, "Questions? Ask Bo, hr@acme.example.");
        walk.see(&joining(walk), "You can ask again from");
        walk.see("/me/notifications", "rejected your request to join");
        walk.house.clock.advance(DAY);
        sign_in_anew(walk, "gone");
        walk.see(&own, "Ask again");
        let second = ask(walk, "");
        walk.open(&format!("{second}/withdraw"));
        walk.submit("You withdrew this request on");
        ask(walk, "Once more.");
        walk.house.clock.advance(27 * DAY);
        sign_in_anew(walk, "ana");
        walk.see_in_place("/requests", "Expires on");
        walk.house.clock.advance(3 * DAY);
        sign_in_anew(walk, "gone");
        walk.see("/organizations", "Expired");
        walk.follow("main .tasks a", "Nobody decided within 30 days.");
    });
}

#[test]
fn a_code_and_a_domain_speak_for_requests() {
    walk(house, |walk: &Walk| {
        let acme = acme(&walk.house);
        let (code, domain) = walk.house.act(async |platform| {
            let (by, organization) = (ana(platform).await, acme);
            let label = CodeLabel::parse("Warehouse, May").unwrap();
            let terms = CodeTerms { label, uses: None, expires_at: None };
            let (count, by_maker) = (NonZeroU16::MIN, by.clone());
            let made = MakeEmployeeCodes {
                by: by_maker,
                organization,
                terms,
                admits: false,
                access: None,
                count,
                once: None,
            };
            let made = platform.make_employee_codes(made).await.unwrap().what.remove(0);
            let (domain, policy) = (DomainName::parse("acme.example").unwrap(), PolicyWish::Review);
            let added = AddEmailDomain { by, organization, domain, policy, once: None };
            let added = platform.add_email_domain(added).await.unwrap().what.view.domain;
            (made.secret.expose().to_owned(), added)
        });
        walk.house.dns.publish_record(&domain.record());
        walk.house.act(async |platform| {
            let by = ana(platform).await;
            let verify = VerifyEmailDomain { by, organization: acme, domain: domain.id(), once: None };
            platform.verify_email_domain(verify).await.unwrap();
        });
        walk.sign_in("gone");
        walk.see("/start", "Ask to join Acme GmbH");
        walk.open(&joining(walk));
        walk.driver.click("#method-approval");
        walk.check_page("They see that your address is at acme.example");
        walk.fill(&[("note", "I am back.")]);
        walk.submit("by your address at acme.example");
        let own = walk.driver.path();
        sign_in_anew(walk, "ana");
        walk.see_in_place("/requests", "Email domain acme.example, verified");
        sign_in_anew(walk, "gone");
        walk.open(&format!("{own}/withdraw"));
        walk.driver.follow(SUBMIT);
        walk.open(&joining(walk));
        walk.driver.click("#method-code");
        walk.fill(&[("code", &code)]);
        walk.submit("Your employee code was accepted.");
        sign_in_anew(walk, "ana");
        walk.see_in_place("/requests", "Employee code: Warehouse, May");
        walk.see_in_place("/employee-codes", "Used once");
        walk.see("/join/00000000-0000-0000-0000-000000000000", "Join with an employee code");
    });
}
