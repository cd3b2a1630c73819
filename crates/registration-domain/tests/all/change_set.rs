//! A change set is applied in its order: the receipt leads, then what it rests on, then what it writes.
use registration_domain::{
    access::Access,
    change::{Change, ChangeSet, Expectation},
    limit::{Limit, Limited},
    receipt::{Digest, KEPT, Once, Outcome, Receipt, Repeat, Scope},
    time::{DAY, HOUR},
};
use registration_testkit::stub::NOW;

use super::support::{permit, shifted, standing, words};

fn once(fingerprint: u8) -> Once {
    Once { scope: Scope(Digest([1; 32])), key: "key".into(), fingerprint: Digest([fingerprint; 32]) }
}
fn receipt() -> Receipt {
    Receipt { once: once(2), outcome: Outcome::Done, at: NOW }
}
fn limit(max: u32) -> Limit {
    Limit { what: Limited::SignIns, max, length: HOUR }
}

#[test]
fn a_receipt_leads_and_without_one_nothing_does() {
    let changes = || ChangeSet::under(&permit(Access::Owner)).with(limit(3).spend(&"ana", NOW));
    assert_eq!(
        words(&changes().once(Some(receipt()))),
        ["receipt", "expect membership 11", "spend sign_ins of 3"]
    );
    assert_eq!(words(&changes().once(None)), ["expect membership 11", "spend sign_ins of 3"]);
}

#[test]
fn a_permit_is_expected_as_it_was_read() {
    let read = standing(Access::Owner);
    let expected = Change::Expect(Expectation::Membership(read.membership, read.revision));
    assert_eq!(ChangeSet::under(&permit(Access::Owner)).changes(), [expected]);
}

#[test]
fn changes_keep_their_order() {
    let changes = [limit(1).spend(&"a", NOW), limit(2).spend(&"b", NOW), limit(3).refund(&"c", NOW)];
    let set: ChangeSet = changes.clone().into_iter().collect();
    assert_eq!(set.clone().into_iter().collect::<Vec<_>>(), changes);
    assert_eq!(ChangeSet::new().with_all(changes.clone()), set);
}

#[test]
fn what_is_spent_is_given_back_and_forgiven_where_it_was_counted() {
    let (limit, subject) = (limit(5), || "ana".to_owned());
    let tally = || limit.tally(&"ana");
    assert_eq!((tally().what, tally().subject), (Limited::SignIns, subject()));
    assert_eq!(limit.spend(&"ana", NOW), Change::Spend { limit, subject: subject(), at: NOW });
    assert_eq!(limit.refund(&"ana", NOW), Change::Refund { tally: tally(), at: NOW });
    assert_eq!(limit.forgive(&"ana"), Change::Forgive { tally: tally() });
}

#[test]
fn a_key_is_kept_for_a_day() {
    assert_eq!(KEPT, DAY);
    for (shift, expired) in [(-1, false), (0, true), (1, true)] {
        assert_eq!(receipt().has_expired(shifted(NOW.plus(DAY), shift)), expired, "{shift} µs");
    }
}

#[test]
fn a_key_stands_for_one_request() {
    assert_eq!(receipt().answer(Digest([2; 32])), Repeat::Done(Outcome::Done));
    assert_eq!(receipt().answer(Digest([3; 32])), Repeat::KeyReused);
}
