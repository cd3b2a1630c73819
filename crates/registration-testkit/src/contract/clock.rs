//! Time is told to the microsecond, and does not run backwards while nobody sets it.
use std::sync::Arc;

use registration_domain::{port::Clock, time::Timestamp};

promises! {
    /// Makes the promises of a clock tests. `$fresh` answers an `Arc<dyn Clock>` and a guard.
    clock_contract, clock, Arc<dyn Clock>:
    time_does_not_run_backwards,
    time_is_of_this_age,
}

/// From one question to the next.
pub async fn time_does_not_run_backwards(clock: Arc<dyn Clock>) {
    let told = (0..1_000).map(|_| clock.now()).collect::<Vec<_>>();
    assert!(told.is_sorted(), "{told:?}");
}

/// In microseconds: neither milliseconds nor nanoseconds are taken for them.
pub async fn time_is_of_this_age(clock: Arc<dyn Clock>) {
    let year_2020 = Timestamp::from_micros(1_577_836_800_000_000);
    let year_2200 = Timestamp::from_micros(7_258_118_400_000_000);
    let now = clock.now();
    assert!(year_2020 < now && now < year_2200, "{now:?}");
}
