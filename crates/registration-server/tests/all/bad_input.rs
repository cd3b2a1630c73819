//! Whatever is sent, the answer is a problem of the sender's, and the same whichever database stands behind it.
mod requests;
mod wire;

use serde_json::Value;

use self::requests::{Scene, requests};
use super::{
    deployment::{Deployment, On},
    world::World,
};

#[test]
fn mutilated_requests_are_refused_alike_on_both_databases() {
    let scenes = [On::Sqlite, On::Postgres].map(|on| Scene::of(World::found(Deployment::start(on, 1))));
    let [sqlite, postgres] = &scenes;
    let pairs = requests(sqlite).into_iter().zip(requests(postgres));
    let (mut asked, mut wrong) = (0, Vec::new());
    for (left, right) in pairs {
        assert_eq!(left.what, right.what);
        asked += 1;
        let answers = [(sqlite, left.bytes), (postgres, right.bytes)]
            .map(|(scene, bytes)| wire::ask(scene.port, &bytes).map(|it| scene.masked(it)));
        match answers {
            [Some(one), Some(other)] if one == other => wrong.extend(one.fault().map(|it| (left.what, it))),
            different => wrong.push((left.what, format!("{different:#?}"))),
        }
    }
    assert!(asked > 300, "only {asked} requests");
    assert!(wrong.is_empty(), "of {asked}, {} are wrong: {wrong:#?}", wrong.len());
    for scene in scenes {
        let members = scene.world.owner.client.get(&scene.world.of("members")).expect(200);
        assert_eq!(members.count(), 1, "nothing came of it");
        let pending = scene.world.owner.client.get(&scene.world.of("invitations")).expect(200);
        assert_eq!(pending.count(), 1, "nothing came of it: {:#}", pending.body);
        assert!(!scene.world.deployment.servers[0].log().contains(" ERROR "), "a fault of ours is logged");
    }
}

impl wire::Answer {
    /// Why this is no refusal as clients expect it.
    fn fault(&self) -> Option<String> {
        let is_problem = self.content_type == "application/problem+json"
            && self.body["status"] == self.status
            && self.body["code"].is_string()
            && self.body["request_id"].is_string();
        let is_refusal = (400..500).contains(&self.status);
        (!is_problem || !is_refusal).then(|| format!("{self:#?}"))
    }
}

/// The same words for what differs between two worlds.
fn replaced(body: &Value, with: &impl Fn(&str) -> String) -> Value {
    match body {
        Value::String(text) => Value::String(with(text)),
        Value::Array(values) => values.iter().map(|it| replaced(it, with)).collect(),
        Value::Object(fields) => fields.iter().map(|(name, it)| (name.clone(), replaced(it, with))).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => body.clone(),
    }
}
