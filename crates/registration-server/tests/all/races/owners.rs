//! An organization always has an Owner, however its Owners act against each other.
use super::{Act, at_once, codes, everywhere};
use crate::all::{
    client::Client,
    world::{World, all, owner},
};

#[test]
fn three_owners_who_remove_and_demote_each_other_leave_one() {
    everywhere(|world| {
        let owners = [world.owner.clone(), world.member(owner()), world.member(owner())];
        let observer = world.member(all());
        let act = |by: usize, on: usize| {
            let (client, path) =
                (owners[by].client.apart(), world.of(&format!("members/{}", owners[on].membership)));
            match by {
                0 => demote(client, format!("{path}/access")),
                _ => Box::new(move || client.delete(&path)) as Act<'_>,
            }
        };
        let pairs = [(0, 1), (1, 2), (2, 0), (0, 2), (1, 0), (2, 1)];
        let mut acts: Vec<_> = pairs.into_iter().map(|(by, on)| act(by, on)).collect();
        for it in &owners {
            let (client, path) = (it.client.apart(), format!("/me/memberships/{}", it.membership));
            acts.push(Box::new(move || client.delete(&path)));
        }
        let answers = at_once(acts);
        assert!(owners_left(world, &observer.client) >= 1, "{:?}", codes(&answers));
    });
}

fn demote<'a>(client: Client, path: String) -> Act<'a> {
    let tag = client.get(&path).expect(200).header("etag").to_owned();
    Box::new(move || client.call("PUT", &path, Some(all()), &[("if-match", &tag)]))
}

fn owners_left(world: &World, observer: &Client) -> usize {
    let members = observer.get(&world.of("members?limit=100")).expect(200);
    members.body["data"].as_array().expect("a list").iter().filter(|it| it["access"] == owner()).count()
}
