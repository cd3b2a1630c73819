//! Employee codes: made and shown once, typed by those who join, and taken back.
use poem::http::StatusCode;
use registration_domain::{
    organization::{OrganizationId, OrganizationKind},
    organization_name::OrganizationName,
    session::Caller,
    time::DAY,
    use_case::{found_organization::FoundOrganization, remove_member::RemoveMember},
};

use crate::{
    scene::{self, chosen},
    support::{Browser, House, ORIGIN, Page, between},
};

/// Acme hides. Dana has an account and belongs nowhere.
async fn house() -> (House, OrganizationId, Caller) {
    let (house, acme, ana) = House::founded().await;
    let name = OrganizationName::parse("Elsewhere").unwrap();
    let command = FoundOrganization { by: ana.clone(), name, kind: OrganizationKind::Company, once: None };
    let elsewhere = house.platform.found_organization(command).await.unwrap().what.organization.id();
    let invitation = scene::invite(&house.platform, &ana, elsewhere, "dana@mail.example", chosen(&[])).await;
    let member = scene::accept(&house.platform, invitation, "dana", "Dana", "Weiss").await;
    let command = RemoveMember { by: ana.clone(), organization: elsewhere, member, reason: None };
    house.platform.remove_member(command).await.unwrap();
    (house, acme, ana)
}

const ONE: [(&str, &str); 5] =
    [("label", "Warehouse, May"), ("count", "1"), ("uses", "1"), ("expires", "30"), ("entry", "review")];

async fn make(browser: &mut Browser, acme: OrganizationId, fields: &[(&str, &str)]) -> Page {
    let path = format!("/o/{acme}/employee-codes/new");
    browser.get(&path).await.is(StatusCode::OK).says("Make a code");
    browser.post(&path, fields).await
}

fn code(page: &Page) -> String {
    between(&page.body, "<code class=\"secret\">", "<").to_owned()
}

async fn type_in(browser: &mut Browser, acme: OrganizationId, code: &str) -> Page {
    let path = format!("/join/{acme}");
    browser.get(&path).await.is(StatusCode::OK);
    browser.post(&path, &[("method", "code"), ("code", code)]).await
}

#[tokio::test]
async fn a_code_is_shown_once_and_backs_a_request() {
    let (house, acme, _) = house().await;
    let (mut ana, mut dana) = (house.signed_in("ana").await, house.signed_in("dana").await);
    let list = format!("/o/{acme}/employee-codes");
    ana.get(&list).await.says("No employee codes");
    let made = make(&mut ana, acme, &ONE).await.is(StatusCode::OK).says("Your employee code");
    let made = made.says("Copy it now. Nobody can show it again.").says(&format!("/join/{acme}"));
    let secret = code(&made);
    assert_eq!(secret.len(), 14, "{secret}");
    let page = ana.get(&list).await.says("Warehouse, May").says("0 of 1").says("Active").hides(&secret);
    page.says("Review needed").says("Ana Ruiz");

    dana.get(&format!("/join/{acme}")).await.says("Join with an employee code").hides("Acme GmbH");
    let typed = secret.to_lowercase().replace('-', " ");
    let sent = type_in(&mut dana, acme, &typed).await.is(StatusCode::SEE_OTHER);
    let own = sent.header("location").to_owned();
    let page = dana.get(&own).await.says("Your employee code was accepted.").says("with an employee code");
    page.hides(&secret);
    ana.get(&format!("/o/{acme}/requests")).await.says("Employee code: Warehouse, May").hides(&secret);
    ana.get(&list).await.says("1 of 1").says("Used up");
}

#[tokio::test]
async fn a_code_lets_in_at_once_where_its_maker_said_so() {
    let (house, acme, _) = house().await;
    let (mut ana, mut dana) = (house.signed_in("ana").await, house.signed_in("dana").await);
    let refused = make(&mut ana, acme, &[("count", "1"), ("entry", "admit")]).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).says("Choose what they can do");
    let fields = [("count", "1"), ("entry", "admit"), ("access", "chosen"), ("permission", "members.view")];
    let made = make(&mut ana, acme, &fields).await.is(StatusCode::OK).says("Lets in at once: See members");
    type_in(&mut dana, acme, &code(&made)).await.leads_to(&format!("/o/{acme}"));
    dana.get(&format!("/o/{acme}")).await.says("You have joined Acme GmbH.");
    ana.get(&format!("/o/{acme}/employee-codes")).await.says("Used once").says("No label").says("Never");
}

#[tokio::test]
async fn refusals_are_alike_outside_and_told_apart_inside() {
    let (house, acme, _) = house().await;
    let mut ana = house.signed_in("ana").await;
    let list = format!("/o/{acme}/employee-codes");
    let revoked = code(&make(&mut ana, acme, &ONE).await);
    let path = ana.get(&list).await.link("/revoke");
    ana.get(&path).await.says("Revoke the code “Warehouse, May”?").says("Requests that it backed stay.");
    ana.post(&path, &[]).await.leads_to(&list);
    ana.get(&list).await.says("works no more.").says("Revoked");
    let brief = code(&make(&mut ana, acme, &[("count", "1"), ("expires", "1")]).await);
    house.clock.advance(DAY);
    let (mut ana, mut dana) = (house.signed_in("ana").await, house.signed_in("dana").await);
    let mut said = Vec::new();
    for typed in ["7Q4K-M2XP-9DTA", revoked.as_str(), brief.as_str(), "no code at all"] {
        let page = type_in(&mut dana, acme, typed).await.is(StatusCode::UNPROCESSABLE_ENTITY);
        said.push(
            page.says("That code does not work here. Check it, or ask your organization for another.").text(),
        );
    }
    assert!(said.iter().all(|it| *it == said[0]), "{said:?}");
    let page =
        ana.get(&list).await.says("Refused as revoked: 1").says("Refused as expired: 1").says("Expired");
    page.says("codes were typed here that are none of yours, 2 times");

    type_in(&mut dana, acme, "7Q4K-M2XP-9DTB").await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let spent = type_in(&mut dana, acme, "7Q4K-M2XP-9DTC").await.is(StatusCode::TOO_MANY_REQUESTS);
    assert!(!spent.header("retry-after").is_empty());
    spent.says("Too many tries. You can try again at").hides("Admin approval");
}

#[tokio::test]
async fn many_codes_are_a_file_of_the_very_same_codes() {
    let (house, acme, _) = house().await;
    let mut ana = house.signed_in("ana").await;
    let fields =
        [("label", "=1+1, \"May\""), ("count", "3"), ("uses", ""), ("expires", "7"), ("entry", "review")];
    let page = make(&mut ana, acme, &fields).await.is(StatusCode::OK).says("Your 3 employee codes");
    let codes = page.body.split("<code class=\"secret\">").skip(1);
    let codes = codes.map(|it| it.split('<').next().unwrap().to_owned()).collect::<Vec<_>>();
    // The form of the page itself, which holds the wish and its key.
    let kept = page.body.split_once("data-again>").unwrap().1.split_once("<button").unwrap().0;
    let inputs = kept.split("<input type=\"hidden\" name=\"").skip(1);
    let inputs = inputs.map(|it| (it.split('"').next().unwrap(), between(it, "value=\"", "\"")));
    let inputs = inputs.map(|(name, value)| (name, value.replace("&#34;", "\"")));
    let inputs = inputs.chain([("csv", "yes".to_owned())]).collect::<Vec<_>>();
    let inputs = inputs.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>();
    let ours = [("origin", ORIGIN), ("sec-fetch-site", "same-origin")];
    let file = ana.post_bare(&format!("/o/{acme}/employee-codes/new"), &inputs, &ours).await;
    let file = file.is(StatusCode::OK);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let lines = file.body.lines().collect::<Vec<_>>();
    assert_eq!(lines.len(), 4, "{}", file.body);
    for (line, code) in lines[1..].iter().zip(&codes) {
        assert!(line.starts_with(code.as_str()) && !line.contains(",=1") && !line.contains("\"=1"), "{line}");
        assert!(line.ends_with(&format!("/join/{acme}")), "{line}");
    }
    let list = ana.get(&format!("/o/{acme}/employee-codes")).await;
    assert_eq!(list.body.matches("/revoke\"").count(), 3, "the file made no more of them");
}

#[tokio::test]
async fn what_no_code_can_be_made_of_is_said_beside_its_field() {
    let (house, acme, ana) = house().await;
    let mut browser = house.signed_in("ana").await;
    for (fields, words) in [
        (&[("count", "0")][..], "Enter a number from 1 to 500"),
        (&[("count", "501")], "Enter a number from 1 to 500"),
        (&[("count", "x")], "Enter a number from 1 to 500"),
        (&[("count", "1"), ("uses", "0")], "Enter a whole number, or nothing"),
        (&[("count", "1"), ("uses", "-1")], "Enter a whole number, or nothing"),
        (&[("count", "1"), ("label", "see evil.com")], "nothing that looks like a web address"),
    ] {
        make(&mut browser, acme, fields).await.is(StatusCode::UNPROCESSABLE_ENTITY).says(words);
    }
    let invitation =
        scene::invite(&house.platform, &ana, acme, "nora@acme.example", chosen(&["members.view"])).await;
    scene::accept(&house.platform, invitation, "nora", "Nora", "Neu").await;
    let mut nora = house.signed_in("nora").await;
    for path in ["employee-codes", "employee-codes/new"] {
        nora.get(&format!("/o/{acme}/{path}")).await.is(StatusCode::FORBIDDEN).says("employee codes");
    }
}
