//! One of everything, made by the server itself: what a seeding then copies, so that only the store knows its rows.
use std::path::Path;

use anyhow::{Context, Result};
use registration_crypto_rustcrypto::{Keyring, RustCryptoSealer};
use registration_domain::{
    link::{Link, LinkPurpose},
    port::LinkSealer,
    revision::Generation,
    secret::Secret,
};
use serde_json::{Value, json};
use tokio::time::{Duration, sleep};
use uuid::Uuid;

use crate::{
    client::{Connection, Request},
    process::{Program, Server},
};

/// The word by which the copies of a person are told apart: it stands in each name and address of the first one.
pub(crate) const MEMBER: &str = "zzmemberzz";
/// The same, of the person who has not answered yet.
pub(crate) const INVITEE: &str = "zzinviteezz";
/// Of everybody.
pub(crate) const PASSWORD: &str = "Correct-horse-1";

/// What there is one of.
pub(crate) struct Scene {
    pub(crate) organization: Uuid,
    /// Who founded it.
    pub(crate) owner: Uuid,
    /// Somebody who came in.
    pub(crate) member: Uuid,
    pub(crate) membership: Uuid,
    /// By which they came.
    pub(crate) accepted: Uuid,
    /// One of the same kind that nobody answered.
    pub(crate) pending: Uuid,
    links: RustCryptoSealer,
}

impl Scene {
    /// A path below the organization.
    pub(crate) fn of(&self, path: &str) -> String {
        format!("/api/v1/organizations/{}/{path}", self.organization)
    }
    /// What proves a session, or holds an invitation.
    pub(crate) fn token(&self, purpose: LinkPurpose, subject: Uuid) -> Secret {
        self.links.seal(Link { purpose, subject, generation: Generation::FIRST }).0
    }
}

/// Founds a platform, invites two, and lets one in.
pub(crate) async fn found(program: &Program, keyring: &Path) -> Result<Scene> {
    let mut server = Server::start(program)?;
    let links = RustCryptoSealer::new(&Keyring::open(keyring)?);
    let mut connection = Connection::open(server.address()).await?;
    let set_up = json!({
        "token": server.setup_token()?.expose(), "organization_name": "Fernwood Furniture",
        "email": "owner@bench.example", "username": "owner", "first_name": "Ana", "last_name": "Ruiz",
        "password": PASSWORD,
    });
    let founded = connection.send(&Request::post("/api/v1/setup", None, set_up)).await?.expect(201)?;
    let owner = Secret::new(founded.text("/token")?);
    let organization = founded.text("/organization/id")?.parse()?;
    let invitations = format!("/api/v1/organizations/{organization}/invitations");
    let mut invited = Vec::new();
    for mailbox in [MEMBER, INVITEE] {
        let request = Request::post(&invitations, Some(owner.clone()), invitation(mailbox));
        invited.push(connection.send(&request).await?.expect(201)?.text("/invitation/id")?.parse()?);
    }
    let mut scene = Scene {
        organization,
        owner: founded.text("/account/id")?.parse()?,
        member: Uuid::nil(),
        membership: Uuid::nil(),
        accepted: invited[0],
        pending: invited[1],
        links,
    };
    let accept = json!({
        "token": scene.token(LinkPurpose::Invitation, scene.accepted).expose(), "username": MEMBER,
        "first_name": "Bo", "last_name": MEMBER, "password": PASSWORD,
    });
    let accept = Request::post("/api/v1/invitations/accept", None, accept);
    let accepted = connection.send(&accept).await?.expect(201)?;
    scene.member = accepted.text("/membership/account/id")?.parse()?;
    scene.membership = accepted.text("/membership/id")?.parse()?;
    until_mailed(&mut connection, &invitations, &owner).await?;
    server.stop()?;
    Ok(scene)
}

/// To become a member who may do everything but what is an Owner's alone.
pub(crate) fn invitation(mailbox: &str) -> Value {
    let email = format!("{mailbox}@bench.example");
    json!({ "email": email, "purpose": "member", "access": { "kind": "all" } })
}

/// A mail that waited would be sent as often as it is copied.
async fn until_mailed(connection: &mut Connection, invitations: &str, owner: &Secret) -> Result<()> {
    loop {
        let list = Request::get(invitations, owner.clone());
        let list = connection.send(&list).await?.expect(200)?.json()?;
        let rows = list["data"].as_array().context("a list has rows")?;
        if rows.iter().all(|it| it.pointer("/delivery/state") == Some(&json!("sent"))) {
            return Ok(());
        }
        sleep(Duration::from_millis(50)).await;
    }
}
