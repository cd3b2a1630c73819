//! The workers of a server: mail, wishes for reset links, invitations that nobody stands behind any more, the proofs
//! of e-mail domains, sweeping, and the shared clock.
use std::{sync::Arc, time::Duration};

use registration_domain::port::{PortError, Sweeper};
use registration_store_seaorm::StoreError;

use super::{Next, Rest, Workers};
use crate::{composition::Composition, config::Config, metrics, route::Metrics};

/// Mail servers are slow, and one of them may hang: several are talked to at a time.
const MAILERS: usize = 4;
/// How often work is looked for that another process left, or that has become due.
const LOOK: Duration = Duration::from_secs(1);
/// How often it is looked whether a join request expires, or has.
const TEND: Duration = Duration::from_secs(1);
/// How often what nobody can need any more is removed.
const SWEEP: Duration = Duration::from_mins(1);
/// How often it is looked whether a verified e-mail domain is due to be checked again.
const RECHECK: Duration = Duration::from_secs(15);
/// How often it is measured how the mail stands.
const GAUGE: Duration = Duration::from_secs(15);
/// How often what was counted is put into its buckets.
const TIDY: Duration = Duration::from_secs(5);
/// How soon the clock of the other processes on a database follows.
pub(crate) const FOLLOW: Duration = Duration::from_millis(50);

pub(crate) fn start(workers: &mut Workers, composition: &Composition, config: &Config, counted: &Metrics) {
    mail(workers, composition);
    let counted = counted.clone();
    workers.start("metrics", Rest::For(TIDY), move || {
        let counted = counted.clone();
        async move {
            counted.0.run_upkeep();
            Ok(Next::Rest)
        }
    });
    let (it, woken) = (composition.clone(), Arc::clone(&composition.wakes.reviews));
    workers.start("unbacked invitations", Rest::UntilWokenOr(woken, LOOK), move || {
        let it = it.clone();
        async move { it.platform.close_unbacked_invitations().await.map(|_| Next::Rest) }
    });
    let (it, woken) = (composition.clone(), Arc::clone(&composition.wakes.resets));
    workers.start("reset links", Rest::UntilWokenOr(woken, LOOK), move || {
        let it = it.clone();
        async move { it.platform.answer_reset_requests().await.map(|_| Next::Rest) }
    });
    let it = composition.clone();
    workers.start("e-mail domains", Rest::For(RECHECK), move || {
        let it = it.clone();
        async move {
            let looked_at = it.platform.recheck_email_domains().await?;
            Ok(if looked_at > 0 { Next::Turn } else { Next::Rest })
        }
    });
    join_requests(workers, composition);
    let it = composition.clone();
    workers.start("outbox gauges", Rest::For(GAUGE), move || {
        let it = it.clone();
        async move {
            let now = it.clock.now();
            metrics::outbox(&it.store.outbox_state(now).await.map_err(unavailable)?, now);
            Ok(Next::Rest)
        }
    });
    let it = composition.clone();
    workers.start("sweeper", Rest::For(SWEEP), move || {
        let it = it.clone();
        async move {
            let swept = it.store.sweep(it.clock.now()).await?;
            Ok(if swept > 0 { Next::Turn } else { Next::Rest })
        }
    });
    if config.dev_clock {
        let it = composition.clone();
        workers.start("dev clock", Rest::For(FOLLOW), move || {
            let it = it.clone();
            async move { follow_clock(&it).await.map(|()| Next::Rest) }
        });
    }
}

/// One clock for all processes of a database: what it says may make mail due.
pub(crate) async fn follow_clock(composition: &Composition) -> Result<(), PortError> {
    let offset = composition.store.dev_clock_offset().await.map_err(unavailable)?;
    if composition.offset.set_seconds(offset) {
        composition.wakes.mail.notify_one();
    }
    Ok(())
}

/// What time does to requests that nobody decides. As long as there is more, it goes on.
fn join_requests(workers: &mut Workers, composition: &Composition) {
    let next = |done: usize| if done > 0 { Next::Turn } else { Next::Rest };
    let it = composition.clone();
    workers.start("expiring join requests", Rest::For(TEND), move || {
        let it = it.clone();
        async move { it.platform.warn_of_expiring_join_requests().await.map(next) }
    });
    let it = composition.clone();
    workers.start("expired join requests", Rest::For(TEND), move || {
        let it = it.clone();
        async move { it.platform.close_expired_join_requests().await.map(next) }
    });
}

fn mail(workers: &mut Workers, composition: &Composition) {
    for _ in 0..MAILERS {
        let it = composition.clone();
        workers.start("mail", Rest::UntilWoken(Arc::clone(&composition.wakes.mail)), move || {
            let it = it.clone();
            async move {
                let held = it.platform.deliver_mail().await?;
                if held > 0 {
                    // There may be more than one worker takes at a time.
                    it.wakes.mail.notify_one();
                }
                Ok(if held > 0 { Next::Turn } else { Next::Rest })
            }
        });
    }
    // One look is enough for all of them: whoever rests takes it.
    let mail = Arc::clone(&composition.wakes.mail);
    workers.start("mail clock", Rest::For(LOOK), move || {
        mail.notify_one();
        async { Ok(Next::Rest) }
    });
}

fn unavailable(error: StoreError) -> PortError {
    match error {
        StoreError::Port(error) => error,
        other @ (StoreError::UnknownDatabase | StoreError::Database(_)) => {
            PortError::Unavailable(Box::new(other))
        }
    }
}
