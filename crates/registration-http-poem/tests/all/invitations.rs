//! An invitation's life over HTTP, from both sides.
use registration_domain::time::DAY;
use serde_json::json;

use crate::{
    client::{delete, get, patch, post, post_nothing},
    scene::{PASSWORD, Scene, registration},
};

#[tokio::test]
async fn a_new_person_comes_in_with_exactly_what_was_offered() {
    let founded = Scene::founded().await;
    let access = json!({ "kind": "chosen", "permissions": ["members.view", "products.manage"] });
    let id = founded.invite("vera@example.org", access.clone()).await;
    let token = founded.scene.invitation_token(&id, 0);
    let offer = founded.ask(post("/invitations/lookup", json!({ "token": token }))).await.expect(200);
    assert_eq!(offer.json["state"], "pending");
    assert_eq!(offer.text_at("/invitation/organization_name"), "Acme");
    assert_eq!(offer.text_at("/invitation/inviter_name"), "Olga Petrova");
    let accepted = founded.ask(post("/invitations/accept", registration(&token, "vera"))).await.expect(201);
    assert_eq!(accepted.json["membership"]["access"], access);
    assert_eq!(accepted.text_at("/account/email"), "vera@example.org");
    let mine = founded.ask(get("/me/memberships").by(&accepted.text_at("/token"))).await.expect(200);
    assert_eq!(mine.text_at("/data/0/organization/id"), founded.organization);
    let again = founded.ask(post("/invitations/accept", registration(&token, "vera"))).await;
    again.expect_code(409, "invitation_already_accepted");
    let seen = founded.ask(get(founded.at(&format!("/invitations/{id}"))).by(&founded.owner.token)).await;
    assert_eq!(seen.expect(200).json["state"], "accepted");
}

#[tokio::test]
async fn somebody_with_an_account_signs_in_and_sends_the_token_alone() {
    let founded = Scene::founded().await;
    let (elsewhere, elsa) = founded.elsewhere().await;
    let id = founded.invite("elsa@example.org", json!({ "kind": "role", "role": "buyer" })).await;
    let token = json!({ "token": founded.scene.invitation_token(&id, 0) });
    founded.ask(post("/invitations/accept", token.clone())).await.expect_code(401, "sign_in_to_accept");
    let other = post("/invitations/accept", token.clone()).by(&founded.owner.token);
    founded.ask(other).await.expect_code(403, "invitation_for_someone_else");
    let stale = post("/invitations/accept", token.clone()).by("nobody");
    founded.ask(stale).await.expect_code(401, "not_signed_in");
    let accepted = founded.ask(post("/invitations/accept", token).by(&elsa.token)).await.expect(201);
    assert!(accepted.json.get("token").is_none() && accepted.json.get("account").is_none());
    let mine = founded.ask(get("/me/memberships").by(&elsa.token)).await.expect(200);
    assert_eq!(mine.text_at("/data/0/organization/id"), elsewhere);
    assert_eq!(mine.text_at("/data/1/organization/id"), founded.organization);
}

#[tokio::test]
async fn a_second_invitation_names_the_first() {
    let founded = Scene::founded().await;
    let id = founded.invite("vera@example.org", json!({ "kind": "all" })).await;
    let body = json!({ "email": "Vera@Example.ORG", "purpose": "member", "access": { "kind": "all" } });
    let sent = post(founded.at("/invitations"), body).by(&founded.owner.token);
    let answered = founded.ask(sent).await.expect_code(409, "already_invited");
    assert_eq!(answered.text_at("/invitation_id"), id);
}

#[tokio::test]
async fn nobody_gives_more_than_they_hold() {
    let founded = Scene::founded().await;
    let access = json!({ "kind": "chosen", "permissions": ["members.invite", "members.view"] });
    let inviter = founded.member("ivan", access).await;
    let invite = |access| {
        let body = json!({ "email": "vera@example.org", "purpose": "member", "access": access });
        post(founded.at("/invitations"), body).by(&inviter.token)
    };
    let more = json!({ "kind": "chosen", "permissions": ["members.view", "audit.view"] });
    let answered = founded.ask(invite(more)).await.expect_code(403, "access_exceeds_own");
    assert_eq!(answered.json["permissions"], json!(["audit.view"]));
    founded.ask(invite(json!({ "kind": "all" }))).await.expect_code(403, "access_exceeds_own");
    founded.ask(invite(json!({ "kind": "owner" }))).await.expect_code(403, "owner_required");
    let audit = founded.ask(get(founded.at("/audit-events")).by(&inviter.token)).await;
    assert_eq!(audit.expect_code(403, "permission_missing").json["permission"], "audit.view");
}

#[tokio::test]
async fn what_would_be_done_is_told_and_not_done() {
    let founded = Scene::founded().await;
    let path = founded.at("/invitations");
    let body = json!({ "email": "vera@example.org", "purpose": "member", "access": { "kind": "all" } });
    let sent = |query: &str| post(format!("{path}{query}"), body.clone()).by(&founded.owner.token);
    let would = founded.ask(sent("?validate_only=true")).await.expect(200);
    assert_eq!(would.text_at("/would/email"), "vera@example.org");
    let listed = founded.ask(get(&path).by(&founded.owner.token)).await.expect(200);
    assert_eq!(listed.json["data"], json!([]));
    founded.ask(sent("?validate_only=false")).await.expect(201);
    founded.ask(sent("?validate_only=true")).await.expect_code(409, "already_invited");
    let faults = founded.ask(sent("?validate_only=maybe&dry_run")).await.expect(422).faults();
    let expected = [("#/validate_only", "malformed"), ("#/dry_run", "unknown_field")];
    assert_eq!(faults, expected.map(|(it, code)| (it.to_owned(), code.to_owned())));
}

#[tokio::test]
async fn an_older_link_says_that_a_newer_one_was_sent() {
    let founded = Scene::founded().await;
    let id = founded.invite("vera@example.org", json!({ "kind": "all" })).await;
    let owner = &founded.owner.token;
    founded.ask(post_nothing(founded.at(&format!("/invitations/{id}/resend"))).by(owner)).await.expect(200);
    let old = json!({ "token": founded.scene.invitation_token(&id, 0) });
    for path in ["lookup", "accept", "decline", "request-new"] {
        let answered = founded.ask(post(format!("/invitations/{path}"), old.clone())).await;
        answered.expect_code(410, "invitation_superseded");
    }
    let sent = patch(
        founded.at(&format!("/invitations/{id}")),
        json!({ "access": { "kind": "role", "role": "buyer" } }),
    );
    let corrected = founded.ask(sent.by(owner)).await.expect(200);
    assert_eq!(corrected.json["access"], json!({ "kind": "role", "role": "buyer" }));
    let token = json!({ "token": founded.scene.invitation_token(&id, 2) });
    founded.ask(post("/invitations/lookup", token)).await.expect(200);
}

#[tokio::test]
async fn a_settled_invitation_stays_settled() {
    let founded = Scene::founded().await;
    let owner = &founded.owner.token;
    let id = founded.invite("vera@example.org", json!({ "kind": "all" })).await;
    let of = |act: &str| founded.at(&format!("/invitations/{id}{act}"));
    let revoked =
        founded.ask(post(of("/revoke"), json!({ "reason": "a mistake" })).by(owner)).await.expect(200);
    assert_eq!(revoked.json["state"], "revoked");
    for act in ["/revoke", "/resend"] {
        founded.ask(post_nothing(of(act)).by(owner)).await.expect_code(409, "invitation_revoked");
    }
    let explained = founded.ask(get(of("/explain")).by(owner)).await.expect(200);
    assert_eq!(explained.json["next"], json!(["invite_again"]));
    let token = json!({ "token": founded.scene.invitation_token(&id, 0) });
    let told = founded.ask(post("/invitations/lookup", token)).await.expect_code(410, "invitation_revoked");
    assert_eq!(told.json["since"], explained.json["since"], "who holds the link is told when");
}

#[tokio::test]
async fn an_invitee_declines_and_asks_not_to_be_invited_again() {
    let founded = Scene::founded().await;
    let id = founded.invite("vera@example.org", json!({ "kind": "all" })).await;
    let body = json!({ "token": founded.scene.invitation_token(&id, 0), "reason": "no time", "block": true });
    founded.ask(post("/invitations/decline", body)).await.expect(204);
    let again = json!({ "email": "vera@example.org", "purpose": "member", "access": { "kind": "all" } });
    let again = post(founded.at("/invitations"), again).by(&founded.owner.token);
    founded.ask(again).await.expect_code(409, "invitation_blocked");
}

#[tokio::test]
async fn whoever_comes_too_late_asks_for_a_new_one_once_a_day() {
    let founded = Scene::founded().await;
    let id = founded.invite("vera@example.org", json!({ "kind": "all" })).await;
    let token = json!({ "token": founded.scene.invitation_token(&id, 0) });
    let ask = || post("/invitations/request-new", token.clone());
    founded.ask(ask()).await.expect_code(409, "invitation_still_holds");
    founded.scene.advance(7 * DAY);
    let told = founded.ask(post("/invitations/lookup", token.clone())).await;
    assert_eq!(told.expect_code(410, "invitation_expired").json["since"], "2027-01-22T08:00:00.000000Z");
    founded.ask(ask()).await.expect(202);
    let answered = founded.ask(ask()).await.expect_code(429, "asked_too_soon");
    assert!(answered.header("retry-after").is_some());
}

#[tokio::test]
async fn access_ends_at_the_next_request() {
    let founded = Scene::founded().await;
    let member = founded.member("max", json!({ "kind": "all" })).await;
    founded.ask(get(founded.at("/members")).by(&member.token)).await.expect(200);
    let path = founded.at(&format!("/members/{}", member.membership));
    founded.ask(delete(&path).by(&founded.owner.token)).await.expect(204);
    founded.ask(get(founded.at("/members")).by(&member.token)).await.expect_code(404, "not_found");
    founded.ask(delete(&path).by(&founded.owner.token)).await.expect_code(404, "not_found");
    let removed = founded.ask(get(&path).by(&founded.owner.token)).await.expect(200);
    assert_eq!(removed.json["state"], "removed");
    founded.ask(get(format!("{path}/access")).by(&founded.owner.token)).await.expect_code(404, "not_found");
}

#[tokio::test]
async fn the_last_owner_stays_until_the_ownership_is_handed_over() {
    let founded = Scene::founded().await;
    let owner = &founded.owner;
    let leave = || delete(format!("/me/memberships/{}", owner.membership)).by(&owner.token);
    founded.ask(leave()).await.expect_code(409, "last_owner");
    let member = founded.member("max", json!({ "kind": "chosen", "permissions": [] })).await;
    let body = json!({ "member_id": member.membership });
    let handed =
        founded.ask(post(founded.at("/ownership-transfers"), body).by(&owner.token)).await.expect(200);
    assert_eq!(handed.json["from"]["access"], json!({ "kind": "all" }));
    assert_eq!(handed.json["to"]["access"], json!({ "kind": "owner" }));
    founded.ask(leave()).await.expect(204);
    let signed_in = json!({ "identifier": "OLGA@example.org", "password": PASSWORD });
    let signed_in = founded.ask(post("/sessions", signed_in)).await.expect(201);
    assert_eq!(signed_in.json["tasks"], json!(["join_organization"]));
}

#[tokio::test]
async fn others_ask_what_somebody_may_do_now() {
    let founded = Scene::founded().await;
    let member = founded.member("max", json!({ "kind": "role", "role": "buyer" })).await;
    let ask = |account: &str, permission: &str| {
        let body =
            json!({ "account": account, "organization": founded.organization, "permission": permission });
        post("/authorizations", body).by(&member.token)
    };
    let allowed = founded.ask(ask(&member.account, "products.manage")).await.expect(200);
    assert_eq!(allowed.json, json!({ "allowed": true, "reason": null }));
    let denied = founded.ask(ask(&member.account, "members.view")).await.expect(200);
    assert_eq!(denied.json, json!({ "allowed": false, "reason": "not_granted" }));
    founded.ask(ask(&founded.owner.account, "members.view")).await.expect_code(403, "only_about_oneself");
    let unknown = founded.ask(ask(&member.account, "members.fly")).await.expect(422).faults();
    assert_eq!(unknown, [("#/permission".to_owned(), "unknown_permission".to_owned())]);
}
