//! A request that is sent again with its key has one effect, also when both arrive at the same moment.
use serde_json::json;

use super::{Act, at_once, codes, everywhere};
use crate::all::world::{acceptance, all, fresh_person};

const CROWD: usize = 16;

#[test]
fn equal_keys_invite_once_and_answer_alike() {
    everywhere(|world| {
        let (email, _) = fresh_person();
        let body = json!({ "email": email, "purpose": "member", "access": all() });
        let crowd = (0..CROWD).map(|_| {
            let (client, path, body) = (world.owner.client.apart(), world.of("invitations"), body.clone());
            let key = [("idempotency-key", "the-same")];
            Box::new(move || client.call("POST", &path, Some(body), &key)) as Act<'_>
        });
        let answers = at_once(crowd.collect());
        assert!(answers.iter().all(|it| it.status == 201), "{:?}", codes(&answers));
        assert!(answers.iter().all(|it| it.body["invitation"]["id"] == answers[0].body["invitation"]["id"]));
        let first = answers.iter().filter(|it| it.header("idempotency-replayed") != "true").count();
        assert_eq!(first, 1);
        assert_eq!(world.mails().tokens(&email, 1).len(), 1);
    });
}

#[test]
fn equal_keys_accept_once_and_answer_alike() {
    everywhere(|world| {
        let (_, _, token) = world.invited(&world.owner, all());
        let (_, username) = fresh_person();
        let crowd = (0..CROWD).map(|_| {
            let (client, body) = (world.client().apart(), acceptance(&token, &username));
            let key = [("idempotency-key", "the-same")];
            Box::new(move || client.call("POST", "/invitations/accept", Some(body), &key)) as Act<'_>
        });
        let answers = at_once(crowd.collect());
        assert!(answers.iter().all(|it| it.status == 201), "{:?}", codes(&answers));
        let known = |it: &super::Answer| (it.text("/membership/id"), it.text("/token"));
        assert!(answers.iter().all(|it| known(it) == known(&answers[0])));
    });
}
