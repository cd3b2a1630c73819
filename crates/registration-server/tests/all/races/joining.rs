//! A request is decided once, a code is used as often as it may be, and whoever comes in many ways belongs once.
use serde_json::{Value, json};

use super::{Act, at_once, codes, successes};
use crate::all::{
    client::{Answer, Client},
    deployment::{Deployment, On},
    world::{Person, World, chosen},
};

/// As many as come at once.
const CROWD: usize = 32;

fn everywhere(race: impl Fn(&World)) {
    for (on, processes) in [(On::Sqlite, 2), (On::Postgres, 3)] {
        crate::all::server::print_line(&format!("{on:?}, {processes} processes"));
        race(&World::found(Deployment::start(on, processes)));
    }
}

/// Another organization of the Owner, which lets itself be found.
struct Other<'a> {
    owner: &'a Client,
    path: String,
}

impl<'a> Other<'a> {
    fn found(world: &'a World) -> Self {
        let owner = &world.owner.client;
        let founded = owner.post("/organizations", json!({ "name": "Harbour Light" })).expect(201);
        let path = format!("/organizations/{}", founded.text("/organization/id"));
        owner.call("PATCH", &path, Some(json!({ "discoverable": true })), &[]).expect(200);
        Self { owner, path }
    }
    fn of(&self, path: &str) -> String {
        format!("{}/{path}", self.path)
    }
    fn asked(&self, who: &Person) -> String {
        let asked = who.client.post(&self.of("join-requests"), json!({ "method": "approval" })).expect(201);
        asked.text("/join_request/id")
    }
    fn decides(&self, request: &str, how: &str, body: Value) -> Act<'static> {
        let (client, path) = (self.owner.apart(), self.of(&format!("join-requests/{request}/{how}")));
        Box::new(move || client.post(&path, body))
    }
    fn approves(&self, request: &str) -> Act<'static> {
        self.decides(request, "approve", json!({ "access": chosen(&["members.view"]) }))
    }
    fn state(&self, request: &str) -> String {
        self.owner.get(&self.of(&format!("join-requests/{request}"))).expect(200).text("/state")
    }
    fn code(&self, body: Value) -> String {
        self.owner.post(&self.of("employee-codes"), body).expect(201).text("/code")
    }
    fn types(&self, who: &Person, code: &str) -> Act<'static> {
        let (client, path) = (who.client.apart(), self.of("join-requests"));
        let body = json!({ "method": "employee_code", "code": code });
        Box::new(move || client.post(&path, body))
    }
    fn members(&self) -> usize {
        self.owner.get(&self.of("members?limit=100")).expect(200).count()
    }
}

/// Somebody asks and is approved while somebody else acts on the same request, several times over.
fn rounds(world: &World, wins: &str, against: impl Fn(&Other<'_>, &Person, &str) -> Act<'static>) {
    const ROUNDS: usize = 8;
    let person = world.member(chosen(&[]));
    for _ in 0..ROUNDS {
        let other = Other::found(world);
        let request = other.asked(&person);
        let answers = at_once(vec![other.approves(&request), against(&other, &person, &request)]);
        assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
        assert_eq!(codes(&answers), ["409 already_decided"]);
        let approved = wins == "approved" || answers[0].status == 200;
        assert_eq!(other.state(&request), if approved { "approved" } else { wins });
        assert_eq!(other.members(), 1 + usize::from(approved));
    }
}

#[test]
fn approving_and_withdrawing_never_both_succeed() {
    everywhere(|world| {
        rounds(world, "withdrawn", |_, person, request| {
            let (client, path) = (person.client.apart(), format!("/me/join-requests/{request}/withdraw"));
            Box::new(move || client.post(&path, json!({})))
        });
    });
}

#[test]
fn approving_and_rejecting_never_both_succeed() {
    everywhere(|world| {
        rounds(world, "rejected", |other, _, request| other.decides(request, "reject", json!({})));
    });
}

#[test]
fn of_two_who_approve_one_does() {
    everywhere(|world| {
        rounds(world, "approved", |other, _, request| other.approves(request));
    });
}

#[test]
fn the_last_use_of_a_code_lets_one_of_many_in() {
    everywhere(|world| {
        let other = Other::found(world);
        let access = chosen(&["members.view"]);
        let code = other.code(json!({ "uses": 1, "admits": true, "access": access }));
        let crowd: Vec<_> = (0..CROWD).map(|_| world.member(chosen(&[]))).collect();
        let answers = at_once(crowd.iter().map(|it| other.types(it, &code)).collect());
        assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
        let refused = codes(&answers);
        assert!(refused.iter().all(|it| it == "422 employee_code_refused"), "{refused:?}");
        assert_eq!(other.members(), 2);
        let listed = other.owner.get(&other.of("employee-codes")).expect(200);
        assert_eq!(
            (listed.text("/data/0/state").as_str(), &listed.body["data"][0]["used"]),
            ("used_up", &json!(1))
        );
    });
}

#[test]
fn a_request_an_invitation_and_a_code_make_one_membership() {
    everywhere(|world| {
        for _ in 0..4 {
            let (other, person) = (Other::found(world), world.member(chosen(&[])));
            let request = other.asked(&person);
            let access = chosen(&["members.view"]);
            let code = other.code(json!({ "admits": true, "access": access }));
            let body = json!({ "email": person.email, "purpose": "member", "access": access });
            let invited = other.owner.post(&other.of("invitations"), body).expect(201).text("/invitation/id");
            let token = world.mails().tokens(&person.email, 2).pop().expect("two");
            let (client, body) = (person.client.apart(), json!({ "token": token }));
            let accepts: Act<'_> = Box::new(move || client.post("/invitations/accept", body));
            let answers = at_once(vec![other.approves(&request), accepts, other.types(&person, &code)]);
            assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
            assert_eq!(other.members(), 2);
            let came: fn(&Answer) -> bool = |it| it.status < 300;
            let expected = [("approved", "revoked"), ("settled", "accepted"), ("settled", "revoked")];
            let (of_request, of_invitation) = expected[answers.iter().position(came).expect("one came in")];
            assert_eq!(other.state(&request), of_request);
            let invitation = other.owner.get(&other.of(&format!("invitations/{invited}"))).expect(200);
            assert_eq!(invitation.text("/state"), of_invitation);
        }
    });
}

#[test]
fn of_many_guesses_at_once_no_more_are_compared_than_a_day_allows() {
    everywhere(|world| {
        let (other, person) = (Other::found(world), world.member(chosen(&[])));
        let guesses = (0..CROWD).map(|it| other.types(&person, &format!("7Q4K-M2XP-{:04}", 9000 + it)));
        let answers = at_once(guesses.collect());
        let refused = |status: u16| answers.iter().filter(|it| it.status == status).count();
        assert_eq!((refused(422), refused(429)), (5, CROWD - 5), "{:?}", codes(&answers));
        let right = other.code(json!({ "admits": true, "access": chosen(&["members.view"]) }));
        other.types(&person, &right)().refused(429, "too_many_tries");
        let wrong = other.owner.get(&other.of("employee-codes/wrong-count")).expect(200);
        assert_eq!(wrong.body["number"], 5);
    });
}
