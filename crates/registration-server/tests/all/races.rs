//! Many at once, over real HTTP: whatever the order, the outcome is one that some order explains, and no 5xx.
mod domains;
mod joining;
mod links;
mod own;
mod owners;
mod repeats;
mod sign_ups;
#[path = "../../../registration-dns-hickory/tests/all/zone.rs"]
#[expect(dead_code, reason = "the resolver's own tests need more of it")]
mod zone;

use std::{sync::Barrier, thread};

use super::{
    client::Answer,
    deployment::{Deployment, On},
    world::World,
};

/// The set-ups that every race runs on.
fn everywhere(race: impl Fn(&World)) {
    for (on, processes) in [(On::Sqlite, 1), (On::Sqlite, 2), (On::Postgres, 1), (On::Postgres, 3)] {
        super::server::print_line(&format!("{on:?}, {processes} processes"));
        race(&World::found(Deployment::start(on, processes)));
    }
}

type Act<'a> = Box<dyn FnOnce() -> Answer + Send + 'a>;

/// All of them at the same moment, each on a thread of its own. None of them meets a fault of ours.
fn at_once<'a>(acts: Vec<Act<'a>>) -> Vec<Answer> {
    let start = Barrier::new(acts.len());
    let answers: Vec<_> = thread::scope(|scope| {
        let run = |act: Act<'a>| {
            let start = &start;
            // Threads are spawned before any of them may begin.
            let spawned = thread::Builder::new().spawn_scoped(scope, move || {
                start.wait();
                act()
            });
            spawned.expect("a thread")
        };
        let running: Vec<_> = acts.into_iter().map(run).collect();
        running.into_iter().map(|it| it.join().expect("it answers")).collect()
    });
    for answer in &answers {
        assert!(answer.status < 500, "{}: {:#}", answer.what, answer.body);
    }
    answers
}

fn successes(answers: &[Answer]) -> usize {
    answers.iter().filter(|it| it.status < 300).count()
}

fn codes(answers: &[Answer]) -> Vec<String> {
    let refused = answers.iter().filter(|it| it.status >= 400);
    refused.map(|it| format!("{} {}", it.status, it.body["code"].as_str().unwrap_or("?"))).collect()
}
