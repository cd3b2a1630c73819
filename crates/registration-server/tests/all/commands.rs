//! Every command, as an operator runs it, with what it prints and how it exits.
use std::{fs, path::Path, process::Output, time::Duration};

use registration_crypto_rustcrypto::UuidV7Ids;
use registration_domain::{email::Email, secret::Secret, time::Timestamp};
use registration_mail_lettre::samples;
use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value, json};

use super::{
    client::Client,
    deployment::{Deployment, On, folder, fresh_postgres_database},
    server::{Server, program},
    world::World,
};

const CHEAP: &str = "[password_hash]\nm = 8\nt = 1\n";

#[test]
fn serve_prints_its_facts_and_nothing_else_and_stops_gracefully() {
    let folder = folder(CHEAP);
    let mut server = Server::start(folder.path(), "server", &[]);
    let url = server.url();
    assert!(server.line("setup").starts_with(&format!("{url}/setup/")));
    assert_eq!(server.line("mailbox"), format!("{url}/dev/mailbox"));
    let client = Client::new(vec![url]);
    assert_eq!(client.get("/livez").expect(200).body, "alive\n");
    assert_eq!(client.get("/readyz").expect(200).text("/status"), "ready");
    let metrics = client.get("/metrics").expect(200);
    assert!(metrics.body.as_str().is_some_and(|it| it.contains("http_server_request_duration_seconds")));
    let (status, took) = server.stop();
    assert!(status.success() && took < Duration::from_secs(10), "{status} after {took:?}");
    assert_eq!(server.printed_to_the_end().len(), 3);
}

#[test]
fn an_owned_platform_prints_no_setup_link() {
    let world = World::found(Deployment::start(On::Sqlite, 1));
    let mut again = Server::start(world.deployment.folder.path(), "again", &[]);
    again.line("mailbox");
    assert!(again.stop().0.success());
    assert_eq!(again.printed_to_the_end().len(), 2);
    let refused = run(world.deployment.folder.path(), &["admin", "setup-link"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("has an owner"));
}

#[test]
fn an_organization_out_of_reach_gets_another_owner() {
    for on in [On::Sqlite, On::Postgres] {
        let world = World::found(Deployment::start(on, 1));
        let folder = world.deployment.folder.path();
        let create = |email: &str| {
            let (database, keyring) = (world.deployment.database_url(), world.deployment.keyring());
            let keyring = keyring.display().to_string();
            let mut arguments = vec!["admin", "create-owner", "--organization", &world.org, "--email", email];
            arguments.extend(["--database-url", &database, "--key-file", &keyring]);
            run(folder, &arguments)
        };
        let (email, username) = super::world::fresh_person();
        let printed = create(&email);
        assert!(printed.status.success() && stderr(&printed).contains("Ana Ruiz"), "{}", stderr(&printed));
        let printed = stdout(&printed);
        let token = printed.trim().strip_prefix("invitation http://127.0.0.1:8080/i/").expect("a link");
        assert_eq!(world.mails().token(&email), token, "the server mails the same link");
        let accept = super::world::acceptance(token, &username);
        let accepted = world.client().post("/invitations/accept", accept).expect(201);
        assert_eq!(accepted.text("/membership/access/kind"), "owner");
        let events = world.owner.client.get(&world.of("audit-events?action=invitation.sent")).expect(200);
        assert_eq!(events.body["data"][0]["actor"], Value::Null);
        assert_eq!(events.text("/data/0/address"), "the operator's console");
        assert!(stderr(&create(&email)).contains("member already"));
        assert!(stderr(&create("nobody")).contains("e-mail address"));
    }
}

#[test]
fn an_operator_lets_somebody_try_again_signs_them_out_and_makes_them_administrator() {
    for on in [On::Sqlite, On::Postgres] {
        let world = World::found(Deployment::start(on, 1));
        let folder = world.deployment.folder.path();
        let command = |arguments: &[&str]| {
            let (database, keyring) = (world.deployment.database_url(), world.deployment.keyring());
            let keyring = keyring.display().to_string();
            let settings = ["--database-url", &database, "--key-file", &keyring];
            run(folder, &[arguments, &settings].concat())
        };
        let member = world.member(super::world::chosen(&[]));
        let sign_in = |password: &str| {
            world.client().post("/sessions", json!({ "identifier": member.email, "password": password }))
        };
        while sign_in("guess").status == 401 {}
        sign_in(super::world::PASSWORD).refused(429, "too_many_tries");
        let printed = command(&["user", "unlock", &member.email.to_uppercase()]);
        assert_eq!(stdout(&printed), format!("unlocked {}\n", member.email), "{}", stderr(&printed));
        let session = sign_in(super::world::PASSWORD).expect(201);
        let token = world.client().with_token(&session.text("/token"));

        let printed = command(&["session", "revoke-all", "--account", &member.email]);
        assert_eq!(stdout(&printed), format!("signed out {}\n", member.email), "{}", stderr(&printed));
        token.get("/me").refused(401, "not_signed_in");
        world.owner.client.get("/me").expect(200);
        sign_in(super::world::PASSWORD).expect(201);
        let printed = command(&["session", "revoke-all"]);
        assert_eq!(stdout(&printed), "signed out 2 accounts\n", "{}", stderr(&printed));
        world.owner.client.get("/me").refused(401, "not_signed_in");

        let printed = command(&["admin", "make-administrator", "--email", &member.email]);
        assert_eq!(stdout(&printed), format!("administrator {}\n", member.email), "{}", stderr(&printed));
        for arguments in [
            &["user", "unlock", "nobody@people.example"][..],
            &["session", "revoke-all", "--account", "nobody@people.example"],
            &["admin", "make-administrator", "--email", "nobody@people.example"],
        ] {
            let refused = command(arguments);
            assert_eq!(refused.status.code(), Some(1));
            assert!(stderr(&refused).contains("there is no account at this address"), "{}", stderr(&refused));
        }
        assert!(stderr(&command(&["user", "unlock", "nobody"])).contains("is no e-mail address"));
    }
}

#[test]
fn a_platform_that_nobody_owns_gets_no_owner_but_by_its_setup_link() {
    let folder = folder(CHEAP);
    let nobodys = "01975e2c-6d1c-7c3a-9a55-0d6f4b1f8a11";
    let arguments = ["admin", "create-owner", "--organization", nobodys, "--email", "a@people.example"];
    let refused = run(folder.path(), &arguments);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("registration admin setup-link"), "{}", stderr(&refused));
}

#[test]
fn a_setup_link_can_be_printed_anew() {
    let folder = folder(CHEAP);
    let printed = stdout(&succeed(folder.path(), &["admin", "setup-link"]));
    let token = printed.trim().strip_prefix("setup http://127.0.0.1:8080/setup/").expect("a link").to_owned();
    let mut server = Server::start(folder.path(), "server", &["--config", "registration.toml"]);
    let client = Client::new(vec![server.url()]);
    let (email, username) = super::world::fresh_person();
    client.post("/setup", super::world::set_up(&token, &email, &username)).expect(201);
}

#[test]
fn migrations_can_be_looked_at_and_taken_beforehand() {
    let here = folder(CHEAP);
    let postgres =
        ["--database-url".to_owned(), fresh_postgres_database(), "--key-file".to_owned(), "k".to_owned()];
    for database in [&[][..], &postgres[..]] {
        let migrate = |arguments: &[&str]| {
            let database = database.iter().map(String::as_str);
            stdout(&succeed(here.path(), &database.chain(arguments.iter().copied()).collect::<Vec<_>>()))
        };
        assert!(migrate(&["migrate", "status"]).contains("behind"));
        assert!(migrate(&["migrate", "--dry-run"]).contains("nothing was done"));
        assert!(migrate(&["migrate", "status"]).contains("behind"));
        assert_eq!(migrate(&["migrate", "up"]), "up to date\n");
        assert_eq!(migrate(&["migrate"]), "up to date\n");
        assert_eq!(migrate(&["migrate", "status"]), "up to date\n");
    }
}

#[test]
fn a_newer_schema_is_refused() {
    let folder = folder(CHEAP);
    succeed(folder.path(), &["migrate"]);
    let path = folder.path().join("data/registration.db");
    execute(&path, "INSERT INTO seaql_migrations (version, applied_at) VALUES ('9999_of_tomorrow', 0)");
    for command in ["serve", "migrate"] {
        let refused = run(folder.path(), &[command]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(stderr(&refused).contains("later version"), "{}", stderr(&refused));
    }
}

#[test]
fn another_keyring_is_refused() {
    let folder = folder(CHEAP);
    succeed(folder.path(), &["admin", "setup-link"]);
    let keyring = folder.path().join("data/registration.keyring");
    let kept = fs::read(&keyring).expect("it was made");
    fs::remove_file(&keyring).expect("it was made");
    let missing = run(folder.path(), &["serve"]);
    assert!(stderr(&missing).contains("is used with a keyring"), "{}", stderr(&missing));
    assert!(!keyring.exists(), "a wrong one is not made");
    let wrong = run(folder.path(), &["serve", "--key-file", "another"]);
    assert_eq!(wrong.status.code(), Some(1));
    fs::write(&keyring, kept).expect("a file");
    let exposed = run(folder.path(), &["serve"]);
    assert!(stderr(&exposed).contains("chmod 600"), "{}", stderr(&exposed));
}

#[test]
fn a_demonstration_is_seeded_once_and_its_people_sign_in() {
    let folder = folder(CHEAP);
    let seeded = stdout(&succeed(folder.path(), &["--config", "registration.toml", "seed", "--demo"]));
    let password =
        seeded.lines().find_map(|it| it.strip_prefix("password ")).and_then(|it| it.split(' ').next());
    let again = run(folder.path(), &["seed", "--demo"]);
    assert!(stderr(&again).contains("empty database"), "{}", stderr(&again));
    let mut server = Server::start(folder.path(), "server", &["--config", "registration.toml"]);
    let client = Client::new(vec![server.url()]);
    let session = json!({ "identifier": "ana.ruiz@fernwood.example", "password": password });
    let owner = client.with_token(&client.post("/sessions", session).expect(201).text("/token"));
    let org = owner.get("/me/memberships").expect(200).text("/data/0/organization/id");
    assert_eq!(owner.get(&format!("/organizations/{org}/members")).expect(200).count(), 5);
    assert_eq!(owner.get(&format!("/organizations/{org}/invitations?state=pending")).expect(200).count(), 1);
}

#[test]
fn a_demonstration_is_not_mailed() {
    let folder = folder("");
    let refused = run(folder.path(), &["seed", "--demo", "--mail-url", "smtps://mail.example"]);
    assert!(stderr(&refused).contains("no mailboxes"), "{}", stderr(&refused));
}

#[test]
fn health_asks_a_running_server() {
    let folder = folder(CHEAP);
    let mut server = Server::start(folder.path(), "server", &[]);
    let url = server.url();
    assert_eq!(stdout(&succeed(folder.path(), &["health", "--url", &url])), "ready\n");
    let listen = url.strip_prefix("http://").expect("http");
    assert_eq!(stdout(&succeed(folder.path(), &["--listen", listen, "health"])), "ready\n");
    server.stop();
    let refused = run(folder.path(), &["health", "--url", &url]);
    assert_eq!(refused.status.code(), Some(1));
}

#[test]
fn what_needs_no_configuration_prints_what_it_knows() {
    let folder = folder("");
    let broken = [("REGISTRATION_LISTEN", "nowhere")];
    let printed = |arguments: &[&str]| {
        let output = program(folder.path()).args(arguments).envs(broken).output().expect("it runs");
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    let document: Value = serde_json::from_str(&printed(&["openapi"])).expect("JSON");
    assert!(
        document["paths"]
            .as_object()
            .is_some_and(|it| it.keys().any(|path| path.ends_with("/invitations/accept")))
    );
    for shell in ["bash", "zsh", "fish"] {
        assert!(printed(&["completions", shell]).contains("registration"));
    }
    assert!(printed(&["config", "reference"]).contains("| `lifetimes.session` |"));
    assert!(printed(&["--help"]).contains("Exit codes"));
}

#[test]
fn the_configuration_is_shown_without_its_secrets_and_refused_as_a_whole() {
    let folder = folder("[limits]\nmails_a_day = 7\n");
    let url = "postgres://ana:hunter2@db.example/registration";
    let arguments =
        ["config", "show", "--config", "registration.toml", "--database-url", url, "--key-file", "k"];
    let shown = stdout(&succeed(folder.path(), &arguments));
    assert!(
        shown.contains("postgres://ana:***@db.example/registration") && !shown.contains("hunter2"),
        "{shown}"
    );
    assert!(shown.contains("limits.mails_a_day") && shown.contains("file registration.toml"), "{shown}");
    let refused = run(folder.path(), &["serve", "--listen", "0.0.0.0:0", "--log-format", "xml"]);
    assert_eq!(refused.status.code(), Some(2));
    for setting in ["public_url", "mail_url", "log_format"] {
        assert!(stderr(&refused).contains(setting), "{}", stderr(&refused));
    }
    assert_eq!(run(folder.path(), &["no-such-command"]).status.code(), Some(2));
}

#[test]
fn a_mail_of_every_kind_can_be_tried() {
    let folder = folder("");
    let sent = stdout(&succeed(
        folder.path(),
        &["mail", "test", "--to", "a@people.example", "--mail-url", "file:mails"],
    ));
    let files = fs::read_dir(folder.path().join("mails")).expect("a folder").count();
    let (to, nowhere) = (Email::parse("a@people.example").expect("an address"), Secret::new("/"));
    let kinds = samples(&to, Timestamp::from_micros(0), &nowhere, &UuidV7Ids).len();
    assert_eq!((sent.lines().count(), files), (kinds, kinds), "{sent}");
    assert_eq!(run(folder.path(), &["mail", "test", "--to", "nobody"]).status.code(), Some(1));
}

#[test]
fn the_doctor_finds_what_is_wrong() {
    let folder = folder("");
    succeed(folder.path(), &["admin", "setup-link"]);
    let fine = stdout(&succeed(folder.path(), &["doctor"]));
    assert!(fine.starts_with("1. ok ") && !fine.contains("wrong"), "{fine}");
    fs::remove_file(folder.path().join("data/registration.keyring")).expect("it was made");
    let wrong = run(folder.path(), &["doctor", "--json"]);
    assert_eq!(wrong.status.code(), Some(1));
    let checks: Value = serde_json::from_str(&stdout(&wrong)).expect("JSON");
    let failed: Vec<_> = checks.as_array().expect("a list").iter().filter(|it| it["ok"] == false).collect();
    assert_eq!((failed.len(), &failed[0]["check"]), (1, &json!("keyring")));
}

#[test]
fn metrics_can_have_a_listener_of_their_own() {
    let folder = folder(CHEAP);
    let mut server = Server::start(folder.path(), "server", &["--metrics-listen", "127.0.0.1:0"]);
    Client::new(vec![server.url()]).get("/metrics").expect(404);
    let log = server.log();
    let address =
        log.lines().find_map(|it| it.split("address=").nth(1)).expect("it says where").trim().to_owned();
    let metrics = Client::new(vec![format!("http://{address}")]).get("/metrics").expect(200);
    assert!(metrics.body.as_str().is_some_and(|it| it.contains("http_server_request_duration_seconds")));
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder).args(arguments).output().expect("it runs")
}

#[track_caller]
fn succeed(folder: &Path, arguments: &[&str]) -> Output {
    let output = run(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    output
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn execute(file: &Path, statement: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let database = Database::connect(format!("sqlite:{}", file.display())).await.expect("a database");
        database.execute_unprepared(statement).await.expect("a statement");
        database.close().await.expect("it was open");
    });
}
