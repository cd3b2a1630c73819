//! Email domains on pages: for those who may edit the organization, and for those whose address opens it.
use poem::http::StatusCode;
use registration_domain::{access::Access, organization::OrganizationId, session::Caller};

use crate::{
    scene::{self, chosen},
    support::{Browser, House, between},
};

async fn added(house: &House, ana: &mut Browser, place: &str, fields: &[(&str, &str)]) -> String {
    ana.get(&format!("{place}/email-domains")).await.says("Add a domain");
    let sent = ana.post(&format!("{place}/email-domains"), fields).await.is(StatusCode::SEE_OTHER);
    let path = sent.header("location").to_owned();
    let page = ana.get(&path).await.says("Not verified").says("Publish this record");
    let value =
        format!("registration-verification={}", between(&page.body, "registration-verification=", "<"));
    let name = between(&page.body, "data-copy=\"", "\"");
    registration_testkit::contract::domain_proof::Zone::publish(&*house.dns, name, &[&[&value]]);
    path
}

/// Vera has an address at acme.example and belongs nowhere.
async fn outsider(house: &House, organization: OrganizationId, ana: &Caller) -> Browser {
    let vera = scene::invite(&house.platform, ana, organization, "vera@acme.example", chosen(&[])).await;
    let vera = scene::accept(&house.platform, vera, "vera", "Vera", "Holt").await;
    let mut owner = house.signed_in("ana").await;
    let path = format!("/o/{organization}/users/{vera}/remove");
    owner.get(&path).await;
    owner.post(&path, &[]).await.is(StatusCode::SEE_OTHER);
    house.signed_in("vera").await
}

#[tokio::test]
async fn a_domain_is_proven_and_its_people_join_at_once() {
    let (house, organization, caller) = House::founded().await;
    let (mut ana, place) = (house.signed_in("ana").await, format!("/o/{organization}"));
    let mut vera = outsider(&house, organization, &caller).await;
    vera.get("/start").await.hides("acme.example lets you join");
    let fields = [
        ("domain", "ACME.example"),
        ("policy", "admit"),
        ("access", "chosen"),
        ("permission", "members.view"),
    ];
    let path = added(&house, &mut ana, &place, &fields).await;
    ana.get(&path).await.says("This holds once the domain is verified.").says("See members");
    ana.post(&format!("{path}/check"), &[]).await.leads_to(&path);
    ana.get(&path).await.says("acme.example is verified.").says("Keep the record published");
    let join = vera.get(&format!("/join/{organization}")).await.says("Join Acme GmbH");
    join.says("Your address at acme.example lets you join Acme GmbH now.").hides("By invitation");
    vera.get("/start").await.says("Your address at acme.example lets you join Acme GmbH now.");
    let id = organization.to_string();
    vera.post("/join/email-domain", &[("organization", &id)]).await.leads_to(&place);
    vera.get(&place).await.says("You have joined Acme GmbH.");
    ana.get(&format!("{place}/users")).await.says("Vera Holt").says("by an address of the organization");
    ana.get(&format!("{place}/audit")).await.says("Joined by email domain").says("Email domain verified");
}

#[tokio::test]
async fn what_dns_says_is_told() {
    let (house, organization, _) = House::founded().await;
    let (mut ana, place) = (house.signed_in("ana").await, format!("/o/{organization}"));
    let path = added(&house, &mut ana, &place, &[("domain", "acme.example"), ("policy", "review")]).await;
    let zone: &dyn registration_testkit::contract::domain_proof::Zone = &*house.dns;
    let name = "_registration-challenge.acme.example";
    zone.withdraw(name);
    let told = ana.post(&format!("{path}/check"), &[]).await.is(StatusCode::CONFLICT);
    told.says("We found no TXT record at").says(name).says("DNS can take up to an hour.");
    zone.publish(name, &[&["<b>other</b>"]]);
    let told = ana.post(&format!("{path}/check"), &[]).await.is(StatusCode::CONFLICT);
    assert!(told.body.contains("&#60;b&#62;other"), "{}", told.body);
    told.says("but with another value");
    zone.fail(name);
    ana.post(&format!("{path}/check"), &[]).await.is(StatusCode::CONFLICT).says("gave no answer");
}

#[tokio::test]
async fn what_cannot_be_added_is_said_beside_its_field() {
    let (house, organization, _) = House::founded().await;
    let (mut ana, place) = (house.signed_in("ana").await, format!("/o/{organization}/email-domains"));
    ana.get(&place).await.says("No email domain yet");
    for (fields, words) in [
        (&[("policy", "review")][..], "Enter a domain"),
        (&[("domain", "acme.example")], "Choose how people with addresses there join"),
        (&[("domain", "acme"), ("policy", "review")], "Enter a domain in the correct format"),
        (&[("domain", "gmail.com"), ("policy", "review")], "Everybody can have an address at this domain."),
        (&[("domain", "acme.example"), ("policy", "admit")], "Choose what they can do"),
    ] {
        ana.post(&place, fields).await.is(StatusCode::UNPROCESSABLE_ENTITY).says(words);
    }
    let both = ana.post(&place, &[("domain", "gmail.com")]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    both.says("Everybody can have an address").says("Choose how people with addresses there join");
    ana.post(&place, &[("domain", "acme.example"), ("policy", "review")]).await.is(StatusCode::SEE_OTHER);
    ana.get(&place).await.says("acme.example").says("Not verified").says("They ask, and somebody decides.");
    let again = ana.post(&place, &[("domain", "acme.example"), ("policy", "review")]).await;
    again.is(StatusCode::UNPROCESSABLE_ENTITY).says("Your organization has this domain already.");
}

#[tokio::test]
async fn a_policy_is_changed_and_a_domain_removed() {
    let (house, organization, caller) = House::founded().await;
    let (mut ana, place) = (house.signed_in("ana").await, format!("/o/{organization}"));
    let mut vera = outsider(&house, organization, &caller).await;
    let path = added(&house, &mut ana, &place, &[("domain", "acme.example"), ("policy", "review")]).await;
    ana.post(&format!("{path}/check"), &[]).await.leads_to(&path);
    let start =
        vera.get("/start").await.says("Acme GmbH decides about people with addresses at acme.example.");
    let asking = format!("/join/{organization}");
    assert_eq!(start.link("/join/"), asking);
    let page = vera.get(&asking).await.says("They see that your address is at acme.example");
    let fields = [("method", "email_domain"), ("note", "I begin on Monday.")];
    assert!(page.body.contains("value=\"email_domain\""), "{}", page.body);
    let sent = vera.post(&asking, &fields).await.is(StatusCode::SEE_OTHER);
    let own = sent.header("location").to_owned();
    vera.get(&own).await.says("by your address at acme.example").says("I begin on Monday.");
    let inbox = ana.get(&format!("{place}/requests")).await.says("Email domain acme.example, verified");
    inbox.says("Vera Holt").says("I begin on Monday.");
    vera.post(&format!("{own}/withdraw"), &[]).await.leads_to(&own);
    ana.get(&path).await;
    ana.post(&path, &[("policy", "invitation_only")]).await.leads_to(&path);
    ana.get(&path).await.says("They join by invitation only.");
    vera.get("/start").await.says("takes people with addresses at acme.example by invitation only");
    let id = organization.to_string();
    vera.post("/join/email-domain", &[("organization", &id)]).await.is(StatusCode::FORBIDDEN);
    ana.get(&format!("{path}/remove")).await.says("Remove acme.example?").says("stays a member");
    ana.post(&format!("{path}/remove"), &[]).await.leads_to(&format!("{place}/email-domains"));
    ana.get(&format!("{place}/email-domains"))
        .await
        .says("acme.example is removed.")
        .says("No email domain yet");
    ana.get(&path).await.is(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn domains_are_for_those_who_may_edit_the_organization() {
    let (house, organization, ana) = House::founded().await;
    let bo = scene::invite(&house.platform, &ana, organization, "bo@acme.example", chosen(&["members.view"]))
        .await;
    scene::accept(&house.platform, bo, "bo", "Bo", "Lindqvist").await;
    let edda = chosen(&["organization.edit"]);
    let edda = scene::invite(&house.platform, &ana, organization, "edda@acme.example", edda).await;
    scene::accept(&house.platform, edda, "edda", "Edda", "Kern").await;
    let place = format!("/o/{organization}/email-domains");
    house.signed_in("bo").await.get(&place).await.is(StatusCode::FORBIDDEN).says("Edit the organization");
    let mut edda = house.signed_in("edda").await;
    edda.get(&place).await.hides("Join at once").says("you need the permission to invite members");
}

#[tokio::test]
async fn a_domain_that_falls_back_says_why() {
    let (house, organization, ana) = House::founded().await;
    let bo = scene::invite(&house.platform, &ana, organization, "bo@acme.example", Access::All).await;
    let membership = scene::accept(&house.platform, bo, "bo", "Bo", "Lindqvist").await;
    let (mut bo, place) = (house.signed_in("bo").await, format!("/o/{organization}"));
    let path =
        added(&house, &mut bo, &place, &[("domain", "acme.example"), ("policy", "admit"), ("access", "all")])
            .await;
    bo.post(&format!("{path}/check"), &[]).await.leads_to(&path);
    let mut ana = house.signed_in("ana").await;
    let remove = format!("{place}/users/{membership}/remove");
    ana.get(&remove).await;
    ana.post(&remove, &[]).await.is(StatusCode::SEE_OTHER);
    ana.get(&path).await.says("Bo Lindqvist chose this access and could no longer give it");
    ana.post(&path, &[("policy", "admit"), ("access", "all")]).await.leads_to(&path);
    ana.get(&path).await.hides("could no longer give it");
}
