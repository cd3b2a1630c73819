//! Changing and removing access, ownership, leaving, the log.
use poem::http::StatusCode;
use registration_domain::access::Access;

use crate::{
    scene::{self, chosen},
    support::{Browser, House},
};

/// Ana owns Acme, Bo has everything, Dana a little. Answers the paths of Bo and Dana, too.
async fn staffed() -> (House, Browser, String, String, String) {
    let (house, organization, ana) = House::founded().await;
    let bo = scene::invite(&house.platform, &ana, organization, "bo@acme.example", Access::All).await;
    let bo = scene::accept(&house.platform, bo, "bo", "Bo", "Lindqvist").await;
    let dana = scene::invite(
        &house.platform,
        &ana,
        organization,
        "dana@acme.example",
        chosen(&["members.view", "orders.place"]),
    )
    .await;
    let dana = scene::accept(&house.platform, dana, "dana", "Dana", "Weiss").await;
    let browser = house.signed_in("ana").await;
    let place = format!("/o/{organization}");
    (house, browser, format!("{place}/users/{bo}"), format!("{place}/users/{dana}"), place)
}

#[tokio::test]
async fn a_change_of_access_tells_the_difference() {
    let (_house, mut ana, _, dana, place) = staffed().await;
    let page =
        ana.get(&format!("{dana}/permissions")).await.says("Permissions of Dana Weiss").says("Place orders");
    assert!(page.body.contains("value=\"orders.place\" checked"));
    let revision = ana.hidden("revision");
    let none =
        ana.post(&format!("{dana}/permissions"), &[("access", "chosen"), ("revision", &revision)]).await;
    none.is(StatusCode::UNPROCESSABLE_ENTITY).says("Choose at least one permission");
    let fields = [
        ("access", "chosen"),
        ("permission", "members.view"),
        ("permission", "orders.approve"),
        ("revision", revision.as_str()),
    ];
    ana.post(&format!("{dana}/permissions"), &fields).await.leads_to(&format!("{place}/users"));
    let page = ana.get(&format!("{place}/users")).await;
    page.says("Dana Weiss can now: Approve orders. Can no longer: Place orders.");
    ana.post(&format!("{dana}/permissions"), &fields).await.leads_to(&format!("{place}/users"));
    let log = ana.get(&format!("{place}/audit?action=membership.access_changed")).await;
    let log =
        log.says("Access changed").says("before: See members, Place orders → See members, Approve orders");
    assert_eq!(log.body.matches("datetime=").count(), 1, "sent twice, changed once");
}

#[tokio::test]
async fn a_stale_change_is_compared_and_never_overwrites_unseen() {
    let (house, mut ana, _, dana, place) = staffed().await;
    ana.get(&format!("{dana}/permissions")).await;
    let seen = ana.hidden("revision");
    let mut bo = house.signed_in("bo").await;
    bo.get(&format!("{dana}/permissions")).await;
    let theirs = [("access", "chosen"), ("permission", "audit.view"), ("revision", seen.as_str())];
    bo.post(&format!("{dana}/permissions"), &theirs).await.is(StatusCode::SEE_OTHER);
    let mine = [("access", "all"), ("revision", seen.as_str())];
    let page = ana.post(&format!("{dana}/permissions"), &mine).await.is(StatusCode::CONFLICT);
    page.says("Somebody else changed the permissions of Dana Weiss")
        .says("Bo Lindqvist changed the permissions of Dana Weiss on 15 January 2027, 08:00 UTC")
        .says("Keep mine")
        .says("Keep theirs")
        .says("See the audit log");
    let fresh = ana.hidden("revision");
    assert_ne!(fresh, seen);
    ana.post(&format!("{dana}/permissions"), &[("access", "all"), ("revision", &fresh)])
        .await
        .leads_to(&format!("{place}/users"));
}

#[tokio::test]
async fn nobody_changes_their_own_access_and_only_an_owner_touches_owners() {
    let (house, _, bo, _, place) = staffed().await;
    let mut other = house.signed_in("bo").await;
    other
        .get(&format!("{bo}/permissions"))
        .await
        .is(StatusCode::FORBIDDEN)
        .says("You cannot change your own access.");
    let list = other.get(&format!("{place}/users?q=ruiz")).await.says("Ana Ruiz");
    assert!(!list.body.contains("/remove\""), "an Owner is out of reach");
    other.get(&format!("{bo}/hand-over")).await.is(StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn access_is_removed_after_a_page_that_names_the_person() {
    let (house, mut ana, bo, _, place) = staffed().await;
    ana.get(&format!("{bo}/remove"))
        .await
        .says("Remove Bo Lindqvist from Acme GmbH?")
        .says("They sent no invitation that is pending.");
    let mut bo_browser = house.signed_in("bo").await;
    for email in ["x@acme.example", "y@acme.example"] {
        bo_browser.get(&format!("{place}/users/invite")).await;
        let fields = [("emails", email), ("access", "chosen"), ("permission", "members.view")];
        bo_browser.post(&format!("{place}/users/invite"), &fields).await.is(StatusCode::SEE_OTHER);
    }
    ana.get(&format!("{bo}/remove"))
        .await
        .says("The 2 pending invitations that they sent are not accepted any more.");
    bo_browser.get(&place).await.is(StatusCode::OK);
    ana.post(&format!("{bo}/remove"), &[("reason", "Left")]).await.leads_to(&format!("{place}/users"));
    ana.get(&format!("{place}/users"))
        .await
        .says("Bo Lindqvist no longer has access to Acme GmbH.")
        .hides("bo@acme.example");
    bo_browser.get(&place).await.is(StatusCode::NOT_FOUND);
    bo_browser.get("/").await.leads_to("/start");
    bo_browser.get("/start").await.says("as an individual user").says("bo@acme.example");
    ana.post(&format!("{bo}/remove"), &[])
        .await
        .is(StatusCode::CONFLICT)
        .says("Bo Lindqvist is removed already");
    ana.get(&format!("{bo}/remove"))
        .await
        .says("Ana Ruiz removed Bo Lindqvist on 15 January 2027, 08:00 UTC. Nothing more to do.");
    ana.get(&format!("{place}/audit?action=membership.removed")).await.says("Access removed").says("Left");
}

#[tokio::test]
async fn the_last_owner_stays_and_ownership_can_be_handed_over() {
    let (_house, mut ana, bo, _, place) = staffed().await;
    let page = ana.get("/organizations").await;
    let leave = page.link("/leave");
    ana.get(&leave).await.says("Leave Acme GmbH?");
    ana.post(&leave, &[])
        .await
        .is(StatusCode::CONFLICT)
        .says("You are the only Owner of Acme GmbH")
        .says("Choose a new Owner");
    ana.get(&format!("{bo}/permissions")).await.says("Hand over ownership");
    ana.get(&format!("{bo}/hand-over")).await.says("You keep all permissions, but are no longer an Owner.");
    ana.post(&format!("{bo}/hand-over"), &[]).await.leads_to(&format!("{place}/users"));
    ana.get(&format!("{place}/users")).await.says("Bo Lindqvist is now an Owner of Acme GmbH.");
    ana.get(&leave).await;
    ana.post(&leave, &[]).await.leads_to("/organizations");
    ana.get("/organizations").await.says("You have left Acme GmbH.").says("No organizations yet");
}

#[tokio::test]
async fn settings_change_the_name_and_the_log_is_filtered() {
    let (_house, mut ana, _, _, place) = staffed().await;
    ana.get(&format!("{place}/settings")).await.says("Let people find this organization");
    ana.post(&format!("{place}/settings"), &[("organization", " ")])
        .await
        .is(StatusCode::UNPROCESSABLE_ENTITY);
    ana.post(&format!("{place}/settings"), &[("organization", "Acme AG"), ("discoverable", "yes")])
        .await
        .leads_to(&format!("{place}/settings"));
    ana.get(&format!("{place}/settings")).await.says("Saved.").says("Acme AG");
    ana.get(&format!("{place}/audit?action=organization.changed"))
        .await
        .says("Organization changed")
        .says("Ana Ruiz");
    ana.get(&format!("{place}/audit?since=2027-01-16")).await.says("Nothing found");
    ana.get(&format!("{place}/audit?since=2027-01-15&until=2027-01-15")).await.says("Invited");
    ana.get(&format!("{place}/audit?since=99999-99-99&until=x&action=y")).await.is(StatusCode::OK);
    let log = ana.get(&format!("{place}/audit")).await;
    let by = log.link("actor=");
    ana.get(&by).await.is(StatusCode::OK);
}

#[tokio::test]
async fn every_page_speaks_german_too() {
    let (_house, mut ana, bo, _, place) = staffed().await;
    ana.language = "de";
    for (path, words) in [
        (place.clone(), "Was zuletzt geschah"),
        (format!("{place}/users"), "Benutzerverwaltung"),
        (format!("{place}/users/invite"), "Neuen Benutzer einladen"),
        (format!("{bo}/permissions"), "Berechtigungen von Bo Lindqvist"),
        (format!("{bo}/remove"), "Zugriff entziehen"),
        (format!("{place}/audit"), "Protokoll"),
        ("/organizations".to_owned(), "Ihre Organisationen"),
    ] {
        let page = ana.get(&path).await.is(StatusCode::OK).says(words);
        assert!(page.body.contains("<html lang=\"de\""));
    }
}
