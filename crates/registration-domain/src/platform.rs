//! The only thing a driving adapter holds: verbs in front, ports behind.
use std::{fmt, sync::Arc};

use crate::{
    change::ChangeSet,
    limit::Limited,
    port::{
        Act, Clock, Codes, CommitError, CursorSealer, DomainProof, Fingerprints, Ids, Ledger, LinkSealer,
        Mailer, Moment, Outbox, PasswordHasher, PortError, Reads,
    },
    receipt::{Once, Outcome, Receipt, Repeat, Scope},
    refusal::{Fact, FieldFault, Refusal, RefusalKind},
    settings::Settings,
    time::Timestamp,
};

/// What a platform stands on.
#[derive(Clone)]
#[expect(missing_docs, reason = "each field is the port of its type's name")]
pub struct Ports {
    pub ledger: Arc<dyn Ledger>,
    pub reads: Arc<dyn Reads>,
    pub outbox: Arc<dyn Outbox>,
    pub mailer: Arc<dyn Mailer>,
    pub links: Arc<dyn LinkSealer>,
    pub codes: Arc<dyn Codes>,
    pub cursors: Arc<dyn CursorSealer>,
    pub fingerprints: Arc<dyn Fingerprints>,
    pub passwords: Arc<dyn PasswordHasher>,
    pub domain_proof: Arc<dyn DomainProof>,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
}

/// One deployment. Its verbs are the `impl Platform` blocks of [`use_case`](crate::use_case).
#[derive(Clone)]
pub struct Platform {
    pub(crate) ports: Ports,
    pub(crate) settings: Arc<Settings>,
}

/// What a verb answers, and whether it did so before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    /// What came of it.
    pub what: T,
    /// Whether this repeats the answer to an earlier request with the same key.
    pub repeated: bool,
}

/// Why a verb did nothing: a refusal of its own, or one that every verb may meet.
#[derive(Debug, thiserror::Error)]
pub enum VerbError<R: Refusal + 'static> {
    /// The rules say no.
    #[error(transparent)]
    Refused(R),
    /// A limit is spent.
    #[error("too many tries; try again later")]
    Spent {
        /// Which.
        what: Limited,
        /// From when on there is room again.
        until: Timestamp,
    },
    /// The key stands for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// Others were faster, again and again.
    #[error("others keep changing the same record; try again")]
    Busy,
    /// What stands behind a port failed.
    #[error(transparent)]
    Port(#[from] PortError),
}

/// How often a verb decides before it gives up on a record that others keep changing.
const ATTEMPTS: usize = 12;

impl Platform {
    /// A platform of these choices, on these ports.
    pub fn new(ports: Ports, settings: Settings) -> Self {
        Self { ports, settings: Arc::new(settings) }
    }
    /// Its choices.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
    /// Hides where a page begins; see [`CursorSealer`].
    pub fn cursors(&self) -> &dyn CursorSealer {
        &*self.ports.cursors
    }
    /// Makes keyed digests; see [`Fingerprints`].
    pub fn fingerprints(&self) -> &dyn Fingerprints {
        &*self.ports.fingerprints
    }

    /// What makes a repeat of this request recognized. `caller` says who asks (nothing for somebody unknown,
    /// whose keys are told apart by their requests), `route` what for.
    pub fn once(&self, caller: Option<&str>, route: &str, key: &str, request: &[u8]) -> Once {
        let fingerprint = self.ports.fingerprints.fingerprint("idempotency request", request);
        let whose = caller.map_or_else(|| format!("anonymous {fingerprint}"), |it| format!("account {it}"));
        let scope =
            self.ports.fingerprints.fingerprint("idempotency scope", format!("{whose} {route}").as_bytes());
        Once { scope: Scope(scope), key: key.to_owned(), fingerprint }
    }

    /// Commits what `attempt` decides. Whoever lost a race gathers and decides again, and so learns from
    /// the rules, not from an index, why they lost.
    ///
    /// `attempt` is no `AsyncFn`: the future of one is not `Send` for every lifetime, as servers need.
    pub(crate) async fn settle<R: Refusal + 'static, F>(
        &self,
        outcome: Outcome,
        once: Option<&Once>,
        attempt: impl Fn(Box<dyn Moment>, Timestamp) -> F,
    ) -> Result<Answer<Outcome>, VerbError<R>>
    where
        F: Future<Output = Result<ChangeSet, VerbError<R>>>,
    {
        let decide = |moment, now| {
            let deciding = attempt(moment, now);
            async move { Ok((outcome, deciding.await?)) }
        };
        self.settle_as(once, decide).await
    }

    /// The same, where only the decision tells what comes of it.
    pub(crate) async fn settle_as<R: Refusal + 'static, F>(
        &self,
        once: Option<&Once>,
        attempt: impl Fn(Box<dyn Moment>, Timestamp) -> F,
    ) -> Result<Answer<Outcome>, VerbError<R>>
    where
        F: Future<Output = Result<(Outcome, ChangeSet), VerbError<R>>>,
    {
        for _ in 0..ATTEMPTS {
            let (moment, now) = (self.ports.reads.moment().await?, self.ports.clock.now());
            if let Some(first) = repeated(&*moment, once, now).await? {
                return answer(first);
            }
            let (outcome, changes) = attempt(moment, now).await?;
            let changes = changes.once(once.map(|it| Receipt { once: it.clone(), outcome, at: now }));
            match self.commit(changes, now).await {
                Ok(()) => return Ok(Answer { what: outcome, repeated: false }),
                Err(CommitError::Repeated(first)) => return answer(first),
                Err(CommitError::Spent { what, until }) => return Err(VerbError::Spent { what, until }),
                Err(CommitError::Unknown(error) | CommitError::Port(error)) => return Err(error.into()),
                Err(CommitError::Conflict | CommitError::Taken(_)) => {}
            }
        }
        Err(VerbError::Busy)
    }

    /// What an earlier request with this key came to, for a verb that does more than decide.
    pub(crate) async fn answered_before<R: Refusal + 'static>(
        &self,
        once: Option<&Once>,
    ) -> Result<Option<Answer<Outcome>>, VerbError<R>> {
        let (moment, now) = (self.ports.reads.moment().await?, self.ports.clock.now());
        repeated(&*moment, once, now).await?.map(answer).transpose()
    }

    /// Commits what nobody waits for. `false` where somebody else was faster.
    pub(crate) async fn commit_if_first(
        &self,
        changes: ChangeSet,
        now: Timestamp,
    ) -> Result<bool, PortError> {
        match self.commit(changes, now).await {
            Ok(()) => Ok(true),
            Err(error) => error.failure().map(|()| false),
        }
    }

    /// Commits, and finds out what happened where the answer was lost.
    pub(crate) async fn commit(&self, changes: ChangeSet, now: Timestamp) -> Result<(), CommitError> {
        let act = Act { id: self.ports.ids.fresh(), at: now };
        match self.ports.ledger.commit(act, changes).await {
            Err(CommitError::Unknown(lost)) => {
                let Ok(moment) = self.ports.reads.moment().await else {
                    return Err(CommitError::Unknown(lost));
                };
                match moment.was_committed(act.id).await {
                    Ok(true) => Ok(()),
                    Ok(false) => Err(CommitError::Conflict),
                    Err(_) => Err(CommitError::Unknown(lost)),
                }
            }
            known => known,
        }
    }
}

/// A repeat is known before it is judged, and from the same moment as what it would be judged by.
pub(crate) async fn repeated(
    moment: &dyn Moment,
    once: Option<&Once>,
    now: Timestamp,
) -> Result<Option<Repeat>, PortError> {
    let Some(once) = once else { return Ok(None) };
    let first = moment.receipt(once.scope, &once.key).await?;
    Ok(first.filter(|it| !it.has_expired(now)).map(|it| it.answer(once.fingerprint)))
}

fn answer<R: Refusal + 'static>(first: Repeat) -> Result<Answer<Outcome>, VerbError<R>> {
    match first {
        Repeat::Done(what) => Ok(Answer { what, repeated: true }),
        Repeat::KeyReused => Err(VerbError::KeyReused),
    }
}

/// What was just written must be there to be shown.
pub(crate) fn shown<T>(
    found: Option<T>,
    table: &'static str,
    row: &dyn fmt::Display,
) -> Result<T, PortError> {
    found.ok_or_else(|| PortError::Corrupt { table, row: row.to_string(), what: "missing" })
}

/// Of a commit that is not decided anew: what a conflict would change is not known here.
impl<R: Refusal + 'static> From<CommitError> for VerbError<R> {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Spent { what, until } => Self::Spent { what, until },
            CommitError::Port(error) | CommitError::Unknown(error) => Self::Port(error),
            CommitError::Conflict | CommitError::Taken(_) | CommitError::Repeated(_) => Self::Busy,
        }
    }
}

impl<T> Answer<T> {
    /// The same, of something else.
    pub fn map<Other>(self, f: impl FnOnce(T) -> Other) -> Answer<Other> {
        Answer { what: f(self.what), repeated: self.repeated }
    }
}

impl<R: Refusal + 'static> Refusal for VerbError<R> {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::Refused(refusal) => refusal.told(),
            Self::Spent { what, .. } => (RefusalKind::Limited, what.code()),
            Self::KeyReused => (RefusalKind::Invalid, "idempotency_key_reused"),
            Self::Port(PortError::Overloaded) => (RefusalKind::Unavailable, "overloaded"),
            Self::Busy | Self::Port(_) => (RefusalKind::Unavailable, "try_again"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        match self {
            Self::Refused(refusal) => refusal.faults(),
            Self::Spent { .. } | Self::KeyReused | Self::Busy | Self::Port(_) => Vec::new(),
        }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::Refused(refusal) => refusal.facts(),
            Self::Spent { until, .. } => vec![Fact::RetryAt(*until)],
            Self::KeyReused | Self::Busy | Self::Port(_) => Vec::new(),
        }
    }
}

impl fmt::Debug for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Platform").field("settings", &self.settings).finish_non_exhaustive()
    }
}
impl fmt::Debug for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ports")
    }
}
