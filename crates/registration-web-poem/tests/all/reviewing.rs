//! Asking to join, waiting, and what reviewers make of it: every state that a request can be in, on both sides.
use poem::http::StatusCode;
use registration_domain::{
    contact::Contact,
    organization::OrganizationId,
    session::Caller,
    time::{DAY, MINUTE},
    use_case::{
        change_organization::{ChangeOrganization, NewContact},
        remove_member::RemoveMember,
    },
};

use crate::{
    scene::{self, chosen},
    support::{Browser, House, Page},
};

/// Acme can be found; Ana owns it. These have accounts and belong nowhere.
async fn house(outsiders: &[(&str, &str, &str)]) -> (House, OrganizationId, Caller) {
    let (house, acme, ana) = House::founded().await;
    let command = ChangeOrganization {
        by: ana.clone(),
        organization: acme,
        name: None,
        discoverable: Some(true),
        contact: Contact::parse("Bo, hr@acme.example").unwrap().map(NewContact::Is),
        joining_access: None,
    };
    house.platform.change_organization(command).await.unwrap();
    for (username, first, last) in outsiders {
        outsider(&house, acme, &ana, username, first, last).await;
    }
    (house, acme, ana)
}

/// There is another organization, to which they came and where they belong no more.
async fn outsider(house: &House, _: OrganizationId, ana: &Caller, username: &str, first: &str, last: &str) {
    let name = registration_domain::organization_name::OrganizationName::parse("Elsewhere").unwrap();
    let kind = registration_domain::organization::OrganizationKind::Company;
    let command = registration_domain::use_case::found_organization::FoundOrganization {
        by: ana.clone(),
        name,
        kind,
        once: None,
    };
    let elsewhere = house.platform.found_organization(command).await.unwrap().what.organization.id();
    let email = format!("{username}@mail.example");
    let invitation = scene::invite(&house.platform, ana, elsewhere, &email, chosen(&[])).await;
    let member = scene::accept(&house.platform, invitation, username, first, last).await;
    let command = RemoveMember { by: ana.clone(), organization: elsewhere, member, reason: None };
    house.platform.remove_member(command).await.unwrap();
}

const DANA: (&str, &str, &str) = ("dana", "Dana", "Weiss");
const EMIL: (&str, &str, &str) = ("emil", "Emil", "Wolf");

/// Sends a request with a note; answers the path of its page.
async fn ask(browser: &mut Browser, acme: OrganizationId, note: &str) -> String {
    let path = format!("/join/{acme}");
    browser.get(&path).await.is(StatusCode::OK);
    let sent = browser.post(&path, &[("method", "approval"), ("note", note)]).await;
    let sent = sent.is(StatusCode::SEE_OTHER);
    sent.header("location").to_owned()
}

async fn inbox(browser: &mut Browser, acme: OrganizationId) -> Page {
    browser.get(&format!("/o/{acme}/requests")).await.is(StatusCode::OK)
}

/// The path of the only request in the inbox.
async fn card(browser: &mut Browser, acme: OrganizationId) -> String {
    inbox(browser, acme).await.link(&format!("/o/{acme}/requests/"))
}

#[tokio::test]
async fn a_request_waits_is_reminded_of_and_approved() {
    let (house, acme, _) = house(&[DANA]).await;
    let (mut dana, mut ana) = (house.signed_in("dana").await, house.signed_in("ana").await);
    let own = ask(&mut dana, acme, "I work\nwith <b>Bo</b>.").await;
    let page = dana.get(&own).await.says("Waiting").says("Your request is sent to Acme GmbH.");
    let page = page.says("You asked to join Acme GmbH on").says("by admin approval");
    page.says("We will email dana@mail.example.").says("Send a reminder").says("Withdraw request");
    dana.get("/start").await.says("You asked to join Acme GmbH on").says("See request");
    dana.get("/organizations").await.says("Your requests").says("Waiting");
    dana.get(&format!("/join/{acme}")).await.says("You asked to join Acme GmbH on").says("See request");
    let page = dana.get(&own).await;
    assert!(page.body.contains("&#60;b&#62;Bo"), "{}", page.body);
    dana.post(&format!("{own}/remind"), &[]).await.leads_to(&own);
    dana.get(&own).await.says("We have reminded Acme GmbH.").says("You can remind them again from");
    dana.post(&format!("{own}/remind"), &[]).await.is(StatusCode::TOO_MANY_REQUESTS);

    ana.get(&format!("/o/{acme}")).await.says("Requests1 waiting").says("Waiting for approval");
    let page = inbox(&mut ana, acme).await.says("Dana Weiss").says("dana@mail.example").says("today");
    page.says("Admin approval").hides("<b>Bo");
    let path = card(&mut ana, acme).await;
    ana.get(&path).await.says("Dana Weiss asks to join Acme GmbH").says("Choose the access");
    let refused = ana.post(&format!("{path}/approve"), &[]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("Choose what they can do");
    let access = [("access", "chosen"), ("permission", "members.view")];
    ana.post(&format!("{path}/approve"), &access).await.leads_to(&format!("/o/{acme}/requests"));
    inbox(&mut ana, acme).await.says("Dana Weiss is let in.").says("No requests");
    let page = ana.get(&format!("/o/{acme}/requests?tab=approved")).await;
    page.says("Ana Ruiz approved Dana Weiss on").hides("Asked on");
    let page = dana.get(&own).await.says("Approved").says("You can use it now: See members");
    assert_eq!(page.link("/o/"), format!("/o/{acme}"));
    dana.get(&format!("/o/{acme}")).await.is(StatusCode::OK);
}

#[tokio::test]
async fn a_rejection_says_why_whom_to_ask_and_when_to_ask_again() {
    let (house, acme, _) = house(&[DANA]).await;
    let (mut dana, mut ana) = (house.signed_in("dana").await, house.signed_in("ana").await);
    let own = ask(&mut dana, acme, "").await;
    let path = card(&mut ana, acme).await;
    ana.get(&path).await.says("Reject this request").says("They will see this reason.");
    let link = ana.post(&format!("{path}/reject"), &[("reason", "see evil.com")]).await;
    link.is(StatusCode::UNPROCESSABLE_ENTITY).says("There is a problem");
    ana.post(&format!("{path}/reject"), &[("reason", "Ask Bo first.")]).await.is(StatusCode::SEE_OTHER);
    inbox(&mut ana, acme).await.says("The request of Dana Weiss is rejected.");
    ana.get(&format!("/o/{acme}/requests?tab=rejected"))
        .await
        .says("Ana Ruiz rejected")
        .says("Ask Bo first.");
    let page = dana.get(&own).await.says("Acme GmbH rejected your request.").says("Reason: Ask Bo first.");
    page.says("Questions? Ask Bo, hr@acme.example.").says("You can ask again from").hides(">Ask again<");
    let page = dana.get(&format!("/join/{acme}")).await.says("You can ask again from").hides("Send request");
    page.says("Acme GmbH rejected your request on");
    house.clock.advance(DAY);
    let mut dana = house.signed_in("dana").await;
    dana.get(&own).await.says("Ask again").hides("You can ask again from");
    assert_ne!(ask(&mut dana, acme, "").await, own);
    let mut ana = house.signed_in("ana").await;
    let path = card(&mut ana, acme).await;
    ana.get(&path).await.says("Asked on").says(": Rejected");
}

#[tokio::test]
async fn a_request_is_withdrawn_after_a_question() {
    let (house, acme, _) = house(&[DANA]).await;
    let (mut dana, mut ana) = (house.signed_in("dana").await, house.signed_in("ana").await);
    let own = ask(&mut dana, acme, "").await;
    let path = card(&mut ana, acme).await;
    ana.get(&path).await.is(StatusCode::OK);
    dana.get(&format!("{own}/withdraw")).await.says("Withdraw your request to join Acme GmbH?").says("Keep");
    dana.post(&format!("{own}/withdraw"), &[]).await.leads_to(&own);
    dana.get(&own).await.says("You withdrew this request on").says("Ask again");
    dana.get(&format!("{own}/withdraw")).await.leads_to(&own);
    let late = ana.post(&format!("{path}/approve"), &[("access", "all")]).await.is(StatusCode::CONFLICT);
    late.says("Dana Weiss withdrew the request on").hides("Approve Dana");
}

#[tokio::test]
async fn whoever_comes_too_late_learns_who_was_faster() {
    let (house, acme, ana) = house(&[DANA, EMIL]).await;
    let invitation = scene::invite(
        &house.platform,
        &ana,
        acme,
        "bo@acme.example",
        registration_domain::access::Access::All,
    )
    .await;
    scene::accept(&house.platform, invitation, "bo", "Bo", "Lindqvist").await;
    let (mut ana, mut bo) = (house.signed_in("ana").await, house.signed_in("bo").await);
    let mut dana = house.signed_in("dana").await;
    ask(&mut dana, acme, "").await;
    let path = card(&mut ana, acme).await;
    ana.get(&path).await;
    bo.get(&path).await;
    bo.post(&format!("{path}/approve"), &[("access", "all")]).await.is(StatusCode::SEE_OTHER);
    let late = ana.post(&format!("{path}/reject"), &[]).await.is(StatusCode::CONFLICT);
    late.says("Bo Lindqvist approved Dana Weiss on").hides("Reject Dana");

    let mut emil = house.signed_in("emil").await;
    ask(&mut emil, acme, "").await;
    let page = inbox(&mut ana, acme).await.says("Emil Wolf");
    let id = page.link("/requests/").rsplit('/').next().unwrap().to_owned();
    let dana_id = path.rsplit('/').next().unwrap().to_owned();
    let fields = [("request", id.as_str()), ("request", dana_id.as_str()), ("access", "all")];
    let page = ana.post(&format!("/o/{acme}/requests"), &fields).await.is(StatusCode::OK);
    page.says("1 approved").says("Emil Wolf").says("Not approved").says("Bo Lindqvist approved it on");
}

#[tokio::test]
async fn several_are_approved_at_once() {
    let (house, acme, _) = house(&[DANA, EMIL]).await;
    let mut ids = Vec::new();
    let mut ana = house.signed_in("ana").await;
    for name in ["dana", "emil"] {
        let mut browser = house.signed_in(name).await;
        let own = ask(&mut browser, acme, "").await;
        ids.push(own.rsplit('/').next().unwrap().to_owned());
        house.clock.advance(MINUTE);
    }
    let page = inbox(&mut ana, acme).await.says("2 waiting").says("Approve selected").text();
    assert!(page.find("Dana") < page.find("Emil"), "oldest first: {page}");
    let path = format!("/o/{acme}/requests");
    let none = ana.post(&path, &[("access", "all")]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    none.says("Select at least one request");
    let fields = [("request", ids[0].as_str()), ("request", ids[1].as_str())];
    ana.post(&path, &fields).await.is(StatusCode::UNPROCESSABLE_ENTITY).says("Choose what they can do");
    ana.post(&path, &[fields[0], fields[1], ("access", "all")]).await.leads_to(&path);
    inbox(&mut ana, acme).await.says("Approved: 2.").says("No requests");
}

#[tokio::test]
async fn a_namesake_and_an_earlier_membership_are_pointed_out() {
    let (house, acme, ana) = house(&[("dana2", "Dana", "Weiss")]).await;
    let invitation = scene::invite(&house.platform, &ana, acme, "dana@acme.example", chosen(&[])).await;
    scene::accept(&house.platform, invitation, "dana", "Dana", "Weiss").await;
    ask(&mut house.signed_in("dana2").await, acme, "").await;
    let mut ana_browser = house.signed_in("ana").await;
    let path = card(&mut ana_browser, acme).await;
    let page = ana_browser.get(&path).await.says("Somebody else here has the same name: Dana Weiss");
    page.says("dana@acme.example").says("Make sure who asks.");
    ana_browser.post(&format!("{path}/approve"), &[("access", "all")]).await.is(StatusCode::SEE_OTHER);
    let members = ana_browser.get(&format!("/o/{acme}/users?q=dana2")).await;
    let member = members.link("/permissions").replace("/permissions", "/remove");
    ana_browser.get(&member).await;
    ana_browser.post(&member, &[]).await.is(StatusCode::SEE_OTHER);
    ask(&mut house.signed_in("dana2").await, acme, "").await;
    let path = card(&mut ana_browser, acme).await;
    ana_browser.get(&path).await.says("Removed on 15 January 2027 by Ana Ruiz").says(": Approved");
}

#[tokio::test]
async fn nobody_decides_in_time_and_whoever_comes_another_way_is_settled() {
    let (house, acme, ana) = house(&[DANA, EMIL]).await;
    let (mut dana, mut emil) = (house.signed_in("dana").await, house.signed_in("emil").await);
    let (own, other) = (ask(&mut dana, acme, "").await, ask(&mut emil, acme, "").await);
    let invitation = scene::invite(&house.platform, &ana, acme, "emil@mail.example", chosen(&[])).await;
    emil.get(&format!("/i/{}", scene::token(invitation).expose())).await;
    emil.get("/invitation").await.says("Accept invitation");
    emil.post("/invitation/accept", &[]).await.is(StatusCode::SEE_OTHER);
    emil.get(&other).await.says("You joined Acme GmbH by invitation on").says("so this request is closed.");
    house.clock.advance(27 * DAY);
    let mut ana = house.signed_in("ana").await;
    inbox(&mut ana, acme).await.says("Expires on").says("27 days old");
    house.clock.advance(3 * DAY);
    let (mut ana, mut dana) = (house.signed_in("ana").await, house.signed_in("dana").await);
    inbox(&mut ana, acme).await.says("No requests").hides("Expires on");
    dana.get(&own).await.says("Nobody decided within 30 days.").says("Ask again");
    ana.get(&format!("/o/{acme}/requests?tab=all")).await.says("Nobody decided. The request expired on");
}

#[tokio::test]
async fn what_cannot_be_sent_is_said_beside_its_field() {
    let (house, acme, _) = house(&[DANA]).await;
    let mut dana = house.signed_in("dana").await;
    let path = format!("/join/{acme}");
    dana.get(&path).await;
    let long = "ü".repeat(301);
    for (fields, words) in [
        (&[][..], "Choose how you want to join"),
        (&[("method", "code"), ("code", "  ")], "Enter the employee code"),
        (&[("method", "code"), ("code", "7Q4K-M2XP-9DTA")], "That code does not work for Acme GmbH."),
        (&[("method", "approval"), ("note", &long)], "The note is longer than 300 characters"),
    ] {
        let page = dana.post(&path, fields).await.is(StatusCode::UNPROCESSABLE_ENTITY).says(words);
        assert!(page.title().starts_with("Error: "), "{}", page.title());
    }
    let most = "ü".repeat(300);
    let sent = dana.post(&path, &[("method", "approval"), ("note", &most)]).await;
    sent.is(StatusCode::SEE_OTHER);
    // As somebody has it who opened the page before.
    dana.get("/start").await;
    let again = dana.post(&path, &[("method", "approval"), ("note", "again")]).await;
    again.is(StatusCode::CONFLICT).says("You asked to join Acme GmbH on");
}

#[tokio::test]
async fn requests_are_for_those_who_may_review_and_for_whose_they_are() {
    let (house, acme, ana) = house(&[DANA, EMIL]).await;
    let own = ask(&mut house.signed_in("dana").await, acme, "").await;
    let mut emil = house.signed_in("emil").await;
    for path in [own.clone(), format!("{own}/withdraw"), "/join/requests/x".into()] {
        emil.get(&path).await.is(StatusCode::NOT_FOUND);
    }
    emil.get(&format!("/o/{acme}/requests")).await.is(StatusCode::NOT_FOUND);
    let invitation =
        scene::invite(&house.platform, &ana, acme, "nora@acme.example", chosen(&["members.view"])).await;
    scene::accept(&house.platform, invitation, "nora", "Nora", "Neu").await;
    let mut nora = house.signed_in("nora").await;
    let id = own.rsplit('/').next().unwrap();
    for path in [format!("/o/{acme}/requests"), format!("/o/{acme}/requests/{id}")] {
        nora.get(&path).await.is(StatusCode::FORBIDDEN);
    }
    nora.get(&format!("/o/{acme}")).await.hides("/requests");
}
