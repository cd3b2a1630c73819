//! Somebody comes by themselves: they find an organization that lets itself be found.
use poem::http::StatusCode;
use registration_domain::{
    membership::MembershipId,
    organization::{JoiningAccess, OrganizationId, OrganizationKind},
    organization_name::OrganizationName,
    platform::Platform,
    session::Caller,
    time::DAY,
    use_case::{
        change_organization::{ChangeOrganization, NewContact},
        found_organization::FoundOrganization,
        remove_member::RemoveMember,
    },
};

use crate::{scene, support::House};

/// Changes nothing yet.
fn edit(by: &Caller, organization: OrganizationId) -> ChangeOrganization {
    ChangeOrganization {
        by: by.clone(),
        organization,
        name: None,
        discoverable: None,
        contact: None,
        joining_access: None,
    }
}

async fn found(platform: &Platform, by: &Caller, name: &str, discoverable: bool) -> OrganizationId {
    let name = OrganizationName::parse(name).unwrap();
    let command = FoundOrganization { by: by.clone(), name, kind: OrganizationKind::Company, once: None };
    let id = platform.found_organization(command).await.unwrap().what.organization.id();
    let command = ChangeOrganization { discoverable: Some(discoverable), ..edit(by, id) };
    platform.change_organization(command).await.unwrap();
    id
}

/// Dana belongs to Acme, which hides; two others can be found.
async fn several() -> (House, OrganizationId) {
    let (house, acme, ana) = House::founded().await;
    dana(&house, acme, &ana).await;
    let muller = found(&house.platform, &ana, "Müller & Söhne", true).await;
    found(&house.platform, &ana, "Zenith <b>", true).await;
    (house, muller)
}

/// Dana comes to Acme. Answers her membership.
async fn dana(house: &House, acme: OrganizationId, ana: &Caller) -> MembershipId {
    let (platform, none) = (&house.platform, scene::chosen(&[]));
    let invitation = scene::invite(platform, ana, acme, "dana@acme.example", none).await;
    scene::accept(platform, invitation, "dana", "Dana", "Weiss").await
}

#[tokio::test]
async fn organizations_are_found_by_a_part_of_their_names() {
    let (house, muller) = several().await;
    let mut browser = house.signed_in("dana").await;
    let page = browser.get("/join").await.is(StatusCode::OK).says("2 organizations found");
    let page = page.says("Müller &#38; Söhne").says("Zenith &#60;b&#62;").hides("Zenith <b>");
    assert!(!page.text().contains("Acme GmbH"), "{}", page.text());
    let page = browser.get("/join?query=mueller").await.is(StatusCode::OK).says("1 organization found");
    assert!(page.body.contains("value=\"mueller\"") && !page.text().contains("Zenith"), "{}", page.body);
    let none = browser.get("/join?query=acme").await.is(StatusCode::OK);
    none.says("No organization with that name can be found here.").says("ask yours for an invitation");
    let chosen = format!("/join?query=mu&organization={muller}&continue=yes");
    browser.get(&chosen).await.leads_to(&format!("/join/{muller}"));
    browser.get(&format!("/join?query=zen&organization={muller}")).await.is(StatusCode::OK).says("Zenith");
}

#[tokio::test]
async fn whoever_goes_on_chooses_first() {
    let (house, muller) = several().await;
    let mut browser = house.signed_in("dana").await;
    for path in ["/join?continue=yes", "/join?continue=yes&organization=x"] {
        let page = browser.get(path).await.is(StatusCode::UNPROCESSABLE_ENTITY);
        let page = page.says("There is a problem").says("Choose your organization");
        assert!(page.body.contains(&format!("href=\"#organization-{muller}\"")), "{}", page.body);
        assert_eq!(page.title(), "Error: Join an organization – Harbour Access");
    }
    let none = browser.get("/join?query=nothing&continue=yes").await.is(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.body.contains("href=\"#query\""), "{}", none.body);
}

#[tokio::test]
async fn a_search_takes_whatever_is_typed() {
    let (house, _) = several().await;
    let mut browser = house.signed_in("dana").await;
    for query in ["%25", "a%00b", "%FF", "%22%27%3Cscript%3Ealert", &"a".repeat(500), "%F0%9F%99%82"] {
        let page = browser.get(&format!("/join?query={query}")).await.is(StatusCode::OK);
        page.says("No organization found").hides("<script>alert").hides("\"'<script>");
    }
    house.browser().get("/join").await.leads_to("/sign-in?return_to=%2Fjoin");
}

#[tokio::test]
async fn many_organizations_are_shown_part_by_part() {
    let (house, _, ana) = House::founded().await;
    for number in 0..30 {
        found(&house.platform, &ana, &format!("Shop {number:02}"), true).await;
    }
    let mut browser = house.signed_in("ana").await;
    let page = browser.get("/join?query=sh").await.is(StatusCode::OK).says("25 organizations of many");
    let page = browser.get(&page.link("cursor=")).await.is(StatusCode::OK).says("Shop 29");
    assert!(!page.text().contains("Shop 24"), "{}", page.text());
}

#[tokio::test]
async fn settings_say_whom_to_ask() {
    let (house, acme, ana) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    let path = format!("/o/{acme}/settings");
    browser.get(&path).await.is(StatusCode::OK).says("Contact for questions");
    let refused = browser.post(&path, &[("organization", "Acme"), ("contact", "see evil.com")]).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).says("Enter a name, an email address or a telephone number");
    let wish = [("organization", "Acme"), ("contact", "Bo, hr@acme.example"), ("discoverable", "yes")];
    browser.post(&path, &wish).await.leads_to(&path);
    let page = browser.get(&path).await.is(StatusCode::OK);
    assert!(page.body.contains("value=\"Bo, hr@acme.example\""), "{}", page.body);
    browser.get("/join").await.says("Acme");
    browser.get(&path).await;
    browser.post(&path, &[("organization", "Acme"), ("contact", " ")]).await.leads_to(&path);
    let stored = house.platform.find_organization(&ana, acme).await.unwrap();
    assert_eq!((stored.parts().contact.clone(), stored.parts().discoverable), (None, false));
    let named = NewContact::Is(registration_domain::contact::Contact::parse("Bo").unwrap().unwrap());
    let command = ChangeOrganization { contact: Some(named), ..edit(&ana, acme) };
    house.platform.change_organization(command).await.unwrap();
    assert!(browser.get(&path).await.body.contains("value=\"Bo\""));
}

#[tokio::test]
async fn the_name_is_seen_before_anything_is_sent() {
    let (house, muller) = several().await;
    let mut browser = house.signed_in("dana").await;
    let page = browser.get(&format!("/join/{muller}")).await.is(StatusCode::OK);
    let page = page
        .says("Join Müller")
        .says("Not the right one? Search again")
        .says("Employee code")
        .says("Admin approval");
    assert_eq!(page.link("/join"), "/join");
    browser.get("/start").await.says("Join an existing organization");
    browser.get("/organizations").await.says("Join an organization");
    house
        .browser()
        .get(&format!("/join/{muller}"))
        .await
        .leads_to(&format!("/sign-in?return_to=%2Fjoin%2F{muller}"));
}

#[tokio::test]
async fn an_organization_that_hides_is_there_for_those_who_belong_or_are_invited() {
    let (house, acme, ana) = House::founded().await;
    let (membership, path) = (dana(&house, acme, &ana).await, format!("/join/{acme}"));
    let mut dana = house.signed_in("dana").await;
    dana.get(&path).await.is(StatusCode::OK).says("You are already a member of Acme GmbH.");
    let command = RemoveMember { by: ana.clone(), organization: acme, member: membership, reason: None };
    house.platform.remove_member(command).await.unwrap();
    let unnamed = dana.get(&path).await.is(StatusCode::OK).hides("Acme GmbH").hides("Admin approval");
    let unnamed = unnamed.says("Join with an employee code").text().replace(&acme.to_string(), "");
    let nobody = dana.get("/join/00000000-0000-0000-0000-000000000000").await.is(StatusCode::OK);
    assert_eq!(nobody.text(), unnamed, "nothing tells whether there is such an organization");
    dana.get("/join/x").await.is(StatusCode::NOT_FOUND);

    scene::invite(&house.platform, &ana, acme, "dana@acme.example", scene::chosen(&[])).await;
    let page = dana.get(&path).await.is(StatusCode::OK).says("Acme GmbH has invited you.");
    page.says("See invitation").hides("Admin approval");
    house.clock.advance(7 * DAY);
    let mut dana = house.signed_in("dana").await;
    dana.get(&path).await.is(StatusCode::OK).hides("Acme GmbH");
}

#[tokio::test]
async fn what_is_proposed_to_who_approves_is_chosen_beforehand() {
    let (house, acme, ana) = House::founded().await;
    let (mut browser, settings) = (house.signed_in("ana").await, format!("/o/{acme}/settings"));
    let path = format!("{settings}/joining");
    browser.get(&settings).await.says("Chosen beforehand: Nothing");
    let page = browser.get(&path).await.is(StatusCode::OK).says("Access for people who join");
    assert!(page.body.contains("value=\"nothing\" checked") && !page.body.contains("value=\"owner\""));
    for (fields, words) in [
        (&[][..], "Choose what they can do"),
        (&[("access", "chosen")], "Choose at least one permission"),
        (&[("access", "owner")], "Choose what they can do"),
    ] {
        browser.post(&path, fields).await.is(StatusCode::UNPROCESSABLE_ENTITY).says(words);
    }
    browser.post(&path, &[("access", "role"), ("role", "buyer")]).await.leads_to(&settings);
    browser.get(&settings).await.says("Chosen beforehand: Buyer");
    assert!(browser.get(&path).await.body.contains("value=\"role\" checked"));
    browser.post(&path, &[("access", "nothing")]).await.leads_to(&settings);
    let stored = house.platform.find_organization(&ana, acme).await.unwrap();
    assert_eq!(stored.parts().joining_access, JoiningAccess::default());

    dana(&house, acme, &ana).await;
    let mut stranger = house.signed_in("dana").await;
    stranger.get(&path).await.is(StatusCode::FORBIDDEN).says("Edit the organization");
}
