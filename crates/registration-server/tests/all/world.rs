//! A platform with an Owner, and how others come in: what most tests begin with.
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use super::{
    client::{Answer, Client},
    deployment::Deployment,
    mails::Mails,
};

pub(crate) const PASSWORD: &str = "Sunny-river-42";

pub(crate) struct World {
    pub(crate) deployment: Deployment,
    pub(crate) owner: Person,
    pub(crate) org: String,
}

/// Somebody who is signed in.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) client: Client,
    pub(crate) email: String,
    pub(crate) username: String,
    pub(crate) membership: String,
}

impl World {
    pub(crate) fn found(mut deployment: Deployment) -> Self {
        let token = deployment.setup_token();
        let (email, username) = fresh_person();
        let founded = deployment.client.post("/setup", set_up(&token, &email, &username)).expect(201);
        let client = deployment.client.with_token(&founded.text("/token"));
        let membership = client.get("/me/memberships").expect(200).text("/data/0/id");
        let owner = Person { client, email, username, membership };
        Self { deployment, owner, org: founded.text("/organization/id") }
    }

    pub(crate) fn client(&self) -> &Client {
        &self.deployment.client
    }
    pub(crate) fn mails(&self) -> &Mails {
        &self.deployment.mails
    }
    /// A path below the organization.
    pub(crate) fn of(&self, path: &str) -> String {
        format!("/organizations/{}/{path}", self.org)
    }

    pub(crate) fn invite(&self, by: &Person, email: &str, access: Value) -> Answer {
        let body = json!({ "email": email, "purpose": "member", "access": access });
        by.client.post(&self.of("invitations"), body)
    }
    /// Invites a new address, and answers it with the invitation's id and token.
    pub(crate) fn invited(&self, by: &Person, access: Value) -> (String, String, String) {
        let (email, _) = fresh_person();
        let id = self.invite(by, &email, access).expect(201).text("/invitation/id");
        let token = self.mails().token(&email);
        (email, id, token)
    }
    /// Lets a new person in.
    pub(crate) fn member(&self, access: Value) -> Person {
        let (email, _, token) = self.invited(&self.owner, access);
        let (_, username) = fresh_person();
        let accepted = self.client().post("/invitations/accept", acceptance(&token, &username)).expect(201);
        let client = self.client().with_token(&accepted.text("/token"));
        Person { client, email, username, membership: accepted.text("/membership/id") }
    }
}

/// An address and a username that nobody has.
pub(crate) fn fresh_person() -> (String, String) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("person{}x{number}", std::process::id());
    (format!("{name}@people.example"), name)
}

pub(crate) fn set_up(token: &str, email: &str, username: &str) -> Value {
    json!({
        "token": token, "organization_name": "Fernwood Furniture", "email": email, "username": username,
        "first_name": "Ana", "last_name": "Ruiz", "password": PASSWORD,
    })
}

pub(crate) fn acceptance(token: &str, username: &str) -> Value {
    json!({
        "token": token, "username": username, "first_name": "Bo", "last_name": "Lindqvist", "password": PASSWORD,
    })
}

pub(crate) fn sign_up(email: &str, username: &str) -> Value {
    json!({
        "email": email, "username": username, "first_name": "Nils", "last_name": "Holm", "password": PASSWORD,
    })
}

pub(crate) fn all() -> Value {
    json!({ "kind": "all" })
}
pub(crate) fn owner() -> Value {
    json!({ "kind": "owner" })
}
pub(crate) fn chosen(permissions: &[&str]) -> Value {
    json!({ "kind": "chosen", "permissions": permissions })
}
