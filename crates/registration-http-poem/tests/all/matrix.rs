//! Every operation × every kind of caller × own and other organization: the table is what the routes do.
use registration_domain::time::{DAY, MINUTE};
use registration_http_poem::{Kind, OPERATIONS, Operation, Told};
use serde_json::{Value, json};

use crate::{
    client::{Asked, delete, get, patch, post, post_nothing, put},
    scene::{Founded, Member, PASSWORD, Scene, registration, setup, sign_up},
};

/// Everything that a request can be about.
struct Stage {
    founded: Founded,
    /// Of the organization that the callers are of, or of the other one.
    organization: String,
    invitation: String,
    member: Member,
    caller: Option<Member>,
    domain: String,
    request: String,
    code: String,
    setup_token: String,
    sign_up: String,
}

#[tokio::test]
async fn every_operation_tells_every_kind_of_caller_what_the_table_says() {
    for operation in OPERATIONS {
        for kind in Kind::ALL {
            let stage = Stage::set(operation, kind, false).await;
            stage.check(operation, operation.told(kind), kind).await;
        }
    }
}

#[tokio::test]
async fn in_another_organization_there_is_nothing_for_anybody() {
    for operation in OPERATIONS.iter().filter(|it| it.path.contains("{org}")) {
        for kind in Kind::ALL {
            let told = match kind {
                Kind::Anonymous | Kind::EndedSession => (401, Some("not_signed_in")),
                // Whoever is the Owner there is at home there.
                Kind::OwnerElsewhere => operation.told(Kind::Owner),
                Kind::MemberWithout | Kind::MemberWith | Kind::All | Kind::Owner | Kind::Removed => {
                    (404, Some("not_found"))
                }
            };
            let stage = Stage::set(operation, kind, true).await;
            stage.check(operation, told, kind).await;
        }
    }
}

#[tokio::test]
async fn what_is_of_another_organization_is_not_found_in_ones_own() {
    for operation in OPERATIONS.iter().filter(|it| it.path.contains("{org}") && it.path.contains("{id}")) {
        let foreign = Stage::set(operation, Kind::Owner, true).await;
        let organization = foreign.founded.organization.clone();
        let stage = Stage { organization, ..foreign };
        stage.check(operation, (404, Some("not_found")), Kind::Owner).await;
    }
}

impl Stage {
    /// In the first organization there is one of each; `elsewhere` the request is about the second one.
    async fn set(operation: &Operation, kind: Kind, elsewhere: bool) -> Self {
        let founded = Scene::founded().await;
        let (second, second_owner) = founded.elsewhere().await;
        let caller = founded.caller(operation, kind, &second_owner).await;
        let (organization, inviter) =
            if elsewhere { (second, &second_owner) } else { (founded.organization.clone(), &founded.owner) };
        let invited = |name: &str| {
            json!({
                "email": format!("{name}@example.org"), "purpose": "member",
                "access": { "kind": "chosen", "permissions": [] },
            })
        };
        let path = format!("/organizations/{organization}/invitations");
        let invitation = founded.ask(post(&path, invited("vera")).by(&inviter.token)).await.expect(201);
        let invitation = invitation.text_at("/invitation/id");
        let joining = founded.ask(post(&path, invited("max")).by(&inviter.token)).await.expect(201);
        let token = founded.scene.invitation_token(&joining.text_at("/invitation/id"), 0);
        let joined = founded.ask(post("/invitations/accept", registration(&token, "max"))).await.expect(201);
        let member = Member {
            account: joined.text_at("/account/id"),
            membership: joined.text_at("/membership/id"),
            token: joined.text_at("/token"),
        };
        let domain = founded.verifiable_domain(&organization, &inviter.token).await;
        let started = founded.ask(post("/sign-ups", sign_up("sina@example.org", "sina"))).await.expect(202);
        let (sign_up, setup_token) = (started.text_at("/id"), String::new());
        let (code, request) = founded.asking(&organization, &inviter.token).await;
        Self {
            founded,
            organization,
            invitation,
            member,
            caller,
            domain,
            request,
            code,
            setup_token,
            sign_up,
        }
    }

    async fn check(mut self, operation: &Operation, told: Told, kind: Kind) {
        if operation.id == "set_up" {
            let scene = Scene::new();
            self.setup_token = scene.setup_token().await;
            self.founded.scene = scene;
        }
        if operation.id == "request_new_invitation" {
            // Only an expired one is asked for anew; the time is set so that nothing else ends by it.
            self.founded.scene.advance(7 * DAY);
        }
        if operation.id == "join_by_email_domain" {
            self.organization = self.founded.admitting_everybody().await;
        }
        if operation.id == "reset_password" {
            self.founded
                .ask(post("/password-resets", json!({ "email": "olga@example.org" })))
                .await
                .expect(202);
            self.founded.scene.platform.answer_reset_requests().await.expect("the store works");
        }
        let mut asked = self.request(operation).await;
        if let Some(caller) = &self.caller {
            asked = asked.by(&caller.token);
        }
        let answered = self.founded.ask(asked).await;
        // What was made may have a code, too.
        let found = (answered.status, answered.code().filter(|_| answered.status >= 400));
        assert_eq!(found, told, "{} by {kind:?}: {}", operation.id, answered.text);
    }

    /// A request that is right in all but who sends it.
    async fn request(&self, operation: &Operation) -> Asked {
        let Self { organization, invitation, member, .. } = self;
        let path = operation.path.replace("{org}", organization);
        let of_invitation = path.replace("{id}", invitation);
        let of_member = path.replace("{id}", &member.membership);
        let nothing = json!({ "kind": "chosen", "permissions": [] });
        let token = self.founded.scene.invitation_token(invitation, 0);
        match operation.id {
            "set_up" => post(path, setup(&self.setup_token)),
            "sign_up" | "verify_sign_up" | "resend_code" => {
                self.request_about_a_sign_up(operation.id, path).await
            }
            "change_my_address" | "verify_my_address" | "resend_my_address_code" | "close_my_account" => {
                self.request_about_oneself(operation.id, path).await
            }
            "sign_in" => post(path, json!({ "identifier": "olga", "password": PASSWORD })),
            "leave" => {
                let mine = self.caller.as_ref().map_or(&member.membership, |it| &it.membership);
                delete(path.replace("{id}", mine))
            }
            "found_organization" => post(path, json!({ "name": "New" })),
            "change_organization" => patch(path, json!({ "name": "Renamed" })),
            "invite" => {
                post(path, json!({ "email": "new@example.org", "purpose": "member", "access": nothing }))
            }
            "correct_invitation" => patch(of_invitation, json!({ "email": "vera.meyer@example.org" })),
            "resend_invitation"
            | "revoke_invitation"
            | "hand_over_link"
            | "accept_my_invitation"
            | "decline_my_invitation" => post_nothing(of_invitation),
            "read_invitation" | "explain_invitation" => get(of_invitation),
            "look_up_invitation" | "decline_invitation" | "request_new_invitation" => {
                post(path, json!({ "token": token }))
            }
            "accept_invitation" => post(path, registration(&token, "vera")),
            "read_member" | "read_access" => get(of_member),
            "remove_member" => delete(of_member),
            "change_access" => put(of_member, nothing).header("if-match", "\"0\""),
            "hand_over_ownership" => post(path, json!({ "member_id": member.membership })),
            "read_my_email_domain" => get(path),
            "join_by_email_domain" => post(path, json!({ "organization": organization })),
            it if it.ends_with("_email_domain") => self.request_about_a_domain(it, &path),
            it if it.contains("join_request") || it.contains("employee_code") || it == "ask_to_join" => {
                self.request_about_joining(it, path)
            }
            "authorize" => self.question(path),
            "sign_out" => delete(path),
            "ask_for_reset" | "reset_password" | "change_password" | "end_session" => {
                self.request_about_security(operation.id, path)
            }
            "end_other_sessions" => post_nothing(path),
            list if list.starts_with("list_") => get(path),
            "export_my_sign_ins"
            | "read_me"
            | "search_organizations"
            | "read_organization"
            | "count_people"
            | "export_members"
            | "export_audit_events" => get(path),
            unknown => {
                about_oneself(operation).unwrap_or_else(|| panic!("no request is known for {unknown}"))
            }
        }
    }

    fn request_about_security(&self, operation: &str, path: String) -> Asked {
        match operation {
            "ask_for_reset" => post(path, json!({ "email": "olga@example.org" })),
            "reset_password" => {
                let token = self.founded.scene.reset_token(&self.founded.owner.account);
                post(path, json!({ "token": token, "password": "Rainy-harbour-7" }))
            }
            "change_password" => {
                put(path, json!({ "current_password": PASSWORD, "password": "Rainy-harbour-7" }))
            }
            "end_session" => {
                let caller = self.caller.as_ref().unwrap_or(&self.member);
                delete(path.replace("{id}", &self.founded.scene.session_of(caller)))
            }
            unknown => panic!("the test knows no request for {unknown}"),
        }
    }

    /// Of the caller; somebody without a session asks about what is somebody else's.
    async fn request_about_oneself(&self, operation: &str, path: String) -> Asked {
        if operation == "close_my_account" {
            return post(path, json!({ "password": PASSWORD }));
        }
        let wish = json!({ "email": "another@example.org" });
        if operation == "change_my_address" {
            return post(path, wish);
        }
        let asking = |token: &str| post("/me/email-changes", wish.clone()).by(token);
        let caller = self.caller.as_ref().unwrap_or(&self.member);
        let mut asked = self.founded.ask(asking(&caller.token)).await;
        if asked.status == 401 {
            asked = self.founded.ask(asking(&self.member.token)).await;
        }
        let id = asked.expect(201).text_at("/id");
        let path = path.replace("{id}", &id);
        if operation == "resend_my_address_code" {
            self.founded.scene.advance(MINUTE);
            return post_nothing(path);
        }
        post(path, json!({ "code": self.founded.scene.address_code(&id).await }))
    }

    async fn request_about_a_sign_up(&self, operation: &str, path: String) -> Asked {
        match operation {
            "sign_up" => post(path, sign_up("nils@example.org", "nils")),
            "verify_sign_up" => {
                let code = self.founded.scene.code(&self.sign_up).await;
                post(path.replace("{id}", &self.sign_up), json!({ "code": code }))
            }
            "resend_code" => {
                self.founded.scene.advance(MINUTE);
                post_nothing(path.replace("{id}", &self.sign_up))
            }
            unknown => panic!("the test knows no request for {unknown}"),
        }
    }

    /// What a caller asks about themselves; somebody without a token about somebody else.
    fn request_about_joining(&self, operation: &str, path: String) -> Asked {
        let nothing = json!({ "kind": "chosen", "permissions": [] });
        let of_request = path.replace("{id}", &self.request);
        match operation {
            "ask_to_join" => post(path, json!({ "method": "approval", "note": "I am new." })),
            "approve_join_request" => post(of_request, json!({ "access": nothing })),
            "reject_join_request" | "withdraw_my_join_request" | "remind_of_my_join_request" => {
                post_nothing(of_request)
            }
            "read_join_request" | "read_my_join_request" => get(of_request),
            "decide_join_requests" => {
                post(path, json!({ "items": [{ "id": self.request, "decision": "reject" }] }))
            }
            "make_employee_codes" | "make_employee_codes_file" => post(path, json!({ "label": "May" })),
            "read_employee_code" => get(path.replace("{id}", &self.code)),
            "revoke_employee_code" => delete(path.replace("{id}", &self.code)),
            "list_my_join_requests"
            | "list_join_requests"
            | "count_join_requests"
            | "list_employee_codes"
            | "count_wrong_employee_codes" => get(path),
            unknown => panic!("the test knows no request for {unknown}"),
        }
    }
    fn question(&self, path: String) -> Asked {
        let member = &self.member;
        let account = self.caller.as_ref().map_or(&member.account, |it| &it.account);
        let (organization, permission) = (&self.founded.organization, "members.view");
        post(path, json!({ "account": account, "organization": organization, "permission": permission }))
    }

    fn request_about_a_domain(&self, operation: &str, path: &str) -> Asked {
        let of_domain = path.replace("{id}", &self.domain);
        match operation {
            "add_email_domain" => post(path, json!({ "domain": "new.example", "policy": "review" })),
            "verify_email_domain" => post_nothing(of_domain),
            "read_email_domain" => get(of_domain),
            "change_email_domain" => patch(of_domain, json!({ "policy": "invitation_only" })),
            "remove_email_domain" => delete(of_domain),
            unknown => panic!("the test knows no request for {unknown}"),
        }
    }
}

/// What needs nothing but who calls.
fn about_oneself(operation: &Operation) -> Option<Asked> {
    Some(match operation.id {
        "change_my_details" => patch(operation.path, json!({ "first_name": "Renamed" })),
        "read_my_notifications" => post_nothing(operation.path),
        "list_my_notifications" | "export_my_data" | "count_my_unread_notifications" => get(operation.path),
        _ => return None,
    })
}

impl Founded {
    async fn caller(&self, operation: &Operation, kind: Kind, elsewhere: &Member) -> Option<Member> {
        let needed: Vec<_> = operation.permission().into_iter().collect();
        let chosen = |keys: &[&str]| json!({ "kind": "chosen", "permissions": keys });
        match kind {
            Kind::Anonymous => None,
            Kind::MemberWithout => Some(self.member("nora", chosen(&[])).await),
            Kind::MemberWith => Some(self.member("willi", chosen(&needed)).await),
            Kind::All => Some(self.member("alma", json!({ "kind": "all" })).await),
            Kind::Owner => Some(self.second_owner("otto").await),
            Kind::OwnerElsewhere => Some(elsewhere.clone()),
            Kind::EndedSession => {
                let gone = self.second_owner("emil").await;
                self.ask(delete("/sessions/current").by(&gone.token)).await.expect(204);
                Some(gone)
            }
            Kind::Removed => {
                let gone = self.second_owner("rosa").await;
                let path = self.at(&format!("/members/{}", gone.membership));
                self.ask(delete(path).by(&self.owner.token)).await.expect(204);
                Some(gone)
            }
        }
    }
    async fn second_owner(&self, name: &str) -> Member {
        self.member(name, Value::from_iter([("kind".to_owned(), json!("owner"))])).await
    }
}
