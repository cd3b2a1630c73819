//! A domain is verified for one organization, and lets nobody in by a policy that holds no more.
use registration_testkit::contract::domain_proof::Zone;
use serde_json::json;

use super::{Act, at_once, codes, successes, zone::NameServer};
use crate::all::{
    client::Client,
    deployment::{Deployment, On},
    world::{World, chosen},
};

const NAME: &str = "_registration-challenge.people.example";

fn everywhere(race: impl Fn(&World, &NameServer)) {
    for (on, processes) in [(On::Sqlite, 2), (On::Postgres, 3)] {
        let dns = NameServer::start();
        let server = dns.address().to_string();
        race(&World::found(Deployment::start_with(on, processes, &["--dns-server", &server])), &dns);
    }
}

/// Another organization of the Owner, with the domain of everybody's address pending: its paths, and the value.
fn organization(owner: &Client) -> (String, String, String) {
    let founded = owner.post("/organizations", json!({ "name": "Other" })).expect(201);
    let id = founded.text("/organization/id");
    let path = format!("/organizations/{id}/email-domains");
    let access = chosen(&["members.view"]);
    let body = json!({ "domain": "people.example", "policy": "admit", "access": access });
    let added = owner.post(&path, body).expect(201);
    (id, format!("{path}/{}", added.text("/id")), added.text("/record/value"))
}

#[test]
fn of_many_organizations_that_prove_one_domain_one_has_it() {
    everywhere(|world, dns| {
        let owner = &world.owner.client;
        let all: Vec<_> = (0..4).map(|_| organization(owner)).collect();
        let values: Vec<_> = all.iter().map(|(_, _, value)| [value.as_str()]).collect();
        dns.publish(NAME, &values.iter().map(|it| &it[..]).collect::<Vec<_>>());
        let verify = |(_, path, _): &(String, String, String)| {
            let (client, path) = (owner.apart(), format!("{path}/verify"));
            Box::new(move || client.post(&path, json!({}))) as Act<'_>
        };
        let answers = at_once(all.iter().map(verify).collect());
        assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
        assert!(codes(&answers).iter().all(|it| it == "409 email_domain_taken"), "{:?}", codes(&answers));
    });
}

#[test]
fn nobody_joins_by_a_policy_that_was_changed_before() {
    everywhere(|world, dns| {
        let owner = &world.owner.client;
        let (id, path, value) = organization(owner);
        dns.publish(NAME, &[&[&value]]);
        owner.post(&format!("{path}/verify"), json!({})).expect(200);
        let people: Vec<_> = (0..6).map(|_| world.member(chosen(&[]))).collect();
        let late = world.member(chosen(&[]));
        let join = json!({ "organization": id });
        let mut acts: Vec<Act<'_>> = Vec::new();
        for it in &people {
            let (client, body) = (it.client.apart(), join.clone());
            acts.push(Box::new(move || client.post("/me/email-domain/join", body)));
        }
        let (client, change) = (owner.apart(), path.clone());
        let only = json!({ "policy": "invitation_only" });
        acts.insert(3, Box::new(move || client.call("PATCH", &change, Some(only), &[])));
        let answers = at_once(acts);
        let refused = codes(&answers);
        assert!(refused.iter().all(|it| it == "403 email_domain_invitation_only"), "{refused:?}");
        late.client.post("/me/email-domain/join", join).expect(403);
        let members = owner.get(&format!("/organizations/{id}/members?limit=100")).expect(200);
        // Beside those who joined, the Owner is a member, and the change of the policy is a success.
        assert_eq!(members.body["data"].as_array().map(Vec::len), Some(successes(&answers)));
    });
}
