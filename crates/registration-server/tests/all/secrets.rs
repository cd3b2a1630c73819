//! What opens something stands in no log, however verbose, in no byte of the database, and in no answer but its own.
mod places;

use std::fs;

use registration_crypto_rustcrypto::{Keyring, RustCryptoSealer};
use registration_domain::{
    link::{Link, LinkPurpose},
    port::LinkSealer,
    revision::Generation,
};
use serde_json::json;
use uuid::Uuid;

use self::places::{Place, code_leaks, dump, leaks};
use super::{
    database::Database,
    deployment::{Deployment, On},
    journey::journey,
    world::{World, acceptance, all, fresh_person, set_up, sign_up},
};

#[test]
fn nothing_keeps_or_tells_a_secret_of_the_journey_on_sqlite() {
    nothing_keeps_or_tells_a_secret_of_the_journey(On::Sqlite, 1);
}

#[test]
fn nothing_keeps_or_tells_a_secret_of_the_journey_on_postgres() {
    nothing_keeps_or_tells_a_secret_of_the_journey(On::Postgres, 3);
}

fn nothing_keeps_or_tells_a_secret_of_the_journey(on: On, processes: usize) {
    let mut world = journey(Deployment::start_with_smtp(on, processes, &["--log", "trace"]));
    a_link_is_opened_and_a_password_mistyped(&world);
    a_code_is_made_and_typed(&world);
    somebody_signs_up_and_somebody_mistypes_the_code(&world);
    somebody_moves_resets_their_password_and_goes(&world);
    let (secrets, codes) = (world.client().seen.secrets(), world.client().seen.codes());
    assert!(secrets.len() > 12, "the journey has more secrets than {}", secrets.len());
    assert_eq!(codes.len(), 3, "each code is looked for");
    let mut places = told(&world);
    places.extend(dump(&world.deployment));
    for server in &mut world.deployment.servers {
        assert!(server.stop().0.success());
        assert!(server.log().contains("TRACE"), "the log is not at its most verbose");
        places.push(Place::new("a log", server.log()));
    }
    places.extend(dump(&world.deployment));
    let found: Vec<_> =
        places.iter().flat_map(|it| [leaks(&secrets, it), code_leaks(&codes, it)].concat()).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    let smtp = leaks(&["only for tests".into(), "only%20for%20tests".into()], &places[places.len() - 2]);
    assert!(smtp.is_empty(), "{}", smtp.join("\n"));
}

/// What the journey does not do: a browser puts a token into a path, and a person mistypes.
fn a_link_is_opened_and_a_password_mistyped(world: &World) {
    let again = json!({ "identifier": world.owner.email, "password": super::world::PASSWORD });
    let owner =
        world.client().with_token(&world.client().post("/sessions", again).expect(201).text("/token"));
    let owner = super::world::Person { client: owner, ..world.owner.clone() };
    let (_, _, token) = world.invited(&owner, all());
    let opened = world.client().get(&format!("/i/{token}")).expect(303);
    assert_eq!(opened.header("location"), "/invitation");
    let mistyped = json!({ "identifier": "Sunny-river-43", "password": "Wrong-horse-17" });
    world.client().post("/sessions", mistyped).refused(401, "invalid_credentials");
    let key = [("idempotency-key", "secrets-1")];
    let (_, username) = fresh_person();
    let accept = acceptance(&token, &username);
    for _ in 0..2 {
        world.client().call("POST", "/invitations/accept", Some(accept.clone()), &key).expect(201);
    }
    world.client().seen.note_secret("Sunny-river-43");
}

/// As people type them: as they were shown, and in their own way; right, and after they were revoked.
fn a_code_is_made_and_typed(world: &World) {
    let again = json!({ "identifier": world.owner.email, "password": super::world::PASSWORD });
    let owner =
        world.client().with_token(&world.client().post("/sessions", again).expect(201).text("/token"));
    let founded = owner.post("/organizations", json!({ "name": "Elsewhere" })).expect(201);
    let by = super::world::Person { client: owner.clone(), ..world.owner.clone() };
    let (_, _, token) = world.invited(&by, all());
    let (_, username) = fresh_person();
    let accepted = world.client().post("/invitations/accept", acceptance(&token, &username)).expect(201);
    let person = world.client().with_token(&accepted.text("/token"));
    let here = format!("/organizations/{}", founded.text("/organization/id"));
    for is_revoked in [false, true] {
        let (path, key) = (format!("{here}/employee-codes"), format!("secrets-code-{is_revoked}"));
        let make = || {
            let body = Some(json!({ "label": "May" }));
            owner.call("POST", &path, body, &[("idempotency-key", &key)]).expect(201)
        };
        let made = make();
        let (id, shown) = (made.text("/id"), made.text("/code"));
        assert_eq!(make().text("/code"), shown, "a repeat shows the same");
        let typed = shown.to_lowercase().replace('-', " ");
        for guise in [shown.clone(), shown.replace('-', ""), typed.clone(), typed.replace(' ', "")] {
            world.client().seen.note_secret(&guise);
        }
        if is_revoked {
            owner.delete(&format!("{here}/employee-codes/{id}")).expect(204);
        }
        let body = json!({ "method": "employee_code", "code": typed });
        let answer = person.post(&format!("{here}/join-requests"), body);
        if is_revoked {
            answer.refused(422, "employee_code_refused");
        } else {
            let request = answer.expect(201).text("/join_request/id");
            person.post(&format!("/me/join-requests/{request}/withdraw"), json!({})).expect(200);
        }
    }
}

/// Both have a password of their own, and so one more secret to be found.
fn somebody_signs_up_and_somebody_mistypes_the_code(world: &World) {
    for (password, mistypes) in [("Windy-harbour-71", false), ("Windy-harbour-72", true)] {
        let (email, username) = fresh_person();
        let mut body = sign_up(&email, &username);
        body["password"] = password.into();
        let id = world.client().post("/sign-ups", body).expect(202).text("/id");
        let code = world.mails().code(&email);
        world.client().seen.note_code(&code);
        let (path, wrong) =
            (format!("/sign-ups/{id}/verify"), if code == "000000" { "000001" } else { "000000" });
        if mistypes {
            world.client().post(&path, json!({ "code": wrong })).refused(422, "code_incorrect");
        } else {
            world.client().post(&path, json!({ "code": code })).expect(201);
        }
    }
}

/// The code that is mailed to the new address, the link to set a password, and each password that was one.
fn somebody_moves_resets_their_password_and_goes(world: &World) {
    let again = json!({ "identifier": world.owner.email, "password": super::world::PASSWORD });
    let client =
        world.client().with_token(&world.client().post("/sessions", again).expect(201).text("/token"));
    let owner = super::world::Person { client, ..world.owner.clone() };
    let (_, _, token) = world.invited(&owner, all());
    let (to, username) = fresh_person();
    let accepted = world.client().post("/invitations/accept", acceptance(&token, &username)).expect(201);
    let person = world.client().with_token(&accepted.text("/token"));
    let asked = person.post("/me/email-changes", json!({ "email": to })).expect(201).text("/id");
    let code = world.mails().codes(&to, 1).pop().expect("a code");
    world.client().seen.note_code(&code);
    let path = format!("/me/email-changes/{asked}/verify");
    person.post(&path, json!({ "code": code })).expect(200);
    world.client().post("/password-resets", json!({ "email": to })).expect(202);
    let token = world.mails().reset_tokens(&to, 1).pop().expect("a link");
    let opened = world.client().get(&format!("/r/{token}")).expect(303);
    assert_eq!(opened.header("location"), "/reset/password");
    let complete = json!({ "token": token, "password": "Misty-harbour-31" });
    world.client().post("/password-resets/complete", complete).expect(204);
    let again = json!({ "identifier": to, "password": "Misty-harbour-31" });
    let session = world.client().post("/sessions", again).expect(201).text("/token");
    let client = world.client().with_token(&session);
    let change = json!({ "current_password": "Misty-harbour-31", "password": "Sandy-harbour-32" });
    client.call("PUT", "/me/password", Some(change), &[]).expect(200);
    client
        .post("/me/close", json!({ "password": "Wrong-harbour-33" }))
        .refused(422, "current_password_incorrect");
    client.post("/me/close", json!({ "password": "Sandy-harbour-32" })).expect(204);
}

/// What is told beside the answers to those whom it concerns.
fn told(world: &World) -> Vec<Place> {
    let metrics = world.client().get("/metrics").expect(200).body;
    let mut places = vec![
        Place::new("the metrics", metrics.as_str().expect("text")),
        Place::new("the refusals", world.client().seen.refusals()),
    ];
    let ready = world.client().get("/readyz").expect(200).body.to_string();
    places.push(Place::new("the probe", ready));
    for server in &world.deployment.servers {
        places.push(Place::new("a command line", server.command_line()));
    }
    places
}

#[test]
fn what_is_planted_is_found() {
    for on in [On::Sqlite, On::Postgres] {
        let mut world = World::found(Deployment::start(on, 1));
        let (_, _, token) = world.invited(&world.owner, all());
        world.client().post("/invitations/lookup", json!({ "token": token })).expect(200);
        let secrets = world.client().seen.secrets();
        assert!(secrets.contains(&token));
        let clean: Vec<_> = dump(&world.deployment).iter().flat_map(|it| leaks(&secrets, it)).collect();
        assert!(clean.is_empty(), "{}", clean.join("\n"));

        let database = Database::of(&world.deployment);
        database
            .execute(&format!("INSERT INTO platform_fact (key, value) VALUES ('planted', 'a {token} b')"));
        let planted: Vec<_> = dump(&world.deployment).iter().flat_map(|it| leaks(&secrets, it)).collect();
        assert!(!planted.is_empty(), "{on:?}: a planted text is not found");
        database.execute("DELETE FROM platform_fact WHERE key = 'planted'");

        let codes = ["482913".to_owned()];
        for (planted, is_found) in [("a 1482913 b", false), ("a 4829130 b", false), ("a 482913 b", true)] {
            database
                .execute(&format!("INSERT INTO platform_fact (key, value) VALUES ('planted', '{planted}')"));
            let planted = dump(&world.deployment).iter().any(|it| !code_leaks(&codes, it).is_empty());
            assert_eq!(planted, is_found, "{on:?}");
            database.execute("DELETE FROM platform_fact WHERE key = 'planted'");
        }

        let bytes = places::hexadecimal(&places::decoded(&token).expect("base64"));
        let blob = if let On::Postgres = on { format!("'\\x{bytes}'") } else { format!("x'{bytes}'") };
        database.execute(&format!(
            "INSERT INTO receipt (scope, key, fingerprint, outcome, at) VALUES ({blob}, 'k', {blob}, 'o', 0)"
        ));
        let planted: Vec<_> = dump(&world.deployment).iter().flat_map(|it| leaks(&secrets, it)).collect();
        assert!(!planted.is_empty(), "{on:?}: planted bytes are not found");

        assert!(world.deployment.servers[0].stop().0.success());
        let log = world.deployment.servers[0].log();
        assert!(leaks(&secrets, &Place::new("the log", log.clone())).is_empty());
        let line = format!("{log}\nTRACE a request body={{\"token\":\"{token}\"}}");
        assert!(!leaks(&secrets, &Place::new("the log", line)).is_empty());
    }
}

#[test]
fn a_dump_opens_nothing_without_its_keyring() {
    for on in [On::Sqlite, On::Postgres] {
        let world = World::found(Deployment::start(on, 1));
        world.invited(&world.owner, all());
        let database = Database::of(&world.deployment);
        let elsewhere = tempfile::tempdir().expect("a folder");
        let foreign = Keyring::open_or_create(&elsewhere.path().join("keyring")).expect("a keyring");
        let own = Keyring::open(&world.deployment.keyring()).expect("the server's");
        let (foreign, own) = (RustCryptoSealer::new(&foreign), RustCryptoSealer::new(&own));
        for (table, purpose) in [
            ("invitation", LinkPurpose::Invitation),
            ("session", LinkPurpose::Session),
            ("setup_link", LinkPurpose::Setup),
        ] {
            let ids = database.ids(table);
            assert!(!ids.is_empty(), "{on:?}: no row in {table}");
            for id in ids {
                assert!(!opens(&world, &foreign, purpose, id), "{on:?}: a forged {purpose:?} opened");
                // The forger knows the trade: with the server's own keyring it works, but for a used setup link.
                assert_eq!(opens(&world, &own, purpose, id), purpose != LinkPurpose::Setup);
            }
        }
    }
}

/// Whether a token that is sealed for this opens anything.
fn opens(world: &World, sealer: &RustCryptoSealer, purpose: LinkPurpose, subject: Uuid) -> bool {
    let token = sealer.seal(Link { purpose, subject, generation: Generation::FIRST }).0;
    let token = token.expose();
    let (email, username) = fresh_person();
    let statuses = [
        world.client().post("/invitations/lookup", json!({ "token": token })).status,
        world.client().with_token(token).get("/me").status,
        world.client().post("/setup", set_up(token, &email, &username)).status,
    ];
    statuses.iter().any(|it| *it < 400)
}

#[test]
fn the_files_of_a_database_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let deployment = Deployment::start(On::Sqlite, 1);
    for file in fs::read_dir(deployment.folder.path().join("data")).expect("a folder") {
        let file = file.expect("an entry");
        let mode = file.metadata().expect("it is there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", file.path().display());
    }
}
