//! What a platform chooses for itself: lifetimes, limits, password policy, catalogue and roles.
use std::{
    net::{IpAddr, Ipv6Addr},
    time::Duration,
};

use crate::{
    catalogue::Catalogue,
    contact::Contact,
    free_mail::FreeMail,
    invitation::Term,
    limit::{Limit, Limited},
    organization::Organization,
    password::PasswordPolicy,
    secret::Secret,
    time::{DAY, HOUR, MINUTE},
};

/// The choices of one platform.
///
/// ```
/// use registration_domain::{
///     settings::{PublicUrl, Settings},
///     time::HOUR,
/// };
///
/// let defaults = Settings::new(PublicUrl::parse("https://join.example.org")?);
/// assert_eq!(defaults.lifetimes.session_idle, 12 * HOUR);
/// let ours = Settings { founding_is_open: false, ..defaults };
/// # assert!(!ours.founding_is_open);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// What the platform calls itself in mails and on pages.
    pub product: String,
    /// Where people reach it: every link in every mail begins with it.
    pub public_url: PublicUrl,
    /// Its permissions and roles.
    pub catalogue: Catalogue,
    /// Which passwords it takes.
    pub password: PasswordPolicy,
    /// How long things hold.
    pub lifetimes: Lifetimes,
    /// How often things may be tried.
    pub limits: Limits,
    /// Whether everybody with an account may found an organization.
    pub founding_is_open: bool,
    /// Where everybody can have an address, so that no organization speaks for it.
    pub free_mail: FreeMail,
    /// Whom people may ask where an organization names nobody.
    pub support: Option<Contact>,
    /// Whether people may sign up by themselves; else they come by invitation alone.
    pub sign_up_is_open: bool,
}

/// How long things hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lifetimes {
    /// A session, however busy.
    pub session: Duration,
    /// A session that is not used.
    pub session_idle: Duration,
    /// A setup link.
    pub setup_link: Duration,
    /// A link to set a new password.
    pub reset_link: Duration,
    /// An invitation for which nothing else was asked.
    pub invitation: Term,
    /// Between two looks into DNS for the proof of a verified e-mail domain.
    pub domain_check: Duration,
    /// A verified e-mail domain whose proof is gone.
    pub domain_grace: Duration,
    /// A join request that nobody decides.
    pub join_request: Duration,
    /// How long after a rejection somebody may not ask the same organization again.
    pub join_request_pause: Duration,
    /// A sign-up that is not verified.
    pub sign_up: Duration,
    /// A verification code.
    pub code: Duration,
    /// How long after a code another one can be asked for.
    pub code_pause: Duration,
}

/// How often things may be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Failed sign-ins of one account or unknown name, in a day.
    pub failed_sign_ins_a_day: u32,
    /// The same of a device on which the account's owner signed in before, which no stranger can use up.
    pub failed_sign_ins_a_device_and_day: u32,
    /// Mails that strangers cause for one address, in an hour.
    pub mails_an_hour: u32,
    /// Mails that strangers cause for one address, in a day.
    pub mails_a_day: u32,
    /// E-mail domains that one organization adds, in a day.
    pub email_domains_a_day: u32,
    /// Looks into DNS for the proof of one e-mail domain, in an hour; four times as many for all of one
    /// organization.
    pub domain_checks_an_hour: u32,
    /// Join requests of one account, in a day.
    pub join_requests_a_day: u32,
    /// Wrong employee codes of one account, in a day.
    pub employee_codes_by_account_a_day: u32,
    /// Wrong employee codes for one organization, in a day.
    pub employee_codes_by_organization_a_day: u32,
    /// Wrong employee codes from one client address, in a day. Fewer than for an organization, so that nobody
    /// alone keeps everybody else from trying theirs.
    pub employee_codes_by_client_a_day: u32,
    /// Tries of one verification code.
    pub code_tries: u32,
    /// Tries of all the codes of one address, in a day.
    pub code_tries_a_day: u32,
}

/// An origin, and a path under which the platform lives: `https://join.example.org`.
///
/// ```
/// use registration_domain::settings::PublicUrl;
///
/// let url = PublicUrl::parse("https://join.example.org/")?;
/// assert_eq!(url.to("/problems/not_found"), "https://join.example.org/problems/not_found");
/// assert!(PublicUrl::parse("http://join.example.org").is_err(), "only loopback goes without TLS");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

/// The text is no address that people can be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the public address must be an https:// origin (or http:// on loopback), without query or fragment")]
pub struct NotAPublicUrl;

impl PublicUrl {
    /// Reads an address; slashes at its end are put aside.
    ///
    /// # Errors
    /// [`NotAPublicUrl`] for anything but `https://`, or `http://` on loopback, a host, and a plain path.
    pub fn parse(text: &str) -> Result<Self, NotAPublicUrl> {
        let text = text.trim_end_matches('/');
        let rest =
            text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or(NotAPublicUrl)?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
        let is_safe = text.starts_with("https://") || is_loopback(host_of(rest));
        if is_safe && is_authority(authority) && path.bytes().all(is_plain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAPublicUrl)
        }
    }
    /// The address of a path that begins with a slash.
    pub fn to(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
    /// The address of what a token opens; the token is its last segment.
    pub fn to_token(&self, path: &str, token: &Secret) -> Secret {
        Secret::new(format!("{}{path}/{}", self.0, token.expose()))
    }
    /// The whole address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The name or address of its host, without a port.
    pub fn host(&self) -> &str {
        host_of(self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest))
    }
    /// Whether it can be reached from this machine only.
    pub fn is_loopback(&self) -> bool {
        is_loopback(self.host())
    }
    /// Whether it is reached with TLS.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

/// A name or an address, and at most a port: what else may stand there leads readers astray.
fn is_authority(authority: &str) -> bool {
    let host = host_of(authority);
    let bracketed = authority.strip_prefix('[').and_then(|it| it.split_once(']'));
    let (is_host, rest) = bracketed.map_or_else(
        || (host.split('.').all(is_label), authority.strip_prefix(host).unwrap_or_default()),
        |(v6, rest)| (v6.parse::<Ipv6Addr>().is_ok(), rest),
    );
    is_host && (rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port))
}

fn is_label(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|it| it > 0)
}

fn host_of(rest: &str) -> &str {
    let authority = rest.split('/').next().unwrap_or_default();
    match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

impl Settings {
    /// The defaults, for a platform that is reached at this address.
    pub fn new(public_url: PublicUrl) -> Self {
        Self {
            product: "Registration".into(),
            public_url,
            catalogue: Catalogue::built_in(),
            password: PasswordPolicy::default(),
            lifetimes: Lifetimes::default(),
            limits: Limits::default(),
            founding_is_open: true,
            free_mail: FreeMail::default(),
            support: None,
            sign_up_is_open: true,
        }
    }
    /// Whom those may ask whom this organization turned away: the one that it names, or else the platform's.
    pub fn contact_of<'a>(&'a self, organization: &'a Organization) -> Option<&'a Contact> {
        organization.parts().contact.as_ref().or(self.support.as_ref())
    }
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            session: 30 * DAY,
            session_idle: 12 * HOUR,
            setup_link: 60 * MINUTE,
            reset_link: HOUR,
            invitation: Term::default(),
            domain_check: DAY,
            domain_grace: 7 * DAY,
            join_request: 30 * DAY,
            join_request_pause: DAY,
            sign_up: HOUR,
            code: 10 * MINUTE,
            code_pause: MINUTE,
        }
    }
}

impl Limits {
    /// Failed sign-ins of one account or unknown name: in all, and in a row. Both hold.
    pub fn sign_ins(&self) -> [Limit; 2] {
        sign_ins(self.failed_sign_ins_a_day)
    }
    /// The same of a device on which the account's owner signed in before.
    pub fn sign_ins_on_a_device(&self) -> [Limit; 2] {
        sign_ins(self.failed_sign_ins_a_device_and_day)
    }
    /// Tries that were not even compared, as far as the sign-in log keeps them: nobody fills it up.
    pub fn locked_sign_ins(&self) -> Limit {
        Limit { what: Limited::LockedSignIns, max: self.failed_sign_ins_a_day, length: DAY }
    }
    /// Mails that tell an account's owner that the tries are used up: one a day.
    pub fn lockout_mails(&self) -> Limit {
        Limit { what: Limited::LockoutMails, max: 1, length: DAY }
    }
    /// Mails that strangers cause for one address: both hold.
    pub fn mails(&self) -> [Limit; 2] {
        [
            Limit { what: Limited::MailsAnHour, max: self.mails_an_hour, length: HOUR },
            Limit { what: Limited::MailsADay, max: self.mails_a_day, length: DAY },
        ]
    }
    /// Mails about join requests for one reviewer: both hold. They are counted apart, so that nobody keeps a reviewer
    /// from the mails about their own account by asking to join again and again.
    pub fn request_mails(&self) -> [Limit; 2] {
        [
            Limit { what: Limited::RequestMailsAnHour, max: self.mails_an_hour, length: HOUR },
            Limit { what: Limited::RequestMailsADay, max: self.mails_a_day, length: DAY },
        ]
    }
    /// E-mail domains that one organization adds.
    pub fn email_domains(&self) -> Limit {
        Limit { what: Limited::EmailDomains, max: self.email_domains_a_day, length: DAY }
    }
    /// Looks into DNS for the proof of one e-mail domain.
    pub fn domain_checks(&self) -> Limit {
        Limit { what: Limited::DomainChecks, max: self.domain_checks_an_hour, length: HOUR }
    }
    /// Looks into DNS for the proofs of all e-mail domains of one organization.
    pub fn domain_checks_of_organization(&self) -> Limit {
        let max = self.domain_checks_an_hour.saturating_mul(4);
        Limit { what: Limited::DomainChecksOfOrganization, max, length: HOUR }
    }
    /// Tries of one code, whose subject and generation they are counted under, and tries of all the codes of one
    /// address: both hold.
    pub fn code_tries(&self) -> [Limit; 2] {
        [
            Limit { what: Limited::CodeTries, max: self.code_tries, length: DAY },
            Limit { what: Limited::CodeTriesADay, max: self.code_tries_a_day, length: DAY },
        ]
    }
    /// Codes that one account has sent to other addresses: ten a day.
    pub fn email_changes(&self) -> Limit {
        Limit { what: Limited::EmailChanges, max: 10, length: DAY }
    }
    /// Wishes for a new invitation in place of an expired one: one a day.
    pub fn new_invitation_wishes(&self) -> Limit {
        Limit { what: Limited::NewInvitationWishes, max: 1, length: DAY }
    }
    /// Join requests of one account.
    pub fn join_requests(&self) -> Limit {
        Limit { what: Limited::JoinRequests, max: self.join_requests_a_day, length: DAY }
    }
    /// Wrong employee codes of one account.
    pub fn employee_codes_by_account(&self) -> Limit {
        let max = self.employee_codes_by_account_a_day;
        Limit { what: Limited::EmployeeCodesByAccount, max, length: DAY }
    }
    /// Wrong employee codes for one organization.
    pub fn employee_codes_by_organization(&self) -> Limit {
        let max = self.employee_codes_by_organization_a_day;
        Limit { what: Limited::EmployeeCodesByOrganization, max, length: DAY }
    }
    /// Wrong employee codes from one client address.
    pub fn employee_codes_by_client(&self) -> Limit {
        let max = self.employee_codes_by_client_a_day;
        Limit { what: Limited::EmployeeCodesByClient, max, length: DAY }
    }
}

fn sign_ins(max: u32) -> [Limit; 2] {
    [Limited::SignIns, Limited::SignInsInARow].map(|what| Limit { what, max, length: DAY })
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            failed_sign_ins_a_day: 100,
            failed_sign_ins_a_device_and_day: 10,
            mails_an_hour: 5,
            mails_a_day: 20,
            email_domains_a_day: 50,
            domain_checks_an_hour: 30,
            join_requests_a_day: 10,
            employee_codes_by_account_a_day: 5,
            employee_codes_by_organization_a_day: 50,
            employee_codes_by_client_a_day: 40,
            code_tries: 5,
            code_tries_a_day: 25,
        }
    }
}
