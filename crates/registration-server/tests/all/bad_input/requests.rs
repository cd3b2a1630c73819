//! The mutilated requests: each operation with each broken body, and what breaks a head, a path or a query.
use serde_json::{Value, json};

use super::{replaced, wire::Answer};
use crate::all::world::{World, acceptance, all, fresh_person, set_up, sign_up};

/// A world, and what its requests name.
pub(super) struct Scene {
    pub(super) world: World,
    pub(super) port: u16,
    session: String,
    invitation: String,
    token: String,
    sign_up: String,
    code: String,
}

/// Bytes, and what is wrong with them.
pub(super) struct Mutilated {
    pub(super) what: String,
    pub(super) bytes: Vec<u8>,
}

/// An operation with a body that it would take.
struct Operation {
    method: &'static str,
    path: String,
    body: Value,
}

impl Scene {
    pub(super) fn of(mut world: World) -> Self {
        let url = world.deployment.servers[0].url();
        let port = url.rsplit(':').next().and_then(|it| it.parse().ok()).expect("a port");
        let (_, invitation, token) = world.invited(&world.owner, all());
        let sign_in = json!({ "identifier": world.owner.email, "password": crate::all::world::PASSWORD });
        let session = world.client().post("/sessions", sign_in).expect(201).text("/token");
        let (email, username) = fresh_person();
        let sign_up = world.client().post("/sign-ups", sign_up(&email, &username)).expect(202).text("/id");
        let code = world.mails().code(&email);
        Self { world, port, session, invitation, token, sign_up, code }
    }

    /// The same words for what differs between two worlds.
    pub(super) fn masked(&self, answer: Answer) -> Answer {
        let own = &self.world.owner.membership;
        let names = [&self.world.org, own, &self.invitation, &self.token, &self.sign_up];
        let port = self.port.to_string();
        let mask = |text: &str| {
            let text = names.iter().fold(text.to_owned(), |text, name| text.replace(name.as_str(), "NAME"));
            text.replace(&port, "PORT")
        };
        let mut body = replaced(&answer.body, &mask);
        if let Some(id) = body.get_mut("request_id") {
            *id = "REQUEST".into();
        }
        Answer { body, ..answer }
    }

    fn operations(&self) -> Vec<Operation> {
        let org = &self.world.org;
        let of = |path: &str| format!("/organizations/{org}/{path}");
        let (email, username) = ("vera@people.example", "vera.v");
        let post = |path: &str, body: Value| Operation { method: "POST", path: path.to_owned(), body };
        let access = of(&format!("members/{}/access", self.world.owner.membership));
        vec![
            post("/setup", set_up("made-up-token", email, username)),
            post("/sessions", json!({ "identifier": "nobody@people.example", "password": "Wrong-horse-1" })),
            post("/sign-ups", sign_up(email, username)),
            // The right one: what is taken in spite of its body makes an account.
            post(&format!("/sign-ups/{}/verify", self.sign_up), json!({ "code": self.code })),
            post("/invitations/lookup", json!({ "token": "made-up-token" })),
            post("/invitations/accept", acceptance("made-up-token", username)),
            post("/invitations/decline", json!({ "token": "made-up-token", "reason": "no" })),
            post("/invitations/request-new", json!({ "token": "made-up-token" })),
            post("/organizations", json!({ "name": "Harbour" })),
            post("/me/email-changes", json!({ "email": "vera@people.example" })),
            post(&format!("/me/email-changes/{org}/verify"), json!({ "code": "000000" })),
            post("/me/close", json!({ "password": "Wrong-horse-1" })),
            post(
                "/password-resets/complete",
                json!({ "token": "made-up-token", "password": "Rainy-harbour-7" }),
            ),
            Operation {
                method: "PUT",
                path: "/me/password".to_owned(),
                body: json!({ "current_password": "Wrong-horse-1", "password": "Rainy-harbour-7" }),
            },
            Operation { method: "PATCH", path: "/me".to_owned(), body: json!({ "username": "vera.v" }) },
            post(&of("invitations"), json!({ "email": email, "purpose": "member", "access": all() })),
            post(&of("ownership-transfers"), json!({ "member_id": self.world.owner.membership })),
            post(
                "/authorizations",
                json!({ "account": org, "organization": org, "permission": "audit.view" }),
            ),
            Operation {
                method: "PATCH",
                path: format!("/organizations/{org}"),
                body: json!({ "name": "New" }),
            },
            Operation { method: "PUT", path: access, body: all() },
        ]
    }

    /// A whole request of the signed-in Owner.
    fn request(&self, method: &str, path: &str, more: &[&str], body: &[u8]) -> Vec<u8> {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n",
            self.port, self.session
        );
        for line in more {
            head.push_str(line);
            head.push_str("\r\n");
        }
        if !body.is_empty() && !more.iter().any(|it| it.starts_with("Transfer-Encoding")) {
            head = format!("{head}Content-Length: {}\r\n", body.len());
        }
        head.push_str("Connection: close\r\n\r\n");
        [head.as_bytes(), body].concat()
    }
    fn json(&self, operation: &Operation, body: &[u8]) -> Vec<u8> {
        let more = ["Content-Type: application/json", "If-Match: \"0\""];
        self.request(operation.method, &format!("/api/v1{}", operation.path), &more, body)
    }
}

/// Always the same ones in the same order.
pub(super) fn requests(scene: &Scene) -> Vec<Mutilated> {
    let mut all = bodies(scene);
    all.extend(paths(scene));
    all.extend(queries(scene));
    all.extend(heads(scene));
    all.extend(tokens(scene));
    all
}

fn bodies(scene: &Scene) -> Vec<Mutilated> {
    let mut all = Vec::new();
    for operation in &scene.operations() {
        let text = operation.body.to_string();
        let first = operation.body.as_object().and_then(|it| it.keys().next().cloned()).expect("a field");
        let inside = text.trim_start_matches('{');
        let with = |name: &str, value: &str| format!("{{\"{name}\":{value},{inside}");
        let only = |value: &str| {
            let mut body = operation.body.clone();
            body[&first] = "VALUE".into();
            body.to_string().replace("\"VALUE\"", value)
        };
        let broken: [(&str, Vec<u8>); 24] = [
            ("nothing", Vec::new()),
            ("cut in the middle", text.as_bytes()[..text.len() / 2].to_vec()),
            ("cut before its end", text.as_bytes()[..text.len() - 1].to_vec()),
            ("more behind it", format!("{text}{text}").into_bytes()),
            ("deep arrays", "[".repeat(20_000).into_bytes()),
            ("a deep field", with("deep", &format!("{}{}", "[".repeat(40), "]".repeat(40))).into_bytes()),
            ("a doubled field", with(&first, "\"x\"").into_bytes()),
            ("an unknown field", with("emial", "1").into_bytes()),
            ("an unknown field with a NUL", with("a\\u0000b", "1").into_bytes()),
            ("a raw NUL", text.replacen('"', "\0\"", 1).into_bytes()),
            ("a NUL in a text", only("\"a\\u0000b\"").into_bytes()),
            ("a raw control in a text", only("\"a\u{1}b\"").into_bytes()),
            ("a lone high surrogate", only("\"\\ud83d\"").into_bytes()),
            ("a lone low surrogate", only("\"x\\ude00\"").into_bytes()),
            ("no UTF-8", [b"{\"a\":\"", &[0xFF, 0xFE][..], b"\"}"].concat()),
            ("an overlong form", [b"{\"a\":\"", &[0xC0, 0xAF][..], b"\"}"].concat()),
            ("a byte order mark", format!("\u{FEFF}{text}").into_bytes()),
            ("a number where a text belongs", only("7e300").into_bytes()),
            ("a number beyond all", only("1e999").into_bytes()),
            ("null", only("null").into_bytes()),
            ("an array", only("[[],{}]").into_bytes()),
            ("an object", only("{\"kind\":[]}").into_bytes()),
            ("no object", b"[]".to_vec()),
            ("a huge text", only(&format!("\"{}\"", "a".repeat(200_000))).into_bytes()),
        ];
        for (what, body) in broken {
            // What a change leaves out, it leaves as it is; nothing is the same as not there.
            if operation.method == "PATCH" && what == "null" {
                continue;
            }
            let what =
                format!("{} {}: {what}", operation.method, operation.path.replace(&scene.world.org, "ORG"));
            let what =
                what.replace(&scene.world.owner.membership, "MEMBER").replace(&scene.sign_up, "SIGN-UP");
            all.push(Mutilated { what, bytes: scene.json(operation, &body) });
        }
    }
    all
}

fn paths(scene: &Scene) -> Vec<Mutilated> {
    let foreign = "01975e2c-6d1c-7c3a-9a55-0d6f4b1f8a11";
    let (org, long) = (&scene.world.org, "a".repeat(3_000));
    let mut all = Vec::new();
    let ids = [foreign, "1", "%00", "%ff", "%ED%A0%80", "'", "%27%20OR%201=1", "..", "%2e%2e", "null", &long];
    for id in ids {
        for path in [
            format!("/organizations/{id}"),
            format!("/organizations/{id}/members"),
            format!("/organizations/{org}/members/{id}"),
            format!("/organizations/{org}/invitations/{id}"),
            format!("/organizations/{org}/invitations/{id}/explain"),
            format!("/organizations/{org}/nothing/{id}"),
        ] {
            let what = format!("GET {}", path.replace(org.as_str(), "ORG"));
            all.push(Mutilated { what, bytes: scene.request("GET", &format!("/api/v1{path}"), &[], &[]) });
        }
        for path in [format!("/sign-ups/{id}/verify"), format!("/sign-ups/{id}/resend")] {
            let body = if path.ends_with("resend") { json!({}) } else { json!({ "code": "482913" }) };
            let operation = Operation { method: "POST", path, body: Value::Null };
            let bytes = scene.json(&operation, body.to_string().as_bytes());
            all.push(Mutilated { what: format!("POST {}", operation.path), bytes });
        }
        for path in [format!("/me/memberships/{id}"), format!("/organizations/{org}/members/{id}")] {
            let what = format!("DELETE {}", path.replace(org.as_str(), "ORG"));
            all.push(Mutilated { what, bytes: scene.request("DELETE", &format!("/api/v1{path}"), &[], &[]) });
        }
    }
    all
}

fn queries(scene: &Scene) -> Vec<Mutilated> {
    let cursor = scene.world.owner.client.get(&scene.world.of("audit-events?limit=1")).expect(200);
    let foreign = cursor.text("/next_cursor");
    let half = &foreign[..foreign.len() / 2];
    let swapped: String = foreign.chars().rev().collect();
    let queries = [
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=x",
        "limit=",
        "limit=1e1",
        "limit=99999999999999999999",
        "limit=1&limit=2",
        "limit=%00",
        "limit=%FF",
        "limit=1%00",
        "cursor=",
        "cursor=x",
        "cursor=%00",
        "cursor=%FF",
        "sort=nothing",
        "sort=%00",
        "sort=name%27",
        "nothing=1",
        "%FF=1",
        "%00=1",
        "query=%FF",
        "query=%ED%A0%80",
        "state=nothing",
        "state=%00",
        "=",
        "limit[]=1",
    ];
    let long = format!("query={}", "a".repeat(2_000));
    let mut queries: Vec<_> = queries.map(str::to_owned).into();
    queries.extend([
        long,
        format!("cursor={foreign}"),
        format!("cursor={half}"),
        format!("cursor={swapped}"),
    ]);
    let mut all = Vec::new();
    for (number, query) in queries.iter().enumerate() {
        for list in ["members", "invitations"] {
            let path = format!("/api/v1/{}", scene.world.of(list).trim_start_matches('/'));
            let bytes = scene.request("GET", &format!("{path}?{query}"), &[], &[]);
            let shown = if query.len() > 40 { format!("a long one, {number}") } else { query.clone() };
            all.push(Mutilated { what: format!("GET {list}?{shown}"), bytes });
        }
    }
    all
}

fn heads(scene: &Scene) -> Vec<Mutilated> {
    let path = "/api/v1/sessions";
    let host = format!("Host: 127.0.0.1:{}", scene.port);
    let body = b"{\"identifier\":\"nobody\",\"password\":\"x\"}";
    let json = "Content-Type: application/json";
    let raw = |what: &str, text: String| Mutilated { what: what.to_owned(), bytes: text.into_bytes() };
    let asked = |what: &str, method: &str, more: &[&str], body: &[u8]| Mutilated {
        what: what.to_owned(),
        bytes: scene.request(method, path, more, body),
    };
    let long = format!("X-Long: {}", "a".repeat(100_000));
    let many: Vec<_> = (0..300).map(|it| format!("X-{it}: 1")).collect();
    let many: Vec<_> = many.iter().map(String::as_str).collect();
    let mut chunks = b"FFFFF\r\n".to_vec();
    chunks.extend(vec![b'a'; 0xF_FFFF]);
    chunks.extend(b"\r\n0\r\n\r\n");
    vec![
        asked("a method that is not there", "PUT", &[json], body),
        asked("a method that nobody knows", "BREW", &[json], body),
        asked("a trace", "TRACE", &[], &[]),
        asked("no media type", "POST", &[], body),
        asked("another media type", "POST", &["Content-Type: text/plain"], body),
        asked(
            "a form",
            "POST",
            &["Content-Type: application/x-www-form-urlencoded"],
            b"identifier=a&password=b",
        ),
        asked("another charset", "POST", &["Content-Type: application/json; charset=latin1"], body),
        asked("a media type that is none", "POST", &["Content-Type: ;;;"], body),
        asked("a huge header", "POST", &[json, &long], body),
        asked("many headers", "POST", &many, body),
        asked("a huge body in chunks", "POST", &[json, "Transfer-Encoding: chunked"], &chunks),
        asked("a chunk that is none", "POST", &[json, "Transfer-Encoding: chunked"], b"zz\r\n\r\n"),
        asked("an empty key", "POST", &[json, "Idempotency-Key:"], body),
        asked("a long key", "POST", &[json, &format!("Idempotency-Key: {}", "k".repeat(256))], body),
        asked("two keys", "POST", &[json, "Idempotency-Key: a", "Idempotency-Key: b"], body),
        raw("no HTTP", "hello\r\n\r\n".into()),
        raw("another version", format!("GET {path} HTTP/9.9\r\n{host}\r\n\r\n")),
        raw("no host", format!("GET {path} HTTP/1.1\r\nConnection: close\r\n\r\n")),
        raw(
            "another host",
            format!("GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
        ),
        raw(
            "two hosts",
            format!("GET {path} HTTP/1.1\r\n{host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
        ),
        raw("a folded header", format!("GET {path} HTTP/1.1\r\n{host}\r\nX-A: a\r\n b\r\n\r\n")),
        raw("a header without a name", format!("GET {path} HTTP/1.1\r\n{host}\r\n: a\r\n\r\n")),
        raw("a length that is none", format!("POST {path} HTTP/1.1\r\n{host}\r\nContent-Length: x\r\n\r\n")),
        raw("a negative length", format!("POST {path} HTTP/1.1\r\n{host}\r\nContent-Length: -1\r\n\r\n")),
        raw(
            "a huge length",
            format!("POST {path} HTTP/1.1\r\n{host}\r\n{json}\r\nContent-Length: 99999999999\r\n\r\n"),
        ),
        raw(
            "two lengths",
            format!("POST {path} HTTP/1.1\r\n{host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
        ),
    ]
}

fn tokens(scene: &Scene) -> Vec<Mutilated> {
    let Scene { session, token, .. } = scene;
    let last = if token.ends_with('A') { "B" } else { "A" };
    let forged = [
        ("nothing", String::new()),
        ("one letter", "x".into()),
        ("one letter of an invitation's changed", format!("{}{last}", &token[..token.len() - 2])),
        ("an invitation's, cut", token[..token.len() - 1].into()),
        ("an invitation's, padded", format!("{token}=")),
        ("an invitation's, and a space", format!("{token} ")),
        ("a session's", session.clone()),
        ("a session's, turned round", session.chars().rev().collect()),
        ("a long one", "x".repeat(5_000)),
        ("a NUL", "a\0b".into()),
        ("no ASCII", "é\u{202E}".into()),
    ];
    let mut all = Vec::new();
    for (what, forged) in forged {
        for path in ["lookup", "decline", "request-new"] {
            let body = json!({ "token": forged }).to_string();
            let path = format!("/invitations/{path}");
            let operation = Operation { method: "POST", path, body: Value::Null };
            let bytes = scene.json(&operation, body.as_bytes());
            all.push(Mutilated { what: format!("{}: {what}", operation.path), bytes });
        }
        if what == "a session's" || forged.contains('\0') {
            continue;
        }
        let head = format!("GET /api/v1/me HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n", scene.port);
        let head = format!("{head}Authorization: Bearer {forged}\r\nConnection: close\r\n\r\n");
        all.push(Mutilated { what: format!("bearer: {what}"), bytes: head.into_bytes() });
    }
    all
}
