//! Whether the time of an answer tells who has an account: known and unknown addresses are asked in turn, and what
//! both took is printed side by side.
use std::{
    io::{self, Write},
    net::SocketAddr,
    time::Duration,
};

use anyhow::Result;
use serde_json::json;
use tokio::time::Instant;

use crate::{
    client::{Connection, Request},
    copy,
    founding::PASSWORD,
    load::at,
    process::{Program, Server},
};

/// A hash that costs next to nothing, so that it drowns no difference of all the rest. Loopback alone may have it.
const CHEAP: [(&str, &str); 2] =
    [("REGISTRATION_PASSWORD_HASH_M", "8"), ("REGISTRATION_PASSWORD_HASH_T", "1")];
/// Nobody is mailed more often within an hour.
const MAILS_AN_HOUR: u32 = 5;
const WARM_UP: u32 = 20;

/// What answers took, to those who have an account and to those who have none.
#[derive(Default)]
struct Took {
    known: Vec<Duration>,
    unknown: Vec<Duration>,
}

/// Starts sign-ups and guesses at their codes for so long, with the hash as it is and with a cheap one.
pub(crate) async fn measure(program: &Program, known: u32, time: Duration) -> Result<()> {
    let mut out = io::stdout();
    writeln!(
        out,
        "| operation | answers each | p50 ms, known | p50 ms, unknown | difference | p95 ms, known | p95 ms, unknown | difference | known slower |"
    )?;
    writeln!(out, "| --- |{}", " ---: |".repeat(8))?;
    let mut next = 0;
    for (environment, hash) in [(&[][..], "as it is set"), (&CHEAP[..], "next to none")] {
        let server = Server::start_with(program, environment)?;
        let [started, guessed] = ask(server.address(), known, time, &mut next).await?;
        writeln!(out, "| start a sign-up, hash {hash} | {} |", started.row())?;
        writeln!(out, "| guess at its code, hash {hash} | {} |", guessed.row())?;
        server.stop()?;
    }
    Ok(out.flush()?)
}

async fn ask(server: SocketAddr, known: u32, time: Duration, next: &mut u32) -> Result<[Took; 2]> {
    let mut connection = Connection::open(server).await?;
    let mut took = <[Took; 2]>::default();
    for _ in 0..WARM_UP {
        pair(&mut connection, &mut <[Took; 2]>::default(), next).await?;
    }
    let end = Instant::now() + time;
    while Instant::now() < end && *next < known * MAILS_AN_HOUR / 2 {
        pair(&mut connection, &mut took, next).await?;
    }
    Ok(took)
}

/// One of each, in an order that follows no beat, so that no timer of the server falls to one of them more often.
async fn pair(connection: &mut Connection, took: &mut [Took; 2], next: &mut u32) -> Result<()> {
    let number = *next;
    *next += 1;
    let first = number.wrapping_mul(0x9E37_79B9) >> 31 == 0;
    for is_known in [first, !first] {
        let [started, guessed] = one(connection, number, is_known).await?;
        for (took, time) in took.iter_mut().zip([started, guessed]) {
            if is_known { &mut took.known } else { &mut took.unknown }.push(time);
        }
    }
    Ok(())
}

async fn one(connection: &mut Connection, number: u32, is_known: bool) -> Result<[Duration; 2]> {
    // The same length, so that both cost the same to read and write.
    let name = copy::name(number);
    let (address, username) =
        if is_known { (name.clone(), "guestk") } else { (name.replace("person", "nobody"), "guestu") };
    let body = json!({
        "email": format!("{address}@bench.example"), "username": format!("{username}{number}"),
        "first_name": "Nils", "last_name": "Holm", "password": PASSWORD,
    });
    let request = Request::post("/api/v1/sign-ups", None, body);
    let began = Instant::now();
    let answer = connection.send(&request).await?;
    let started = began.elapsed();
    let path = format!("/api/v1/sign-ups/{}/verify", answer.expect(202)?.text("/id")?);
    let request = Request::post(path, None, json!({ "code": "000000" }));
    let began = Instant::now();
    let answer = connection.send(&request).await?;
    let guessed = began.elapsed();
    answer.expect(422)?;
    Ok([started, guessed])
}

impl Took {
    fn row(mut self) -> String {
        self.known.sort_unstable();
        self.unknown.sort_unstable();
        let mut cells = vec![self.known.len().to_string()];
        for part in [0.50, 0.95] {
            let (known, unknown) = (at(&self.known, part), at(&self.unknown, part));
            cells.extend([milliseconds(known), milliseconds(unknown), difference(known, unknown)]);
        }
        cells.push(format!("{:.1} %", 100.0 * slower(&self.known, &self.unknown)));
        cells.join(" | ")
    }
}

/// How often one of these, taken at random, takes longer than one of the others: a half where nothing tells them apart.
#[expect(clippy::cast_precision_loss, reason = "no count comes near what a float counts exactly")]
fn slower(these: &[Duration], sorted: &[Duration]) -> f64 {
    let below = |it: &Duration| {
        let (less, up_to) =
            (sorted.partition_point(|other| other < it), sorted.partition_point(|other| other <= it));
        (less + up_to) as f64 / 2.0
    };
    these.iter().map(below).sum::<f64>() / (these.len().max(1) * sorted.len().max(1)) as f64
}

fn milliseconds(it: Duration) -> String {
    format!("{:.3}", it.as_secs_f64() * 1_000.0)
}

fn difference(known: Duration, unknown: Duration) -> String {
    format!("{:+.3}", (known.as_secs_f64() - unknown.as_secs_f64()) * 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(range: std::ops::Range<u64>) -> Vec<Duration> {
        range.map(Duration::from_millis).collect()
    }

    #[test]
    fn what_takes_the_same_is_slower_half_of_the_time() {
        assert!((slower(&times(0..100), &times(0..100)) - 0.5).abs() < 1e-9);
        assert!((slower(&times(100..200), &times(0..100)) - 1.0).abs() < 1e-9);
        assert!(slower(&times(0..100), &times(100..200)).abs() < 1e-9);
    }

    #[test]
    fn a_row_shows_both_side_by_side() {
        let took = Took { known: times(1..4), unknown: times(2..5) };
        assert_eq!(took.row(), "3 | 2.000 | 3.000 | -1.000 | 3.000 | 4.000 | -1.000 | 22.2 %");
    }
}
