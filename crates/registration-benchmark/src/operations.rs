//! What is asked over HTTP. Reads come first: what writes leaves mails to be sent behind it.
use std::{net::SocketAddr, rc::Rc};

use anyhow::Result;
use registration_domain::{link::LinkPurpose, secret::Secret};
use serde_json::json;

use crate::{
    client::{Connection, Request},
    copy::{self, Kind},
    founding::{self, PASSWORD, Scene},
    load::Operation,
    organizations,
    seed::Size,
};

/// How many people take turns with what one person does many times.
const TAKING_TURNS: u32 = 100;
/// How many parts of a list take turns.
const PARTS: usize = 16;
/// How far the parts of a list lie apart.
const STRIDE: usize = 3;

pub(crate) async fn all(scene: &Scene, size: Size, server: SocketAddr) -> Result<Vec<Operation>> {
    let tokens = Tokens::of(scene, size);
    let mut connection = Connection::open(server).await?;
    let mut all = vec![who_am_i(&tokens)];
    for (name, query) in [
        ("100 of the members by name", "members?limit=100&sort=name"),
        ("100 of the members by name, reversed", "members?limit=100&sort=-name"),
        ("100 of the members by last sign-in", "members?limit=100&sort=last_sign_in_at"),
        ("100 of the members by last sign-in, reversed", "members?limit=100&sort=-last_sign_in_at"),
        ("100 of the members by when they came", "members?limit=100&sort=joined_at"),
        ("100 of the members by access", "members?limit=100&sort=access"),
        ("100 of the invitations", "invitations?limit=100"),
        ("100 of the pending invitations", "invitations?limit=100&state=pending"),
    ] {
        let paths = parts(&mut connection, &scene.of(query), &tokens).await?;
        all.push(list(name, paths, &tokens));
    }
    all.push(find_members(scene, size, &tokens));
    all.push(find_invitations(scene, size, &tokens));
    all.extend(find_organizations(size, &tokens));
    all.push(sign_in(size));
    all.push(accept(scene, size, &tokens));
    all.push(invite(scene, &tokens));
    Ok(all)
}

/// Of the sessions of the first people, and of those who may accept.
#[derive(Clone)]
struct Tokens {
    members: Rc<[Secret]>,
    joiners: Rc<[Secret]>,
}

impl Tokens {
    fn of(scene: &Scene, size: Size) -> Self {
        let token = |number| scene.token(LinkPurpose::Session, copy::id(Kind::Session, number));
        Self {
            members: (0..TAKING_TURNS).map(token).collect(),
            joiners: (size.members..size.members + size.joiners).map(token).collect(),
        }
    }
    fn member(&self, number: u32) -> Secret {
        self.members[number as usize % self.members.len()].clone()
    }
}

fn operation(
    name: &'static str,
    status: u16,
    request: impl Fn(u32) -> Option<Request> + 'static,
) -> Operation {
    Operation { name, status, request: Box::new(request) }
}

fn who_am_i(tokens: &Tokens) -> Operation {
    let tokens = tokens.clone();
    operation("who am I", 200, move |number| Some(Request::get("/api/v1/me", tokens.member(number))))
}

fn list(name: &'static str, paths: Vec<String>, tokens: &Tokens) -> Operation {
    // Where a part begins is sealed for whoever was told.
    let told = tokens.member(0);
    operation(name, 200, move |number| {
        let path = &paths[number as usize % paths.len()];
        Some(Request::get(path, told.clone()))
    })
}

/// The first part of a list, and some that lie deeper.
async fn parts(connection: &mut Connection, path: &str, tokens: &Tokens) -> Result<Vec<String>> {
    let mut paths = vec![path.to_owned()];
    let mut here = path.to_owned();
    for step in 1..PARTS * STRIDE {
        let part = connection.send(&Request::get(&here, tokens.member(0))).await?.expect(200)?.json()?;
        let Some(cursor) = part["next_cursor"].as_str() else { break };
        here = format!("{path}&cursor={cursor}");
        if step % STRIDE == 0 {
            paths.push(here.clone());
        }
    }
    Ok(paths)
}

/// One person among all of them, each time another one.
fn find_members(scene: &Scene, size: Size, tokens: &Tokens) -> Operation {
    let (tokens, path) = (tokens.clone(), scene.of("members?limit=100&query="));
    operation("find one member by a part of the name", 200, move |number| {
        let name = copy::name(scattered(number, size.members));
        Some(Request::get(format!("{path}{}", &name[3..]), tokens.member(number)))
    })
}

fn find_invitations(scene: &Scene, size: Size, tokens: &Tokens) -> Operation {
    let (tokens, path) = (tokens.clone(), scene.of("invitations?limit=100&email="));
    operation("find one invitation by a part of the address", 200, move |number| {
        let name = copy::name(scattered(number, size.invitations));
        Some(Request::get(format!("{path}{}", &name[3..]), tokens.member(number)))
    })
}

/// As whoever wants to join does: the first ones, a part of a name that all have, one that many have, and all but the
/// beginning of one name, each time another one.
fn find_organizations(size: Size, tokens: &Tokens) -> [Operation; 4] {
    let found = |name, query: fn(u32) -> String| {
        let tokens = tokens.clone();
        operation(name, 200, move |number| {
            let query = query(scattered(number, size.organizations)).replace(' ', "%20");
            Some(Request::get(format!("/api/v1/organizations?query={query}"), tokens.member(number)))
        })
    };
    let part = |number: u32| organizations::name(number)[1..].to_lowercase();
    [
        found("the first organizations to join", |_| String::new()),
        found("find organizations by what all have in their names", |_| "gmbh".to_owned()),
        found("find organizations by three letters", |number| {
            let name = organizations::name(number).to_lowercase();
            name.chars().skip(1).take(3).collect()
        }),
        found("find one organization by a part of the name", part),
    ]
}

fn sign_in(size: Size) -> Operation {
    operation("sign in", 201, move |number| {
        let identifier = copy::name(scattered(number, size.members));
        let body = json!({ "identifier": identifier, "password": PASSWORD });
        Some(Request::post("/api/v1/sessions", None, body))
    })
}

/// Each invitation once.
fn accept(scene: &Scene, size: Size, tokens: &Tokens) -> Operation {
    let of = |number| scene.token(LinkPurpose::Invitation, copy::id(Kind::Invitation, number));
    let links = (size.members..size.members + size.joiners).map(of).collect::<Vec<_>>();
    let sessions = Rc::clone(&tokens.joiners);
    operation("accept, signed in", 201, move |number| {
        let session = sessions.get(number as usize)?.clone();
        let body = json!({ "token": links[number as usize].expose() });
        Some(Request::post("/api/v1/invitations/accept", Some(session), body))
    })
}

fn invite(scene: &Scene, tokens: &Tokens) -> Operation {
    let (tokens, path) = (tokens.clone(), scene.of("invitations"));
    operation("create an invitation", 201, move |number| {
        let body = founding::invitation(&format!("invitee{number}"));
        Some(Request::post(&path, Some(tokens.member(number)), body))
    })
}

/// Another number below `end` for each one, until all were there, or nearly.
fn scattered(number: u32, end: u32) -> u32 {
    const PRIME: u64 = 7_919;
    let scattered = u64::from(number) * PRIME % u64::from(end);
    u32::try_from(scattered).unwrap_or_default()
}
