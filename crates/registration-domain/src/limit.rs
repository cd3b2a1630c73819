//! A limit counts in the database, over any span of its length, so that restarts and replicas share one count
//! and nobody gets twice as much where a day ends.
mod counted;

use std::{fmt::Display, time::Duration};

use crate::time::MINUTE;

pub use counted::Counted;

/// What is counted. Its code is what somebody is told who is over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Limited {
    /// Failed sign-ins of one account or unknown name.
    SignIns,
    /// The same, since the last one that did not fail: after some of them, each has to wait.
    SignInsInARow,
    /// Tries that came too soon or too often, as far as the sign-in log keeps them.
    LockedSignIns,
    /// Mails that tell an account's owner that the tries are used up.
    LockoutMails,
    /// Mails that strangers cause for one address, in an hour.
    MailsAnHour,
    /// Mails that strangers cause for one address, in a day.
    MailsADay,
    /// Mails about join requests for one reviewer, in an hour.
    RequestMailsAnHour,
    /// Mails about join requests for one reviewer, in a day.
    RequestMailsADay,
    /// Wishes for a new invitation in place of one that expired.
    NewInvitationWishes,
    /// E-mail domains that an organization adds.
    EmailDomains,
    /// Looks into DNS for the proof of one e-mail domain.
    DomainChecks,
    /// Looks into DNS for the proofs of all e-mail domains of an organization.
    DomainChecksOfOrganization,
    /// Join requests of one account.
    JoinRequests,
    /// Wrong employee codes of one account.
    EmployeeCodesByAccount,
    /// Wrong employee codes for one organization.
    EmployeeCodesByOrganization,
    /// Wrong employee codes from one client address.
    EmployeeCodesByClient,
    /// Tries of one verification code.
    CodeTries,
    /// Tries of all the codes of one address, whatever they are for.
    CodeTriesADay,
    /// Codes that one account has sent to other addresses.
    EmailChanges,
}

/// At most `max` in any span of this length, wherever it begins.
///
/// ```
/// use registration_domain::{
///     limit::{Counted, Limit, Limited},
///     time::{DAY, HOUR, Timestamp},
/// };
///
/// let limit = Limit { what: Limited::SignIns, max: 1, length: DAY };
/// let evening = Timestamp::from_micros(0);
/// let once = Counted::default().and(&limit, evening)?;
/// assert_eq!(once.clone().and(&limit, evening.plus(23 * HOUR)), Err(evening.plus(DAY)));
/// assert!(once.and(&limit, evening.plus(DAY)).is_ok(), "a day later there is room");
/// # Ok::<(), Timestamp>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// What is counted.
    pub what: Limited,
    /// How many any span of that length takes.
    pub max: u32,
    /// How long each one counts.
    pub length: Duration,
}

/// One count: of what, for whom.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tally {
    /// What is counted.
    pub what: Limited,
    /// For whom; a keyed digest where the text itself says too much.
    pub subject: String,
}

/// How long those wait who try again and again: not at all, then this long, then twice as long each time.
///
/// ```
/// use std::time::Duration;
///
/// use registration_domain::limit::Limited;
///
/// let pace = Limited::SignInsInARow.pace().ok_or("tries in a row have a pace")?;
/// let seconds = [4, 5, 6, 7, 100].map(|tries| pace.wait(tries).as_secs());
/// assert_eq!(seconds, [0, 1, 2, 4, 900]);
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// So many tries follow each other freely.
    pub free: u32,
    /// How long the first one behind them waits.
    pub first: Duration,
    /// How long one waits at the most.
    pub longest: Duration,
}

impl Pace {
    /// How long to wait after so many tries.
    pub fn wait(&self, tries: u32) -> Duration {
        match tries.checked_sub(self.free) {
            None => Duration::ZERO,
            Some(doublings) => {
                let factor = 1_u32.checked_shl(doublings).unwrap_or(u32::MAX);
                self.first.saturating_mul(factor).min(self.longest)
            }
        }
    }
}

impl Limit {
    /// The count of this subject.
    pub fn tally(&self, subject: &impl Display) -> Tally {
        Tally { what: self.what, subject: subject.to_string() }
    }
}

impl Limited {
    /// Every limit.
    pub const ALL: [Self; 19] = [
        Self::SignIns,
        Self::SignInsInARow,
        Self::LockedSignIns,
        Self::LockoutMails,
        Self::MailsAnHour,
        Self::MailsADay,
        Self::RequestMailsAnHour,
        Self::RequestMailsADay,
        Self::NewInvitationWishes,
        Self::EmailDomains,
        Self::DomainChecks,
        Self::DomainChecksOfOrganization,
        Self::JoinRequests,
        Self::EmployeeCodesByAccount,
        Self::EmployeeCodesByOrganization,
        Self::EmployeeCodesByClient,
        Self::CodeTries,
        Self::CodeTriesADay,
        Self::EmailChanges,
    ];

    /// The stable name of the count.
    pub fn key(self) -> &'static str {
        match self {
            Self::SignIns => "sign_ins",
            Self::SignInsInARow => "sign_ins_in_a_row",
            Self::LockedSignIns => "locked_sign_ins",
            Self::LockoutMails => "lockout_mails",
            Self::MailsAnHour => "mails_an_hour",
            Self::MailsADay => "mails_a_day",
            Self::RequestMailsAnHour => "request_mails_an_hour",
            Self::RequestMailsADay => "request_mails_a_day",
            Self::NewInvitationWishes => "new_invitation_wishes",
            Self::EmailDomains => "email_domains",
            Self::DomainChecks => "domain_checks",
            Self::DomainChecksOfOrganization => "domain_checks_of_organization",
            Self::JoinRequests => "join_requests",
            Self::EmployeeCodesByAccount => "employee_codes_by_account",
            Self::EmployeeCodesByOrganization => "employee_codes_by_organization",
            Self::EmployeeCodesByClient => "employee_codes_by_client",
            Self::CodeTries => "code_tries",
            Self::CodeTriesADay => "code_tries_a_day",
            Self::EmailChanges => "email_changes",
        }
    }
    /// What somebody is told who is over it.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignIns
            | Self::CodeTries
            | Self::CodeTriesADay
            | Self::SignInsInARow
            | Self::LockedSignIns
            | Self::EmployeeCodesByAccount
            | Self::EmployeeCodesByOrganization
            | Self::EmployeeCodesByClient => "too_many_tries",
            Self::LockoutMails
            | Self::MailsAnHour
            | Self::MailsADay
            | Self::EmailChanges
            | Self::RequestMailsAnHour
            | Self::RequestMailsADay => "too_many_mails",
            Self::NewInvitationWishes | Self::JoinRequests => "asked_too_soon",
            Self::EmailDomains => "too_many_email_domains",
            Self::DomainChecks | Self::DomainChecksOfOrganization => "too_many_checks",
        }
    }
    /// How long one waits between tries, where that grows with them.
    pub fn pace(self) -> Option<Pace> {
        let pace = Pace { free: 5, first: Duration::from_secs(1), longest: 15 * MINUTE };
        (self == Self::SignInsInARow).then_some(pace)
    }
}
