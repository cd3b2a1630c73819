//! Whoever watches over a server is told whether it can work, and how the mail stands.
use std::{thread::sleep, time::Duration};

use serde_json::{Value, json};
use tokio::time::Instant;

use super::{
    client::Answer,
    deployment::{Deployment, On},
    world::{World, all, fresh_person},
};
use crate::all::database::Database;

#[test]
fn a_fresh_server_is_ready_and_has_no_mail() {
    for on in [On::Sqlite, On::Postgres] {
        let deployment = Deployment::start(on, 1);
        let ready = deployment.client.get("/readyz").expect(200);
        let nothing = json!({ "queued": 0, "dead": 0, "oldest_due_seconds": 0 });
        let checks = json!({ "database": "ok", "schema": "up to date", "mail": "ok", "outbox": nothing });
        assert_eq!(ready.body, json!({ "status": "ready", "checks": checks }));
    }
}

#[test]
fn a_schema_that_lacks_a_step_makes_a_server_unready() {
    for on in [On::Sqlite, On::Postgres] {
        let deployment = Deployment::start(on, 1);
        Database::of(&deployment).execute("DELETE FROM seaql_migrations WHERE version = '0001_accounts'");
        let unready = deployment.client.get("/readyz").refused(503, "not_ready");
        assert_eq!(unready.text("/checks/schema"), "older than this program");
    }
}

#[test]
fn mail_that_was_given_up_is_counted() {
    for on in [On::Sqlite, On::Postgres] {
        let world = World::found(Deployment::start_with_smtp(on, 1, &[]));
        let (_, name) = fresh_person();
        world.invite(&world.owner, &format!("refuse-5xx+{name}@people.example"), all()).expect(201);
        until(&world, |ready| ready.body["checks"]["outbox"]["dead"] == 1);
        let ready = world.client().get("/readyz").expect(200);
        assert_eq!(ready.body["checks"]["outbox"]["queued"], 0);
        let counted = |it: &str| it.contains("registration_outbox_messages{state=\"dead\"} 1");
        let end = Instant::now() + Duration::from_mins(1);
        while !world.client().get("/metrics").expect(200).body.as_str().is_some_and(counted) {
            assert!(Instant::now() < end, "the gauge does not tell");
            // waits for: the worker that measures
            sleep(Duration::from_millis(200));
        }
    }
}

#[test]
fn mail_that_is_late_is_told_of_and_makes_no_server_unready() {
    let world = World::found(Deployment::start_with_smtp(On::Sqlite, 1, &["--dev-clock"]));
    // As many as there are workers, and one that waits behind them.
    for _ in 0..5 {
        let (_, name) = fresh_person();
        world.invite(&world.owner, &format!("hang+{name}@people.example"), all()).expect(201);
    }
    world.client().post("/dev/clock", json!({ "advance_seconds": 1_200 })).expect(200);
    let late = until(&world, |ready| ready.body["status"] == "degraded");
    assert_eq!(late.text("/checks/mail"), "late");
    let seconds = late.body["checks"]["outbox"]["oldest_due_seconds"].as_u64();
    assert!(seconds.is_some_and(|it| it > 900), "{}", late.body);
    let metrics = world.client().get("/metrics").expect(200);
    let told =
        |it: &Value| it.as_str().is_some_and(|it| it.contains("registration_outbox_oldest_due_seconds"));
    assert!(told(&metrics.body));
}

fn until(world: &World, is_so: impl Fn(&Answer) -> bool) -> Answer {
    let end = Instant::now() + Duration::from_mins(1);
    loop {
        let ready = world.client().get("/readyz").expect(200);
        if is_so(&ready) {
            return ready;
        }
        assert!(Instant::now() < end, "{:#}", ready.body);
        // waits for: the workers
        sleep(Duration::from_millis(50));
    }
}
