//! Ledgers that change what they were given, or do it in parts.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use registration_domain::{
    account::{Account, AccountParts},
    change::{Change, ChangeSet, Expectation},
    domain_name::DomainName,
    email::Email,
    email_domain::{EmailDomain, EmailDomainParts},
    employee_code::Unusable,
    invitation::{Invitation, InvitationParts},
    limit::{Limit, Tally},
    notification::Reading,
    platform::Ports,
    port::{Act, CommitError, Ids, Ledger},
    time::{DAY, Timestamp},
};

/// What is left of a change.
type Left = fn(Change) -> Option<Change>;

/// Leaves something out, or alters it.
pub(super) struct Careless {
    ledger: Arc<dyn Ledger>,
    ids: Arc<dyn Ids>,
    left: Left,
    piecemeal: bool,
    sends_anyway: bool,
}

impl Careless {
    fn new(sound: &Ports, left: Left) -> Self {
        let (ledger, ids) = (Arc::clone(&sound.ledger), Arc::clone(&sound.ids));
        Self { ledger, ids, left, piecemeal: false, sends_anyway: false }
    }
    pub(super) fn piecemeal(sound: &Ports) -> Self {
        Self { piecemeal: true, ..Self::new(sound, Some) }
    }
    pub(super) fn sending_anyway(sound: &Ports) -> Self {
        Self { sends_anyway: true, ..Self::new(sound, Some) }
    }
    pub(super) fn without_expectations(sound: &Ports) -> Self {
        Self::new(sound, |it| (!matches!(it, Change::Expect(_))).then_some(it))
    }
    pub(super) fn without_receipts(sound: &Ports) -> Self {
        Self::new(sound, |it| (!matches!(it, Change::Receipt(_))).then_some(it))
    }
    pub(super) fn without_messages(sound: &Ports) -> Self {
        Self::new(sound, |it| (!matches!(it, Change::Send(_))).then_some(it))
    }
    pub(super) fn without_refunds(sound: &Ports) -> Self {
        Self::new(sound, |it| (!matches!(it, Change::Refund { .. })).then_some(it))
    }
    /// Uses are not counted at all, or for ever.
    pub(super) fn without_uses(sound: &Ports) -> Self {
        Self::new(sound, |it| (!matches!(it, Change::UseEmployeeCode { .. })).then_some(it))
    }
    pub(super) fn without_returns(sound: &Ports) -> Self {
        Self::new(sound, |it| (!matches!(it, Change::ReturnEmployeeCode(_))).then_some(it))
    }
    pub(super) fn with_one_reason(sound: &Ports) -> Self {
        Self::new(sound, |it| {
            Some(if let Change::RefuseEmployeeCode { code, .. } = it {
                Change::RefuseEmployeeCode { code, why: Unusable::Expired }
            } else {
                it
            })
        })
    }
    pub(super) fn without_windows(sound: &Ports) -> Self {
        Self::new(sound, |it| {
            Some(if let Change::Spend { limit, subject, at } = it {
                let limit = Limit { length: 10_000 * DAY, ..limit };
                Change::Spend { limit, subject, at }
            } else {
                it
            })
        })
    }
    pub(super) fn without_forgiving(sound: &Ports) -> Self {
        Self::new(sound, |it| (!matches!(it, Change::Forgive { .. })).then_some(it))
    }
    pub(super) fn without_the_sign_in_log(sound: &Ports) -> Self {
        Self::new(sound, |it| (!matches!(it, Change::LogSignIn(_))).then_some(it))
    }
    /// A day begins at midnight for it, and everything begins anew.
    pub(super) fn in_fixed_windows(sound: &Ports) -> Self {
        Self::new(sound, |it| {
            Some(if let Change::Spend { limit, subject, at } = it {
                let length = i64::try_from(limit.length.as_micros()).unwrap_or(i64::MAX);
                let subject = format!("{subject} in {}", at.micros().div_euclid(length));
                Change::Spend { limit, subject, at }
            } else {
                it
            })
        })
    }
    pub(super) fn forgetting_nothing(sound: &Ports) -> Self {
        Self::new(sound, |it| (!matches!(it, Change::ForgetOwn(_))).then_some(it))
    }
    pub(super) fn without_looking_around(sound: &Ports) -> Self {
        Self::new(sound, |it| (!matches!(it, Change::Expect(Expectation::Unattached(..)))).then_some(it))
    }
    pub(super) fn closing_nothing(sound: &Ports) -> Self {
        Self::new(sound, |it| {
            let closes = matches!(&it, Change::UpdateAccount(account) if !account.is_active());
            (!closes).then_some(it)
        })
    }
    pub(super) fn reading_ahead(sound: &Ports) -> Self {
        Self::new(sound, |it| {
            Some(if let Change::MarkRead(reading) = it {
                Change::MarkRead(Reading { at: reading.at.plus(DAY), ..reading })
            } else {
                it
            })
        })
    }
    pub(super) fn with_raw_addresses(sound: &Ports) -> Self {
        Self::new(sound, |it| {
            Some(if let Change::AddAccount(account) = it {
                let parts = account.into_parts();
                let email = apart(parts.email);
                Change::AddAccount(Account::from_parts(AccountParts { email, ..parts }))
            } else {
                it
            })
        })
    }
    pub(super) fn with_domains_apart(sound: &Ports) -> Self {
        Self::new(sound, |it| {
            Some(if let Change::UpdateEmailDomain(domain) = it {
                let parts = domain.into_parts();
                let name = format!("d{}.{}", parts.id.uuid().simple(), parts.name.as_str());
                let name = DomainName::parse(&name).unwrap_or(parts.name);
                Change::UpdateEmailDomain(EmailDomain::from_parts(EmailDomainParts { name, ..parts }))
            } else {
                it
            })
        })
    }
    pub(super) fn to_milliseconds(sound: &Ports) -> Self {
        Self::new(sound, |it| {
            Some(if let Change::AddInvitation(invitation) = it {
                let parts = invitation.into_parts();
                let created_at = Timestamp::from_micros(parts.created_at.micros() / 1_000 * 1_000);
                Change::AddInvitation(Invitation::from_parts(InvitationParts { created_at, ..parts }))
            } else {
                it
            })
        })
    }
}

/// Another mailbox for another spelling, as an index on the typed address has it.
fn apart(email: Email) -> Email {
    let typed = format!("{}.typed@{}", email.local(), email.domain());
    let is_canonical = email.as_str() == email.canonical();
    Email::parse(&typed).ok().filter(|_| !is_canonical).unwrap_or(email)
}

#[async_trait]
impl Ledger for Careless {
    async fn commit(&self, act: Act, changes: ChangeSet) -> Result<(), CommitError> {
        let left = changes.into_iter().filter_map(self.left).collect::<Vec<_>>();
        if self.piecemeal {
            for change in left {
                let act = Act { id: self.ids.fresh(), ..act };
                self.ledger.commit(act, ChangeSet::new().with(change)).await?;
            }
            return Ok(());
        }
        let mails = left.iter().filter(|it| matches!(it, Change::Send(_))).cloned().collect::<ChangeSet>();
        let result = self.ledger.commit(act, left.into_iter().collect()).await;
        if result.is_err() && self.sends_anyway {
            self.ledger.commit(Act { id: self.ids.fresh(), ..act }, mails).await?;
        }
        result
    }
}

/// Counts in two statements, with time for others between them.
pub(super) struct ReadsThenSpends {
    ledger: Arc<dyn Ledger>,
    counts: Mutex<HashMap<Tally, u32>>,
}

impl ReadsThenSpends {
    pub(super) fn new(sound: &Ports) -> Self {
        Self { ledger: Arc::clone(&sound.ledger), counts: Mutex::default() }
    }
    fn count(&self, tally: &Tally) -> u32 {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.get(tally).copied().unwrap_or_default()
    }
    fn write(&self, tally: Tally, count: u32) {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).insert(tally, count);
    }
}

#[async_trait]
impl Ledger for ReadsThenSpends {
    async fn commit(&self, act: Act, changes: ChangeSet) -> Result<(), CommitError> {
        let mut others = ChangeSet::new();
        for change in changes {
            if let Change::Spend { limit, subject, at } = change {
                let tally = limit.tally(&subject);
                let spent = self.count(&tally);
                for _ in 0..100 {
                    tokio::task::yield_now().await;
                }
                if spent >= limit.max {
                    return Err(CommitError::Spent { what: limit.what, until: at.plus(limit.length) });
                }
                self.write(tally, spent + 1);
            } else {
                others = others.with(change);
            }
        }
        self.ledger.commit(act, others).await
    }
}
