//! A platform in memory behind the edge, an organization with members of every kind, and their tokens.
use std::{
    collections::BTreeSet,
    net::SocketAddr,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use poem::{Response, endpoint::BoxEndpoint, endpoint::EndpointExt};
use registration_domain::{
    access::RoleKey,
    catalogue::{Catalogue, CataloguedPermission, Role},
    id::Id,
    link::{Link, LinkPurpose},
    permission::Permission,
    platform::{Platform, Ports},
    port::{Lease, Settlement},
    revision::Generation,
    settings::{PublicUrl, Settings},
    time::MINUTE,
};
use registration_edge_poem::{EdgeSettings, edge};
use registration_http_poem::{Deployment, openapi_json, routes};
use registration_testkit::{
    contract::domain_proof::Zone,
    memory::MemoryStore,
    stub::{FakeClock, FakeDns},
};
use serde_json::{Value, json};

use crate::client::{Answered, Asked, post};

const LISTENING: &str = "http://127.0.0.1:8080";
pub(crate) const PASSWORD: &str = "Sunny-river-42";

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(openapi_json()).expect("a document"));

/// A platform whose setup link was not used yet, and what reaches it.
pub(crate) struct Scene {
    app: BoxEndpoint<'static, Response>,
    document: &'static Value,
    ports: Ports,
    pub(crate) clock: Arc<FakeClock>,
    pub(crate) dns: Arc<FakeDns>,
    pub(crate) platform: Arc<Platform>,
}

/// A scene with an organization and its Owner.
pub(crate) struct Founded {
    pub(crate) scene: Scene,
    pub(crate) owner: Member,
    pub(crate) organization: String,
}

/// Somebody who came in.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) account: String,
    pub(crate) membership: String,
    pub(crate) token: String,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }
    /// A platform of other settings.
    pub(crate) fn with(set: impl FnOnce(&mut Settings)) -> Self {
        let clock = Arc::new(FakeClock::default());
        let store = Arc::new(MemoryStore::default());
        let dns = Arc::new(FakeDns::default());
        let sound = registration_testkit::ports(store);
        let ports = Ports { clock: clock.clone(), domain_proof: dns.clone(), ..sound };
        let mut settings = Settings {
            catalogue: catalogue(),
            ..Settings::new(PublicUrl::parse(LISTENING).expect("an address"))
        };
        set(&mut settings);
        let platform = Arc::new(Platform::new(ports.clone(), settings));
        let listening: SocketAddr = "127.0.0.1:8080".parse().expect("an address");
        let count = AtomicU64::new(0);
        let request_ids = Arc::new(move || format!("r{}", count.fetch_add(1, Ordering::Relaxed)));
        let edge_settings = EdgeSettings {
            flood: None,
            ..EdgeSettings::new(LISTENING.parse().expect("an address"), listening, request_ids)
        };
        let app = routes(&Deployment::new(platform.clone(), clock.clone()));
        let app = edge(app, edge_settings).boxed();
        Self { app, document: &DOCUMENT, ports, clock, dns, platform }
    }

    pub(crate) async fn ask(&self, asked: Asked) -> Answered {
        asked.send(&self.app, self.document).await
    }
    pub(crate) fn document(&self) -> &'static Value {
        self.document
    }
    pub(crate) fn advance(&self, span: Duration) {
        self.clock.advance(span);
    }

    pub(crate) async fn setup_token(&self) -> String {
        let link = self.platform.issue_setup_link().await.expect("a link").expect("nobody owns it yet");
        link.expose().rsplit('/').next().expect("a token").to_owned()
    }

    /// Sets the platform up.
    pub(crate) async fn founded() -> Founded {
        let scene = Self::new();
        let token = scene.setup_token().await;
        let answered = scene.ask(post("/setup", setup(&token))).await.expect(201);
        let organization = answered.text_at("/organization/id");
        let token = answered.text_at("/token");
        let mine = scene.ask(crate::client::get("/me/memberships").by(&token)).await.expect(200);
        let owner = Member {
            account: answered.text_at("/account/id"),
            membership: mine.text_at("/data/0/id"),
            token,
        };
        Founded { scene, owner, organization }
    }

    /// Gives up every mail that waits.
    pub(crate) async fn fail_mails(&self) {
        let now = self.ports.clock.now();
        let lease = Lease { id: self.ports.ids.fresh(), at: now, until: now.plus(MINUTE) };
        for it in self.ports.outbox.claim(lease, 100).await.expect("mails") {
            let dead = Settlement::Dead { reply: "550 no such user".into() };
            assert!(
                self.ports.outbox.settle(it.message.id, lease.id, dead, now).await.expect("it is settled")
            );
        }
    }

    /// The newest code of a sign-up, as its mail would show it.
    pub(crate) async fn code(&self, id: &str) -> String {
        let moment = self.ports.reads.moment().await.expect("a moment");
        let sign_up = moment.sign_up(id.parse().map(Id::new).expect("an id")).await.expect("a read");
        self.ports.codes.code(sign_up.expect("it was started").code()).expose().to_owned()
    }
    /// The newest code of a change of address, as its mail would show it.
    pub(crate) async fn address_code(&self, id: &str) -> String {
        let moment = self.ports.reads.moment().await.expect("a moment");
        let change = moment.email_change(id.parse().map(Id::new).expect("an id")).await.expect("a read");
        self.ports.codes.code(change.expect("it was asked for").code()).expose().to_owned()
    }
    /// The mails that wait, as whom they go to and of which kind they are.
    pub(crate) async fn waiting_mails(&self) -> Vec<(String, &'static str)> {
        let now = self.ports.clock.now();
        let lease = Lease { id: self.ports.ids.fresh(), at: now, until: now.plus(MINUTE) };
        let claimed = self.ports.outbox.claim(lease, 100).await.expect("mails");
        claimed.into_iter().map(|it| (it.message.to.to_string(), it.message.letter.kind())).collect()
    }

    /// The token of the mail that an invitation's generation was sent with.
    pub(crate) fn invitation_token(&self, id: &str, generation: u32) -> String {
        let subject = id.parse().expect("an id");
        let link = Link { purpose: LinkPurpose::Invitation, subject, generation: Generation(generation) };
        self.ports.links.seal(link).0.expose().to_owned()
    }

    /// The token of the first reset link that this account is sent.
    pub(crate) fn reset_token(&self, account: &str) -> String {
        let subject = account.parse().expect("an id");
        let link = Link { purpose: LinkPurpose::PasswordReset, subject, generation: Generation::FIRST };
        self.ports.links.seal(link).0.expose().to_owned()
    }
    /// The id of the session that somebody's token stands for.
    pub(crate) fn session_of(&self, who: &Member) -> String {
        self.ports.links.open(&who.token).expect("a token").subject.to_string()
    }
}

impl Founded {
    pub(crate) async fn ask(&self, asked: Asked) -> Answered {
        self.scene.ask(asked).await
    }
    /// A path below the organization.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("/organizations/{}{path}", self.organization)
    }

    /// Invites an address, and answers the invitation's id.
    pub(crate) async fn invite(&self, email: &str, access: Value) -> String {
        let body = json!({ "email": email, "purpose": "member", "access": access });
        let answered = self.ask(post(self.at("/invitations"), body).by(&self.owner.token)).await.expect(201);
        answered.text_at("/invitation/id")
    }
    /// An e-mail domain of an organization, pending, with its record published.
    pub(crate) async fn verifiable_domain(&self, organization: &str, token: &str) -> String {
        let path = format!("/organizations/{organization}/email-domains");
        let body = json!({ "domain": "acme.example", "policy": "review" });
        let added = self.ask(post(path, body).by(token)).await.expect(201);
        let (name, value) = (added.text_at("/record/name"), added.text_at("/record/value"));
        self.scene.dns.publish(&name, &[&[&value]]);
        added.text_at("/id")
    }
    /// A code of an organization, and the request of somebody who brought it: both ids.
    pub(crate) async fn asking(&self, organization: &str, token: &str) -> (String, String) {
        let path = format!("/organizations/{organization}/employee-codes");
        let made = self.ask(post(path, json!({ "label": "May" })).by(token)).await.expect(201);
        let rita = self.outsider("rita").await;
        let body = json!({ "method": "employee_code", "code": made.text_at("/code") });
        let path = format!("/organizations/{organization}/join-requests");
        let asked = self.ask(post(path, body).by(&rita.token)).await.expect(201);
        (made.text_at("/id"), asked.text_at("/join_request/id"))
    }
    /// Somebody with an account, who was let into an organization of nobody else's and left it.
    pub(crate) async fn outsider(&self, name: &str) -> Member {
        let by = &self.owner.token;
        let founded = self.ask(post("/organizations", json!({ "name": "Door" })).by(by)).await.expect(201);
        let path = format!("/organizations/{}/invitations", founded.text_at("/organization/id"));
        let access = json!({ "kind": "chosen", "permissions": [] });
        let body = json!({ "email": format!("{name}@example.org"), "purpose": "member", "access": access });
        let invited = self.ask(post(path, body).by(by)).await.expect(201);
        let token = self.scene.invitation_token(&invited.text_at("/invitation/id"), 0);
        let accepted = self.ask(post("/invitations/accept", registration(&token, name))).await.expect(201);
        let member = Member {
            account: accepted.text_at("/account/id"),
            membership: accepted.text_at("/membership/id"),
            token: accepted.text_at("/token"),
        };
        let leave = crate::client::delete(format!("/me/memberships/{}", member.membership));
        self.ask(leave.by(&member.token)).await.expect(204);
        member
    }
    /// Another organization of the Owner, which lets in whoever has an address at example.org.
    pub(crate) async fn admitting_everybody(&self) -> String {
        let by = &self.owner.token;
        let founded = self.ask(post("/organizations", json!({ "name": "Third" })).by(by)).await.expect(201);
        let path = format!("/organizations/{}/email-domains", founded.text_at("/organization/id"));
        let access = json!({ "kind": "chosen", "permissions": ["members.view"] });
        let body = json!({ "domain": "example.org", "policy": "admit", "access": access });
        let added = self.ask(post(path.clone(), body).by(by)).await.expect(201);
        let (name, value) = (added.text_at("/record/name"), added.text_at("/record/value"));
        self.scene.dns.publish(&name, &[&[&value]]);
        let verify = format!("{path}/{}/verify", added.text_at("/id"));
        self.ask(post(verify, json!({})).by(by)).await.expect(200);
        founded.text_at("/organization/id")
    }
    /// Invites somebody, who comes in as a new person.
    pub(crate) async fn member(&self, name: &str, access: Value) -> Member {
        let email = format!("{name}@example.org");
        let id = self.invite(&email, access).await;
        let token = self.scene.invitation_token(&id, 0);
        let accepted = self.ask(post("/invitations/accept", registration(&token, name))).await.expect(201);
        Member {
            account: accepted.text_at("/account/id"),
            membership: accepted.text_at("/membership/id"),
            token: accepted.text_at("/token"),
        }
    }
    /// A second organization, whose Owner is nobody here: its id and the Owner.
    pub(crate) async fn elsewhere(&self) -> (String, Member) {
        let owner = self.member("elsa", json!({ "kind": "chosen", "permissions": [] })).await;
        self.ask(
            crate::client::delete(self.at(&format!("/members/{}", owner.membership))).by(&self.owner.token),
        )
        .await
        .expect(204);
        let founded = self.ask(post("/organizations", json!({ "name": "Elsewhere" })).by(&owner.token)).await;
        let founded = founded.expect(201);
        let (id, membership) = (founded.text_at("/organization/id"), founded.text_at("/membership/id"));
        // A second one, so that the first could leave.
        let body = json!({ "email": "erik@example.org", "purpose": "member", "access": { "kind": "owner" } });
        let invited = self.ask(post(format!("/organizations/{id}/invitations"), body).by(&owner.token)).await;
        let token = self.scene.invitation_token(&invited.expect(201).text_at("/invitation/id"), 0);
        self.ask(post("/invitations/accept", registration(&token, "erik"))).await.expect(201);
        (id, Member { membership, ..owner })
    }
}

pub(crate) fn setup(token: &str) -> Value {
    json!({
        "token": token, "organization_name": "Acme", "email": "olga@example.org", "username": "olga",
        "first_name": "Olga", "last_name": "Petrova", "password": PASSWORD,
    })
}

pub(crate) fn sign_up(email: &str, username: &str) -> Value {
    json!({
        "email": email, "username": username, "first_name": "Ana", "last_name": "Ruiz", "password": PASSWORD,
    })
}

pub(crate) fn registration(token: &str, name: &str) -> Value {
    json!({
        "token": token, "username": format!("{name}.m"), "first_name": name, "last_name": "Meyer",
        "password": PASSWORD,
    })
}

fn catalogue() -> Catalogue {
    let own = Permission::parse("products.manage").expect("a key");
    let products = CataloguedPermission {
        permission: own.clone(),
        group: "Products".into(),
        label: "Manage products".into(),
        description: "Adds, changes and removes products.".into(),
        needs_personal_record: false,
    };
    let buyer = Role {
        key: RoleKey::parse("buyer").expect("a key"),
        label: "Buyer".into(),
        description: "Buys.".into(),
        permissions: BTreeSet::from([own]),
    };
    Catalogue::with(vec![products], vec![buyer]).expect("a catalogue")
}
