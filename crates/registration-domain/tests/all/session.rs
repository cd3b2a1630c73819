//! A session holds for one account in one generation, until it is ended, idle too long, or too old.
use registration_domain::{
    account::{Account, AccountParts},
    refusal::RefusalKind,
    revision::Generation,
    session::{SeenSession, Session},
    settings::Lifetimes,
    time::{HOUR, MINUTE, Timestamp},
    use_case::{
        authenticate::{NotSignedIn, SignedIn},
        sign_out,
    },
};
use registration_testkit::stub::NOW;

use super::support::{
    ANA, EVENT, SESSION, ana, ben, closed, device, events, id, line, origin, shifted, suspended, told, words,
};

fn lifetimes() -> Lifetimes {
    Lifetimes::default()
}
fn session() -> Session {
    Session::start(id(SESSION), &ana(), device(), NOW, &lifetimes())
}
fn seen(session: Session, last_seen_at: Timestamp) -> SeenSession {
    SeenSession { session, last_seen_at }
}

#[test]
fn a_session_lasts_thirty_days_at_the_most() {
    let it = session().into_parts();
    assert_eq!((it.account, it.account_generation), (id(ANA), Generation::FIRST));
    assert_eq!((it.started_at, it.expires_at), (NOW, NOW.plus(720 * HOUR)));
    assert_eq!(it.ended_at, None);
}

#[test]
fn a_session_admits_its_account_while_it_holds() {
    let newer = |account: Account| {
        let parts = account.into_parts();
        Account::from_parts(AccountParts { generation: parts.generation.next(), ..parts })
    };
    let check = |session: Session, account: Account, admitted: bool| {
        assert_eq!(seen(session, NOW).admits(&account, NOW, &lifetimes()), admitted, "{account:?}");
    };
    check(session(), ana(), true);
    check(session(), ben(), false);
    check(session(), suspended(ana()), false);
    check(session(), closed(ana()), false);
    check(session(), newer(ana()), false);
    check(session().end(NOW), ana(), false);
}

#[test]
fn the_instant_of_the_end_is_the_end() {
    let check = |last_seen: Timestamp, end: Timestamp| {
        for (shift, admitted) in [(-1, true), (0, false), (1, false)] {
            let it = seen(session(), last_seen).admits(&ana(), shifted(end, shift), &lifetimes());
            assert_eq!(it, admitted, "{shift} µs");
        }
    };
    let expiry = NOW.plus(720 * HOUR);
    check(expiry.minus(MINUTE), expiry);
    check(NOW.plus(HOUR), NOW.plus(13 * HOUR));
}

#[test]
fn a_session_ends_once() {
    let ended = session().end(NOW).end(NOW.plus(HOUR));
    assert_eq!(ended.parts().ended_at, Some(NOW));
}

#[test]
fn to_sign_out_twice_is_to_sign_out() {
    let who = SignedIn { account: ana(), session: session(), origin: origin() };
    let changes = sign_out::decide(seen(session(), NOW), &who, NOW, id(EVENT));
    assert_eq!(words(&changes), ["update session 500", "record session.ended"]);
    assert_eq!(line(events(&changes)[0]), (Some(ANA), "anaruiz@example.org", None, None, None));
    let again = sign_out::decide(seen(session().end(NOW), NOW), &who, NOW, id(EVENT));
    assert_eq!(words(&again), [""; 0]);
}

#[test]
fn whoever_is_not_signed_in_is_told_no_more() {
    assert_eq!(told(&NotSignedIn), (RefusalKind::Unauthenticated, "not_signed_in", vec![]));
}
