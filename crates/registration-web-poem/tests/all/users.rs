//! User Management: its lists, and inviting one or many.
use poem::http::StatusCode;
use registration_domain::port::MailerError;
use registration_domain::{
    access::{Access, RoleKey},
    session::{Caller, Origin},
    time::DAY,
    use_case::change_access::ChangeAccess,
};

use crate::{
    scene::{self, chosen},
    support::House,
};

async fn furnished() -> (House, String) {
    let house = House::empty();
    scene::furnish(&house.platform).await;
    let mut browser = house.signed_in("ana").await;
    let place = browser.get("/").await.header("location").to_owned();
    (house, place)
}

#[tokio::test]
async fn members_are_searched_sorted_and_told_apart() {
    let (house, place) = furnished().await;
    let mut browser = house.signed_in("ana").await;
    let page = browser.get(&format!("{place}/users")).await.is(StatusCode::OK);
    let page = page
        .says("Ana Ruiz (you)")
        .says("You cannot change your own access")
        .says("invited by Ana Ruiz")
        .says("founded Acme GmbH");
    assert!(page.body.contains("aria-sort=\"ascending\""));
    assert!(!page.body.contains("gone@acme.example"));
    let back = browser.get(&page.link("sort=-name")).await;
    assert!(back.body.contains("aria-sort=\"descending\""));
    let at = |name: &str| back.body.find(name).unwrap();
    assert!(at("dana@acme.example") < at("bo@acme.example"), "by last name, from the end");
    let by_access = browser.get(&format!("{place}/users?sort=access")).await;
    let at = |name: &str| by_access.body.find(name).unwrap();
    assert!(at("ana@acme.example") < at("bo@acme.example"), "Owners first");
    assert!(at("bo@acme.example") < at("chidi@acme.example"), "then who has all, then roles");
    assert!(at("chidi@acme.example") < at("emil@acme.example"), "and then what was chosen");
    browser.get(&by_access.link("sort=-access")).await.is(StatusCode::OK);
    let found = browser.get(&format!("{place}/users?q=s%C3%98rensen")).await.says("emil@acme.example");
    assert!(!found.body.contains("bo@acme.example"));
    browser.get(&format!("{place}/users?q=nobody")).await.says("Nothing found for “nobody”").says("Show all");
    browser
        .get(&format!("{place}/users?tab=removed"))
        .await
        .says("gone@acme.example")
        .says("15 January 2027by Ana Ruiz")
        .says("Left the company in March.")
        .says("All permissions")
        .says("Invite again");
}

#[tokio::test]
async fn the_history_of_somebody_is_one_click_away_for_those_who_may_read_the_log() {
    let (house, place) = furnished().await;
    let mut ana = house.signed_in("ana").await;
    let removed = ana.get(&format!("{place}/users?tab=removed")).await;
    let history = ana.get(&removed.link("/audit?about=")).await.is(StatusCode::OK);
    let history = history.says("Access removed").says("Invitation accepted").says("Invited");
    assert_eq!(history.body.matches("<time datetime=").count(), 3, "of nobody else");
    let mut dana = house.signed_in("dana").await;
    dana.get(&format!("{place}/users?tab=removed")).await.says("Gwen Oldham").hides("/audit?about=");
    ana.get(&format!("{place}/audit?about=%00")).await.is(StatusCode::OK);
}

#[tokio::test]
async fn who_leaves_by_themselves_is_told_apart() {
    let (house, place) = furnished().await;
    let mut bo = house.signed_in("bo").await;
    let leave = bo.get("/organizations").await.link("/leave");
    bo.get(&leave).await;
    bo.post(&leave, &[]).await.leads_to("/organizations");
    let mut ana = house.signed_in("ana").await;
    ana.get(&format!("{place}/users?tab=removed&q=lindqvist")).await.says("left by themselves");
}

#[tokio::test]
async fn an_only_owner_is_asked_for_a_second_one() {
    let (house, organization, ana) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    let path = format!("/o/{organization}/users");
    let alone = browser.get(&path).await.says("Acme GmbH has one Owner. Add a second one");
    let invite = browser.get(&alone.link("access=owner")).await.is(StatusCode::OK);
    assert!(invite.body.contains("value=\"owner\" checked"));
    let id = scene::invite(&house.platform, &ana, organization, "bo@acme.example", Access::All).await;
    scene::accept(&house.platform, id, "bo", "Bo", "Lindqvist").await;
    let page = browser.get(&path).await.says("Make someone an Owner");
    assert!(page.body.contains("href=\"#list\""), "among those who are there");
    house.signed_in("bo").await.get(&path).await.hides("Make someone an Owner");
    let id = scene::invite(&house.platform, &ana, organization, "cora@acme.example", Access::Owner).await;
    scene::accept(&house.platform, id, "cora", "Cora", "Dahl").await;
    browser.get(&path).await.hides("has one Owner");
}

#[tokio::test]
async fn what_nobody_stands_behind_is_marked_in_the_list() {
    let (house, organization, ana) = House::founded().await;
    let role = Access::Role(RoleKey::parse("lead").unwrap());
    let id = scene::invite(&house.platform, &ana, organization, "farah@acme.example", role).await;
    let member = scene::accept(&house.platform, id, "farah", "Farah", "Haddad").await;
    let farah = house.platform.find_member(&ana, organization, member).await.unwrap();
    let by_farah = Caller { account: farah.account.id(), origin: Origin::default() };
    let email = "x@acme.example";
    scene::invite(&house.platform, &by_farah, organization, email, chosen(&["members.view"])).await;
    scene::invite(&house.platform, &ana, organization, "y@acme.example", Access::All).await;
    let mut browser = house.signed_in("ana").await;
    let path = format!("/o/{organization}/users?tab=pending");
    browser.get(&path).await.hides("Not backed");
    let (access, seen) = (chosen(&["members.view"]), farah.membership.parts().revision);
    let command = ChangeAccess { by: ana, organization, member, access, seen };
    house.platform.change_access(command).await.unwrap();
    let page = browser.get(&path).await.says("Farah Haddad may no longer give this access.");
    assert_eq!(page.body.matches("Not backed").count(), 1);
}

#[tokio::test]
async fn members_and_the_log_are_files_with_all_that_the_lists_would_show() {
    let (house, place) = furnished().await;
    let mut ana = house.signed_in("ana").await;
    let list = ana.get(&format!("{place}/users?sort=-name&q=acme")).await;
    let file = ana.get(&list.link("members.csv")).await.is(StatusCode::OK);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"members.csv\"");
    let lines: Vec<_> = file.body.lines().collect();
    assert!(lines[0].starts_with("\u{feff}Name,Email address,Username,Access,Status,Last sign-in,Since"));
    assert_eq!(lines.len(), 7);
    assert!(lines[2].starts_with("Dana Weiss,dana@acme.example,dana,3 permissions,Active,"), "{}", lines[2]);
    let removed = ana.get(&format!("{place}/users/members.csv?tab=removed")).await;
    let line = removed.body.lines().nth(1).unwrap();
    assert!(
        line.starts_with("Gwen Oldham,") && line.ends_with("Ana Ruiz,Left the company in March."),
        "{line}"
    );
    let log = ana.get(&format!("{place}/audit?action=invitation.declined")).await;
    let file = ana.get(&log.link("audit.csv")).await.is(StatusCode::OK);
    let lines: Vec<_> = file.body.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[1].contains("Invitation declined,jo@acme.example"), "{}", lines[1]);
    ana.language = "de";
    let german = ana.get(&format!("{place}/users/members.csv")).await;
    assert!(german.body.starts_with("\u{feff}Name,E-Mail-Adresse,"), "{}", german.body);
    let mut emil = house.signed_in("emil").await;
    emil.get(&format!("{place}/audit.csv")).await.is(StatusCode::FORBIDDEN).says("See the audit log");
    house.browser().get(&format!("{place}/users/members.csv")).await.is(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_long_list_is_read_part_by_part() {
    let (house, organization, ana) = House::founded().await;
    for number in 0..30 {
        scene::invite(
            &house.platform,
            &ana,
            organization,
            &format!("p{number:02}@acme.example"),
            Access::All,
        )
        .await;
    }
    let mut browser = house.signed_in("ana").await;
    let first = browser
        .get(&format!("/o/{organization}/users?tab=pending"))
        .await
        .says("p29@acme.example")
        .hides("p04@acme.example");
    let next = first.link("cursor=");
    browser.get(&next).await.says("p04@acme.example").hides("p05@acme.example").says("First page");
    browser.get(&format!("{next}0")).await.is(StatusCode::NOT_FOUND);
    let elsewhere = next.replace("tab=pending", "tab=expired");
    browser.get(&elsewhere).await.is(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_pending_failed_and_expired_has_its_tab() {
    let (house, organization, ana) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    for (tab, words) in [
        ("pending", "No invitations are waiting"),
        ("failed", "No mail has failed"),
        ("expired", "No invitation has expired"),
        ("removed", "Nobody was removed"),
    ] {
        browser.get(&format!("/o/{organization}/users?tab={tab}")).await.says(words);
    }
    let id = scene::invite(&house.platform, &ana, organization, "chidi@acme.example", Access::All).await;
    browser
        .get(&format!("/o/{organization}/users?tab=pending"))
        .await
        .says("chidi@acme.example")
        .says("Waiting");
    while house.platform.deliver_mail().await.unwrap() > 0 {}
    browser.post(&format!("/o/{organization}/invitations/{id}/resend"), &[]).await.is(StatusCode::SEE_OTHER);
    house.fail_next(MailerError::Refused("550 mailbox does not exist".into()));
    while house.platform.deliver_mail().await.unwrap() > 0 {}
    let failed = browser.get(&format!("/o/{organization}/users?tab=failed")).await;
    failed
        .says("chidi@acme.example")
        .says("550 mailbox does not exist")
        .says("The mailbox does not exist.")
        .says("Correct the address and resend");
    let path = format!("/o/{organization}/invitations/{id}");
    browser.get(&path).await.says("Correct and resend");
    let wrong = browser.post(&path, &[("email", "chidi@"), ("access", "all")]).await;
    wrong.is(StatusCode::UNPROCESSABLE_ENTITY).says("Enter an email address in the correct format");
    browser
        .post(&path, &[("email", "chidi.o@acme.example"), ("access", "all")])
        .await
        .leads_to(&format!("/o/{organization}/users?tab=pending"));
    browser
        .get(&format!("/o/{organization}/users?tab=pending"))
        .await
        .says("New invitation sent to chidi.o@acme.example. The earlier link no longer works.");
    house.clock.advance(7 * DAY);
    let mut browser = house.signed_in("ana").await;
    browser.get(&format!("/o/{organization}/users?tab=expired")).await.says("chidi.o@acme.example");
    browser.post(&format!("{path}/resend"), &[]).await.is(StatusCode::SEE_OTHER);
    browser.get(&format!("{path}/revoke")).await.says("Revoke the invitation of chidi.o@acme.example?");
    browser.post(&format!("{path}/revoke"), &[("reason", "Wrong person")]).await.is(StatusCode::SEE_OTHER);
    browser.get(&path).await.says("Revoked").says("Wrong person").says("Invite again");
    browser
        .post(&format!("{path}/resend"), &[])
        .await
        .is(StatusCode::CONFLICT)
        .says("This invitation was revoked in the meantime.");
}

#[tokio::test]
async fn one_address_is_invited_at_once() {
    let (house, organization, _) = House::founded().await;
    let mut browser = house.signed_in("ana").await;
    let path = format!("/o/{organization}/users/invite");
    browser.get(&format!("/o/{organization}/users")).await.says("Invite new user");
    let empty = browser.post(&path, &[]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("Enter at least one email address").says("Choose what they can do");
    let none = browser.post(&path, &[("emails", "bo@acme.example"), ("access", "chosen")]).await;
    let none = none.is(StatusCode::UNPROCESSABLE_ENTITY).says("Choose at least one permission");
    assert!(none.body.contains("bo@acme.example"));
    browser.post(&path, &[("emails", "bo@acme.example"), ("access", "role")]).await.says("Choose a role");
    let fields = [
        ("emails", "Bo <bo@acme.example>"),
        ("access", "chosen"),
        ("permission", "members.view"),
        ("permission", "orders.place"),
    ];
    browser.post(&path, &fields).await.leads_to(&format!("/o/{organization}/users?tab=pending"));
    let page = browser.get(&format!("/o/{organization}/users?tab=pending")).await;
    page.says("Invitation sent to bo@acme.example. It expires on 22 January 2027, 08:00 UTC.")
        .says("2 permissions");
    browser.get(&path).await;
    let again = browser.post(&path, &[("emails", "bo@acme.example"), ("access", "all")]).await;
    again.says("No invitation sent").says("Already invited on 15 January 2027 by Ana Ruiz.").says("Resend");
}

#[tokio::test]
async fn several_are_looked_at_before_they_are_sent() {
    let (house, place) = furnished().await;
    let mut browser = house.signed_in("ana").await;
    let path = format!("{place}/users/invite");
    browser.get(&path).await.says("One or many.");
    let emails = "zoe@x.example; Yan <yan@y.example>\nZOE@x.example bo@acme.example, hana@acme.example dana@";
    let fields =
        [("emails", emails), ("access", "role"), ("role", "buyer"), ("expires", "3"), ("message", "Hello")];
    let check = browser
        .post(&path, &fields)
        .await
        .is(StatusCode::OK)
        .says("Check before sending 2 invitations")
        .says("Buyer")
        .says("Hello");
    let check = check
        .says("18 January 2027")
        .says("3 addresses are left out")
        .says("This person is a member already.")
        .says("Already invited on 15 January 2027 by Ana Ruiz.");
    assert_eq!(check.body.matches("zoe@x.example").count(), 3, "once to read, and in the fields");
    let back =
        browser.post(&path, &[("edit", "yes"), ("all", emails), ("access", "role"), ("role", "buyer")]).await;
    assert!(back.body.contains("dana@"), "what was typed is there again");
    let send =
        [("emails", "zoe@x.example, yan@y.example"), ("access", "role"), ("role", "buyer"), ("expires", "3")];
    let (csrf, key) = (browser.hidden("csrf"), browser.hidden("form_key"));
    let form: Vec<_> =
        [("csrf", csrf.as_str()), ("form_key", key.as_str())].into_iter().chain(send).collect();
    for _ in 0..2 {
        let sent = browser.post_bare(&format!("{path}/send"), &form, &[]).await;
        sent.says("2 invitations sent").says("zoe@x.example");
    }
    let audit = browser.get(&format!("{place}/audit?action=invitation.sent")).await;
    assert_eq!(audit.text().matches("zoe@x.example").count(), 1, "the same form sent twice invited once");
}

#[tokio::test]
async fn each_address_that_is_not_invited_has_its_next_step() {
    let (house, place) = furnished().await;
    let mut browser = house.signed_in("ana").await;
    let path = format!("{place}/users/invite");
    browser.get(&path).await;
    let emails = "zoe@x.example bo@acme.example hana@acme.example dana@";
    let check = browser.post(&path, &[("emails", emails), ("access", "all")]).await;
    check.says("Check before sending 1 invitation").says("Check again");
    // What is mended is looked at again before it is sent, even by the button that sends.
    let fields = [("emails", "zoe@x.example bo@acme.example hana@acme.example"), ("access", "all")];
    let mended = [fields.as_slice(), &[("mended", "dana@y.example")]].concat();
    let again = browser.post(&format!("{path}/send"), &mended).await;
    again.says("Check before sending 2 invitations").says("dana@y.example").hides("Check again");
    let alone = [("emails", ""), ("mended", "dana@y.example"), ("access", "all"), ("check", "yes")];
    browser.post(&path, &alone).await.says("Check before sending 1 invitation");
    let sent = browser.post(&format!("{path}/send"), &fields).await.says("1 invitation sent");
    let sent =
        sent.says("This person is a member already. Manage permissions").says("Resend hana@acme.example");
    assert!(sent.link("/permissions").starts_with(&format!("{place}/users/")));
    let none =
        browser.post(&path, &[("emails", "hana@acme.example bo@acme.example"), ("access", "all")]).await;
    none.says("No invitation sent").says("Resend hana@acme.example").hides("Check before sending");
}

#[tokio::test]
async fn who_was_here_before_is_told_of_when_invited_again() {
    let (house, place) = furnished().await;
    let mut browser = house.signed_in("ana").await;
    browser.get(&format!("{place}/users/invite")).await;
    let fields = [("emails", "gone@acme.example"), ("access", "all")];
    browser.post(&format!("{place}/users/invite"), &fields).await.is(StatusCode::SEE_OTHER);
    let page = browser.get(&format!("{place}/users?tab=pending")).await;
    page.says("Invitation sent to gone@acme.example.").says("They belonged here until 15 January 2027");
}

#[tokio::test]
async fn nobody_is_offered_to_give_what_they_lack() {
    let (house, organization, ana) = House::founded().await;
    let role = Access::Role(RoleKey::parse("lead").unwrap());
    let id = scene::invite(&house.platform, &ana, organization, "farah@acme.example", role).await;
    scene::accept(&house.platform, id, "farah", "Farah", "Haddad").await;
    let mut browser = house.signed_in("farah").await;
    let path = format!("/o/{organization}/users/invite");
    let page = browser
        .get(&path)
        .await
        .says("You cannot give these, because you do not have them")
        .says("Team lead");
    let page = page.hides("value=\"owner\"").hides("value=\"all\"").hides("value=\"members.remove\"");
    page.hides("value=\"buyer\"");
    let more =
        browser.post(&path, &[("emails", "x@x.example"), ("access", "all")]).await.is(StatusCode::FORBIDDEN);
    more.says("You cannot give more than you have yourself.").says("It is about:");
    let owner = browser.post(&path, &[("emails", "x@x.example"), ("access", "owner")]).await;
    owner
        .is(StatusCode::FORBIDDEN)
        .says("Only an Owner can do this.")
        .says("People who can give it to you: Ana Ruiz.");
    browser
        .get(&format!("/o/{organization}/audit"))
        .await
        .is(StatusCode::FORBIDDEN)
        .says("This needs the permission See the audit log.");
}

#[tokio::test]
async fn who_may_not_look_is_told_what_is_missing_and_strangers_nothing() {
    let (house, organization, ana) = House::founded().await;
    let id =
        scene::invite(&house.platform, &ana, organization, "emil@acme.example", chosen(&["orders.place"]))
            .await;
    scene::accept(&house.platform, id, "emil", "Emil", "Berg").await;
    let mut browser = house.signed_in("emil").await;
    let page = browser.get(&format!("/o/{organization}")).await.is(StatusCode::OK);
    page.hides(&format!("/o/{organization}/users"));
    let page = browser.get(&format!("/o/{organization}/users?tab=active")).await.is(StatusCode::FORBIDDEN);
    page.says("You cannot do this")
        .says("This needs the permission See members.")
        .says("People who can give it to you: Ana Ruiz.")
        .says("Back to Acme GmbH");
    browser
        .get(&format!("/o/{organization}/users/invite"))
        .await
        .is(StatusCode::FORBIDDEN)
        .says("Invite members");
    browser
        .get("/o/01a3185c-5000-7000-8000-0000000000ff/users")
        .await
        .is(StatusCode::NOT_FOUND)
        .says("We cannot find that page");
    browser.get("/o/nonsense").await.is(StatusCode::NOT_FOUND);
}
