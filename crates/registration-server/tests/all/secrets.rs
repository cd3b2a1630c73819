//! What opens something stands in no log, however verbose, and in no byte of the database.
use std::{fs, path::Path};

use serde_json::json;

use super::{
    deployment::{Deployment, On},
    journey::journey,
    world::{PASSWORD, World, acceptance, all, fresh_person},
};

#[test]
fn no_secret_is_in_the_log_or_the_database() {
    let mut deployment = Deployment::start_with(On::Sqlite, 1, &["--log", "trace"]);
    let mut secrets = vec![PASSWORD.to_owned(), deployment.setup_token()];
    let mut world = World::found(deployment);
    let (email, id, first) = world.invited(&world.owner, all());
    world.owner.client.post(&world.of(&format!("invitations/{id}/resend")), json!({})).expect(200);
    secrets.push(first);
    let token = world.mails().tokens(&email, 2).pop().expect("two");
    // A browser that opens the link puts its token into a path.
    let opened =
        ureq::get(format!("{}/i/{token}", world.deployment.servers[0].url())).call().expect("a line");
    assert_eq!(opened.status(), 200);
    let (_, username) = fresh_person();
    let wrong = json!({ "identifier": username, "password": "Wrong-horse-17" });
    world.client().post("/sessions", wrong).refused(401, "invalid_credentials");
    let accepted = world.client().post("/invitations/accept", acceptance(&token, &username)).expect(201);
    let session = json!({ "identifier": username, "password": PASSWORD });
    let signed_in = world.client().post("/sessions", session).expect(201);
    secrets.extend([token, "Wrong-horse-17".to_owned(), accepted.text("/token"), signed_in.text("/token")]);
    let log = world.deployment.servers[0].log();
    assert!(log.contains("TRACE"), "the log is not at its most verbose");
    find(&secrets, "the log", log.as_bytes());
    let data = world.deployment.folder.path().join("data");
    for file in ["registration.db", "registration.db-wal"] {
        find(&secrets, file, &read(&data.join(file)));
    }
    let (status, _) = world.deployment.servers[0].stop();
    assert!(status.success());
    find(&secrets, "the database after its end", &read(&data.join("registration.db")));
    find(&secrets, "the whole log", world.deployment.servers[0].log().as_bytes());
}

#[test]
fn the_whole_journey_at_trace_logs_no_password() {
    // The deployment ends with the journey, so that its log is read while it runs: by its folder.
    let deployment = Deployment::start_with(On::Sqlite, 1, &["--log", "trace"]);
    let log = fs::canonicalize(deployment.folder.path().join("server-0.log")).expect("its log");
    let kept = fs::File::open(log).expect("its log");
    journey(deployment);
    let mut text = Vec::new();
    std::io::Read::read_to_end(&mut &kept, &mut text).expect("an open file outlives its name");
    find(&[PASSWORD.to_owned()], "the log", &text);
}

fn find(secrets: &[String], place: &str, bytes: &[u8]) {
    assert!(!bytes.is_empty(), "{place} is empty");
    for secret in secrets {
        let found = bytes.windows(secret.len()).position(|it| it == secret.as_bytes());
        if let Some(at) = found {
            let around = &bytes[at.saturating_sub(200)..(at + 40).min(bytes.len())];
            panic!(
                "{place} holds a secret of {} letters near {:?}",
                secret.len(),
                String::from_utf8_lossy(around)
            );
        }
    }
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
