//! A mail server that hangs slows no request, and no other mail for long.
use std::time::Duration;

use tokio::time::Instant;

use super::{
    deployment::{Deployment, On},
    world::{World, all, fresh_person},
};

#[test]
fn a_mail_server_that_hangs_slows_no_request() {
    let mut world = World::found(Deployment::start_with_smtp(On::Postgres, 1));
    let (_, name) = fresh_person();
    for number in 0..3 {
        let hanging = format!("hang+{name}{number}@people.example");
        world.invite(&world.owner, &hanging, all()).expect(201);
    }
    let mut slowest = Duration::ZERO;
    for _ in 0..20 {
        let (email, _) = fresh_person();
        let began = Instant::now();
        world.invite(&world.owner, &email, all()).expect(201);
        world.owner.client.get(&world.of("members")).expect(200);
        slowest = slowest.max(began.elapsed());
    }
    assert!(slowest < Duration::from_secs(5), "the slowest took {slowest:?}");
    let (status, took) = world.deployment.servers[0].stop();
    assert!(status.success() && took < Duration::from_secs(15), "{status} after {took:?}");
}
