//! A limit counts in the database, in fixed windows, so that restarts and replicas share one count.
use std::{fmt::Display, time::Duration};

use crate::time::Timestamp;

/// What is counted. Its code is what somebody is told who is over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Limited {
    /// Failed sign-ins of one account or unknown name.
    SignIns,
    /// Mails that strangers cause for one address, in an hour.
    MailsAnHour,
    /// Mails that strangers cause for one address, in a day.
    MailsADay,
    /// Wishes for a new invitation in place of one that expired.
    NewInvitationWishes,
    /// E-mail domains that an organization adds.
    EmailDomains,
    /// Looks into DNS for the proof of one e-mail domain.
    DomainChecks,
    /// Looks into DNS for the proofs of all e-mail domains of an organization.
    DomainChecksOfOrganization,
}

/// At most `max` in each window of this length (so at most twice as many across a boundary).
///
/// ```
/// use registration_domain::{
///     limit::{Limit, Limited},
///     time::{DAY, HOUR, Timestamp},
/// };
///
/// let limit = Limit { what: Limited::SignIns, max: 100, length: DAY };
/// let morning = Timestamp::from_micros(0);
/// assert_eq!(limit.tally(&"ana", morning), limit.tally(&"ana", morning.plus(23 * HOUR)));
/// assert_eq!(limit.until(morning), morning.plus(DAY));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// What is counted.
    pub what: Limited,
    /// How many a window takes.
    pub max: u32,
    /// How long a window is.
    pub length: Duration,
}

/// One count: of what, for whom, in which window.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tally {
    /// What is counted.
    pub what: Limited,
    /// For whom; a keyed digest where the text itself says too much.
    pub subject: String,
    /// When the window opened.
    pub window: Timestamp,
}

impl Limit {
    /// The count that an instant falls into.
    pub fn tally(&self, subject: &impl Display, now: Timestamp) -> Tally {
        Tally { what: self.what, subject: subject.to_string(), window: now.window(self.length) }
    }
    /// When the window of that instant closes.
    pub fn until(&self, now: Timestamp) -> Timestamp {
        now.window(self.length).plus(self.length)
    }
}

impl Limited {
    /// Every limit.
    pub const ALL: [Self; 7] = [
        Self::SignIns,
        Self::MailsAnHour,
        Self::MailsADay,
        Self::NewInvitationWishes,
        Self::EmailDomains,
        Self::DomainChecks,
        Self::DomainChecksOfOrganization,
    ];

    /// The stable name of the count.
    pub fn key(self) -> &'static str {
        match self {
            Self::SignIns => "sign_ins",
            Self::MailsAnHour => "mails_an_hour",
            Self::MailsADay => "mails_a_day",
            Self::NewInvitationWishes => "new_invitation_wishes",
            Self::EmailDomains => "email_domains",
            Self::DomainChecks => "domain_checks",
            Self::DomainChecksOfOrganization => "domain_checks_of_organization",
        }
    }
    /// What somebody is told who is over it.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignIns => "too_many_tries",
            Self::MailsAnHour | Self::MailsADay => "too_many_mails",
            Self::NewInvitationWishes => "asked_too_soon",
            Self::EmailDomains => "too_many_email_domains",
            Self::DomainChecks | Self::DomainChecksOfOrganization => "too_many_checks",
        }
    }
}
