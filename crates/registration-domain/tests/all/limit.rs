//! What is counted counts for its time, and no span of that time holds more than the maximum.
use std::time::Duration;

use proptest::{collection::vec, prelude::*};
use registration_domain::{
    limit::{Counted, Limit, Limited, Pace},
    time::{DAY, HOUR, MINUTE, Timestamp},
};
use registration_testkit::stub::NOW;

use super::support::shifted;

fn limit(max: u32) -> Limit {
    Limit { what: Limited::SignIns, max, length: DAY }
}
fn row() -> Limit {
    Limit { what: Limited::SignInsInARow, max: 1_000, length: DAY }
}
fn counted(at: impl IntoIterator<Item = Timestamp>) -> Counted {
    Counted::from_instants(at.into_iter().collect())
}

#[test]
fn what_is_as_old_as_the_limit_is_long_counts_no_more() {
    let full = counted([NOW, NOW.plus(HOUR)]);
    for (shift, told) in [(-1, Err(NOW.plus(DAY))), (0, Ok(())), (1, Ok(()))] {
        let at = shifted(NOW.plus(DAY), shift);
        assert_eq!(full.clone().and(&limit(2), at).map(|_| ()), told, "{shift} µs");
    }
    assert_eq!(full.number(DAY, shifted(NOW.plus(DAY), -1)), 2);
    assert_eq!(full.number(DAY, NOW.plus(DAY)), 1);
}

#[test]
fn a_limit_of_none_and_one_that_was_lowered_say_when_there_is_room() {
    assert_eq!(Counted::default().and(&limit(0), NOW), Err(NOW.plus(DAY)));
    let three = || counted([NOW, NOW.plus(MINUTE), NOW.plus(HOUR)]);
    assert_eq!(three().and(&limit(3), NOW.plus(HOUR)), Err(NOW.plus(DAY)));
    assert_eq!(three().and(&limit(1), NOW.plus(HOUR)), Err(NOW.plus(HOUR).plus(DAY)));
}

#[test]
fn whoever_counts_by_a_slow_clock_counts_no_less() {
    let ahead = counted([NOW.plus(HOUR)]);
    let both = ahead.and(&limit(2), NOW).unwrap();
    assert_eq!(both.instants(), [NOW, NOW.plus(HOUR)]);
    assert_eq!(both.and(&limit(2), NOW.minus(HOUR)), Err(NOW.plus(DAY)));
}

#[test]
fn one_that_was_counted_is_taken_back_and_no_other() {
    let twice = counted([NOW, NOW, NOW.plus(HOUR)]);
    assert_eq!(twice.clone().without(NOW).instants(), [NOW, NOW.plus(HOUR)]);
    assert_eq!(twice.clone().without(NOW.plus(MINUTE)), twice);
    assert_eq!(Counted::default().without(NOW), Counted::default());
}

#[test]
fn tries_in_a_row_wait_from_the_last_one_on() {
    let five = counted([NOW; 5]);
    let next = NOW.plus(Duration::from_secs(1));
    assert_eq!(five.clone().and(&row(), shifted(next, -1)), Err(next));
    let six = five.and(&row(), next).unwrap();
    assert_eq!(six.and(&row(), next), Err(next.plus(Duration::from_secs(2))));
    assert!(counted([NOW; 4]).and(&row(), NOW).is_ok(), "the first five are free");
}

#[test]
fn a_wait_doubles_up_to_the_longest_however_many_there_were() {
    let pace = Pace { free: 2, first: Duration::from_secs(3), longest: MINUTE };
    let waits = [0, 1, 2, 3, 4, 6, 7, 33, 34, 35, u32::MAX].map(|it| pace.wait(it).as_secs());
    assert_eq!(waits, [0, 0, 3, 6, 12, 48, 60, 60, 60, 60, 60]);
    let waiting = Limited::ALL.iter().filter(|it| it.pace().is_some());
    assert_eq!(waiting.collect::<Vec<_>>(), [&Limited::SignInsInARow]);
}

proptest! {
    #[test]
    fn no_span_holds_more_than_the_maximum(max in 0..8_u32, steps in vec(0..10 * 3_600_i64, 0..200)) {
        let (mut now, mut log, mut passed) = (NOW, Counted::default(), Vec::new());
        for seconds in steps {
            now = shifted(now, seconds * 1_000_000);
            match log.clone().and(&limit(max), now) {
                Ok(more) => {
                    passed.push(now);
                    log = more;
                }
                Err(room_at) => {
                    prop_assert!(room_at > now);
                    let again = log.clone().and(&limit(max), room_at).is_ok();
                    prop_assert_eq!(again, max > 0, "there is room when it is said");
                }
            }
        }
        for first in &passed {
            let within = passed.iter().filter(|it| *it >= first && **it < first.plus(DAY)).count();
            prop_assert!(within <= max as usize);
        }
    }
}
