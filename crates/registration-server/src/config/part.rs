//! The parts of the configuration that are made of several settings.
use std::{net::SocketAddr, path::PathBuf, time::Duration};

use registration_crypto_rustcrypto::HashingCost;
use registration_domain::{
    domain_name::DomainName,
    free_mail::FreeMail,
    invitation::Term,
    password::PasswordPolicy,
    settings::{Lifetimes, Limits},
    time::DAY,
};
use registration_edge_poem::client_address::ForwardedBy;

use super::{Database, read::Reader};

/// What is logged, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// In the language of `tracing_subscriber::EnvFilter`.
    pub filter: String,
    /// As what.
    pub format: LogFormat,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs: an object a line.
    Json,
}

impl Log {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let filter = reader
            .parsed("log", |text| tracing_subscriber::EnvFilter::try_new(text).map(|_| text.to_owned()));
        let format = reader.parsed("log_format", |text| match text {
            "text" => Ok(LogFormat::Text),
            "json" => Ok(LogFormat::Json),
            _ => Err("is neither text nor json"),
        });
        Some(Self { filter: filter?, format: format? })
    }
}

pub(super) fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse().map_err(|_| "is no address and port, such as 127.0.0.1:8080 or [::1]:8080")
}

pub(super) fn forwarded_by(text: &str) -> Result<ForwardedBy, &'static str> {
    match text.to_ascii_lowercase().as_str() {
        "x-forwarded-for" => Ok(ForwardedBy::XForwardedFor),
        "forwarded" => Ok(ForwardedBy::Forwarded),
        _ => Err("is neither X-Forwarded-For nor Forwarded"),
    }
}

/// Beside a SQLite file; a server's must be named, for its replicas share it.
pub(super) fn key_file(reader: &mut Reader<'_>, database: Option<&Database>) -> Option<PathBuf> {
    if let Some(path) = reader.text("key_file") {
        return Some(path.into());
    }
    let path = database?.keyring();
    if path.is_none() {
        let reason = "must be named with PostgreSQL: a file that all replicas share and no backup of the \
                      database holds (--key-file or REGISTRATION_KEY_FILE)";
        reader.refuse("key_file", reason);
    }
    path
}

pub(super) fn lifetimes(reader: &mut Reader<'_>) -> Option<Lifetimes> {
    let session = reader.duration("lifetimes.session");
    let session_idle = reader.duration("lifetimes.session_idle");
    let setup_link = reader.duration("lifetimes.setup_link");
    let domain_check = reader.duration("lifetimes.domain_check");
    let domain_grace = reader.duration("lifetimes.domain_grace");
    let reset_link = reader.duration("lifetimes.reset_link");
    let invitation = reader.duration("lifetimes.invitation").map(term);
    let invitation = invitation.and_then(|it| reader.checked("lifetimes.invitation", it));
    let join_request = reader.duration("lifetimes.join_request");
    let join_request_pause = reader.duration("lifetimes.join_request_pause");
    let sign_up = reader.duration("lifetimes.sign_up");
    let code = reader.duration("lifetimes.code");
    let code_pause = reader.duration("lifetimes.code_pause");
    Some(Lifetimes {
        session: session?,
        session_idle: session_idle?,
        setup_link: setup_link?,
        reset_link: reset_link?,
        invitation: invitation?,
        domain_check: domain_check?,
        domain_grace: domain_grace?,
        join_request: join_request?,
        join_request_pause: join_request_pause?,
        sign_up: sign_up?,
        code: code?,
        code_pause: code_pause?,
    })
}

fn term(length: Duration) -> Result<Term, &'static str> {
    const WRONG: &str = "must be whole days, 1 to 30";
    let days = length.as_secs() / DAY.as_secs();
    let whole = length == Duration::from_secs(days * DAY.as_secs());
    let days = u8::try_from(days).ok().filter(|_| whole).ok_or(WRONG)?;
    Term::days(days).map_err(|_| WRONG)
}

pub(super) fn free_mail(reader: &mut Reader<'_>) -> FreeMail {
    FreeMail {
        also: reader.list("email_domains.free_mail", DomainName::parse).into_iter().collect(),
        but_not: reader.list("email_domains.not_free_mail", DomainName::parse).into_iter().collect(),
    }
}

pub(super) fn limits(reader: &mut Reader<'_>) -> Option<Limits> {
    let failed_sign_ins_a_day = reader.number("limits.failed_sign_ins_a_day", 1);
    let on_a_device = reader.number("limits.failed_sign_ins_a_device_and_day", 1);
    let mails_an_hour = reader.number("limits.mails_an_hour", 1);
    let mails_a_day = reader.number("limits.mails_a_day", 1);
    let email_domains_a_day = reader.number("limits.email_domains_a_day", 1);
    let domain_checks_an_hour = reader.number("limits.domain_checks_an_hour", 1);
    let join_requests_a_day = reader.number("limits.join_requests_a_day", 1);
    let by_account = reader.number("limits.employee_codes_by_account_a_day", 1);
    let by_organization = reader.number("limits.employee_codes_by_organization_a_day", 1);
    let by_client = reader.number("limits.employee_codes_by_client_a_day", 1);
    let code_tries = reader.number("limits.code_tries", 1);
    let code_tries_a_day = reader.number("limits.code_tries_a_day", 1);
    Some(Limits {
        failed_sign_ins_a_day: failed_sign_ins_a_day?,
        failed_sign_ins_a_device_and_day: on_a_device?,
        mails_an_hour: mails_an_hour?,
        mails_a_day: mails_a_day?,
        email_domains_a_day: email_domains_a_day?,
        domain_checks_an_hour: domain_checks_an_hour?,
        join_requests_a_day: join_requests_a_day?,
        employee_codes_by_account_a_day: by_account?,
        employee_codes_by_organization_a_day: by_organization?,
        employee_codes_by_client_a_day: by_client?,
        code_tries: code_tries?,
        code_tries_a_day: code_tries_a_day?,
    })
}

pub(super) fn password(reader: &mut Reader<'_>) -> Option<PasswordPolicy> {
    let policy = reader.text("password.policy");
    let min = reader.value("password.min_length").map(|_| reader.number::<usize>("password.min_length", 8));
    let max = reader.number::<usize>("password.max_length", 64);
    if max.is_some_and(|max| max > 256) {
        reader.refuse("password.max_length", "must be at most 256");
    }
    if let (Some(Some(min)), Some(max)) = (min, max)
        && min > max
    {
        reader.refuse("password.min_length", "must not be more than password.max_length");
    }
    let (min, max) = (min.map_or(Some(None), |it| it.map(Some)), max);
    match policy? {
        "composition" => Some(PasswordPolicy::Composition { min: min?.unwrap_or(10), max: max? }),
        "length_only" => Some(PasswordPolicy::LengthOnly { min: min?.unwrap_or(15), max: max? }),
        _ => {
            reader.refuse("password.policy", "is neither composition nor length_only");
            None
        }
    }
}

pub(super) fn hashing(reader: &mut Reader<'_>) -> Option<HashingCost> {
    let memory_kib = reader.number("password_hash.m", 8);
    let passes = reader.number("password_hash.t", 1);
    let lanes = reader.number("password_hash.p", 1);
    Some(HashingCost { memory_kib: memory_kib?, passes: passes?, lanes: lanes? })
}
