//! Mail servers hang, refuse and break off: no request waits for them, each mail comes once, and all can see how.
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    thread::{scope, sleep},
    time::Duration,
};

use registration_testkit::servers::SmtpServer;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{
    deployment::{Deployment, On},
    world::{World, all, fresh_person},
};

/// A machine that builds at the same time is slow.
const PATIENCE: Duration = Duration::from_mins(2);
/// For the first try after one that failed.
const AFTER_A_FAILURE: u64 = 60;

#[test]
fn three_replicas_send_each_mail_once_whatever_the_mail_server_does() {
    // Replicas have one public address, with which every link in every mail begins, whoever sends it.
    let more = ["--dev-clock", "--public-url", "http://127.0.0.1:8080"];
    let mut world = World::found(Deployment::start_with_smtp(On::Postgres, 3, &more));
    let faults = ["hang", "hang", "hang", "refuse-4xx", "refuse-5xx", "cut-after-data"];
    let faults = faults.map(|fault| (fault, invited(&world, &format!("{fault}+"))));
    let mut slowest = Duration::ZERO;
    let plain: Vec<_> = (0..60)
        .map(|_| {
            let began = Instant::now();
            let it = invited(&world, "");
            world.owner.client.get(&world.of("members")).expect(200);
            slowest = slowest.max(began.elapsed());
            it
        })
        .collect();
    assert!(slowest < Duration::from_secs(10), "the slowest request took {slowest:?}");

    for (_, id) in &plain {
        delivery(&world, id, |it| it["state"] == "sent");
    }
    let of = |fault: &str| faults.iter().find(|(it, _)| *it == fault).map(|(_, it)| it).expect("one of them");
    let refused = delivery(&world, &of("refuse-5xx").1, |it| it["state"] == "failed");
    assert!(says(&refused, "550") && says(&refused, "No such mailbox"), "{refused}");
    let waiting = delivery(&world, &of("refuse-4xx").1, |it| says(it, "451"));
    assert_eq!(waiting["state"], "queued", "{waiting}");
    delivery(&world, &of("cut-after-data").1, |it| it["reason"].is_string());
    world.client().post("/dev/clock", json!({ "advance_seconds": AFTER_A_FAILURE })).expect(200);
    delivery(&world, &of("cut-after-data").1, |it| it["state"] == "sent");

    for server in &mut world.deployment.servers {
        assert!(server.stop().0.success());
    }
    let received = received();
    for (email, _) in &plain {
        assert_eq!(received.get(email).map_or(0, Vec::len), 1, "mails to {email}");
    }
    let cut = &received[&of("cut-after-data").0];
    assert_eq!(cut.len(), 2, "the one that was cut off, and another try");
    assert!(cut[0].starts_with("Message-ID: <"), "{}", cut[0]);
    assert_eq!(cut[0], cut[1], "the same mail, so that a recipient can tell");
}

#[test]
fn a_stop_amid_many_mails_loses_and_doubles_none_and_holds_none_back() {
    let mut world = World::found(Deployment::start_with_smtp(On::Postgres, 1, &[]));
    let hanging = invited(&world, "hang+").0;
    let (owner, path) = (&world.owner.client, &world.of("invitations"));
    let invite = || {
        let (email, _) = fresh_person();
        let body = json!({ "email": email, "purpose": "member", "access": all() });
        owner.post(path, body).expect(201);
        email
    };
    let emails: Vec<_> = scope(|scope| {
        let inviting: Vec<_> =
            (0..4).map(|_| scope.spawn(|| (0..15).map(|_| invite()).collect::<Vec<_>>())).collect();
        inviting.into_iter().flat_map(|it| it.join().expect("it invites")).collect()
    });
    let (status, took) = world.deployment.servers[0].stop();
    assert!(status.success() && took < Duration::from_secs(15), "{status} after {took:?}");
    world.deployment.start_again();
    let end = Instant::now() + PATIENCE / 2;
    while emails.iter().any(|it| !received().contains_key(it)) {
        assert!(Instant::now() < end, "some mails are held back, as if by a lease");
        // waits for: the workers, and the mail server
        sleep(Duration::from_millis(50));
    }
    assert!(world.deployment.servers[0].stop().0.success());
    let received = received();
    for email in &emails {
        assert_eq!(received[email].len(), 1, "mails to {email}");
    }
    assert!(!received.contains_key(&hanging));
}

/// The address, and the id of its invitation.
fn invited(world: &World, fault: &str) -> (String, String) {
    let (email, _) = fresh_person();
    let email = format!("{fault}{email}");
    let id = world.invite(&world.owner, &email, all()).expect(201).text("/invitation/id");
    (email, id)
}

/// How the mail of an invitation stands, as whoever sent it sees it, once it is so.
pub(crate) fn delivery(world: &World, id: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    let end = Instant::now() + PATIENCE;
    loop {
        let shown = world.owner.client.get(&world.of(&format!("invitations/{id}"))).expect(200);
        let delivery = shown.body["delivery"].clone();
        if is_so(&delivery) {
            return delivery;
        }
        assert!(Instant::now() < end, "{delivery:#}");
        // waits for: the workers, and the mail server
        sleep(Duration::from_millis(50));
    }
}

fn says(delivery: &Value, part: &str) -> bool {
    delivery["reason"].as_str().is_some_and(|it| it.contains(part))
}

/// By recipient, all that the mail server took from anybody.
fn received() -> BTreeMap<String, Vec<String>> {
    let folder = SmtpServer::of_the_run().mails;
    let mut received = BTreeMap::<String, Vec<String>>::new();
    let files = fs::read_dir(folder).expect("the sink's folder").filter_map(|it| Some(it.ok()?.path()));
    let mut envelopes: Vec<PathBuf> =
        files.filter(|it| it.extension().is_some_and(|it| it == "json")).collect();
    envelopes.sort();
    for path in envelopes {
        let mail = read(&path.with_extension("eml"));
        let envelope: Value = serde_json::from_str(&read(&path)).expect("JSON");
        for to in envelope["to"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            received.entry(to.to_owned()).or_default().push(mail.clone());
        }
    }
    received
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).expect("a file of the sink")).into_owned()
}
