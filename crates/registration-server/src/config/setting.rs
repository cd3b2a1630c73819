//! Every setting once: its name, what it is, what it defaults to, and what it means.
use super::origin::variable;

/// One thing that can be set. Its name in the file gives its flag and its environment variable.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// As in the file; a dot stands between section and key.
    pub name: &'static str,
    /// How it is written.
    pub kind: Kind,
    /// What it is where nobody says anything; nothing where there is a rule instead of a value.
    pub default: Option<&'static str>,
    /// What it means, in one line.
    pub meaning: &'static str,
}

/// How a setting is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Text that may hold a password: it may lie in a file of its own, and is not shown.
    Secret,
    /// A whole number.
    Number,
    /// `true` or `false`; a flag without a value.
    Switch,
    /// A length of time: `90s`, `15m`, `12h`, `7d`, or `1h30m`.
    Duration,
    /// Texts; with commas between them where there is no list.
    List,
    /// Tables, which only a file can hold.
    Tables,
}

impl Setting {
    /// The environment variable.
    pub fn variable(&self) -> String {
        variable(self.name)
    }
    /// The flag, without its dashes; what stands in a section has none.
    pub fn flag(&self) -> Option<String> {
        (!self.name.contains('.') && self.kind != Kind::Tables).then(|| self.name.replace('_', "-"))
    }
}

/// The setting of this name.
pub(super) fn find(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|it| it.name == name)
}

const fn setting(
    name: &'static str,
    kind: Kind,
    default: Option<&'static str>,
    meaning: &'static str,
) -> Setting {
    Setting { name, kind, default, meaning }
}

/// All settings, in the order in which people read them.
pub const SETTINGS: &[Setting] = &[
    setting("listen", Kind::Text, Some("127.0.0.1:8080"), "Address and port to listen on; port 0 picks one"),
    setting(
        "public_url",
        Kind::Text,
        None,
        "Where people reach it: every link begins with it. Without it, the address really listened on",
    ),
    setting(
        "database_url",
        Kind::Secret,
        Some("sqlite:data/registration.db"),
        "sqlite:PATH, or postgres://user:password@host:port/name",
    ),
    setting(
        "mail_url",
        Kind::Secret,
        Some("mailbox:"),
        "mailbox: (kept and shown, loopback only), smtp://…, smtps://…, smtp+plain://… or file:DIRECTORY",
    ),
    setting(
        "key_file",
        Kind::Text,
        None,
        "The keyring, made when missing. Without it, beside the SQLite file; PostgreSQL needs it named",
    ),
    setting(
        "dev_clock",
        Kind::Switch,
        Some("false"),
        "Add POST /dev/clock, which moves the time; loopback only",
    ),
    setting(
        "dns_server",
        Kind::Text,
        None,
        "Address and port of the resolver that is asked for the proofs of e-mail domains. Without it, the system's",
    ),
    setting(
        "metrics_listen",
        Kind::Text,
        None,
        "A listener of its own for /metrics, which else loopback sees",
    ),
    setting(
        "log",
        Kind::Text,
        Some("info,sea_orm_migration=warn"),
        "What is logged, such as debug or info,registration_server=trace",
    ),
    setting("log_format", Kind::Text, Some("text"), "How it is logged: text or json"),
    setting("product", Kind::Text, Some("Registration"), "What the platform calls itself in mails"),
    setting(
        "founding_is_open",
        Kind::Switch,
        Some("true"),
        "Whether every account may found an organization",
    ),
    setting(
        "support",
        Kind::Text,
        None,
        "Whom people may ask where an organization names nobody: a name, an address, a telephone number",
    ),
    setting(
        "sign_up_is_open",
        Kind::Switch,
        Some("true"),
        "Whether people may sign up by themselves; else they come by invitation",
    ),
    setting("lifetimes.session", Kind::Duration, Some("30d"), "A session, however busy"),
    setting("lifetimes.session_idle", Kind::Duration, Some("12h"), "A session that is not used"),
    setting("lifetimes.setup_link", Kind::Duration, Some("60m"), "The setup link"),
    setting("lifetimes.reset_link", Kind::Duration, Some("1h"), "A link to set a new password"),
    setting("lifetimes.invitation", Kind::Duration, Some("7d"), "An invitation; whole days, 1 to 30"),
    setting("lifetimes.sign_up", Kind::Duration, Some("1h"), "A sign-up that is not verified"),
    setting("lifetimes.code", Kind::Duration, Some("10m"), "A verification code"),
    setting(
        "lifetimes.code_pause",
        Kind::Duration,
        Some("60s"),
        "How long after a verification code a new one can be asked for",
    ),
    setting(
        "lifetimes.domain_check",
        Kind::Duration,
        Some("1d"),
        "Between two looks into DNS for the proof of a verified e-mail domain",
    ),
    setting(
        "lifetimes.domain_grace",
        Kind::Duration,
        Some("7d"),
        "A verified e-mail domain whose proof is gone from DNS",
    ),
    setting(
        "lifetimes.join_request",
        Kind::Duration,
        Some("30d"),
        "A join request that nobody decides; its reviewers are told three days before",
    ),
    setting(
        "lifetimes.join_request_pause",
        Kind::Duration,
        Some("24h"),
        "How long after a rejection nobody may ask the same organization again",
    ),
    setting(
        "limits.failed_sign_ins_a_day",
        Kind::Number,
        Some("100"),
        "Failed sign-ins of one account or unknown name, a day; from the sixth in a row on, each has to wait",
    ),
    setting(
        "limits.failed_sign_ins_a_device_and_day",
        Kind::Number,
        Some("10"),
        "The same on a device on which the account's owner signed in before, which no stranger can use up",
    ),
    setting(
        "limits.mails_an_hour",
        Kind::Number,
        Some("5"),
        "Mails that strangers cause for one address, an hour",
    ),
    setting(
        "limits.mails_a_day",
        Kind::Number,
        Some("20"),
        "Mails that strangers cause for one address, a day",
    ),
    setting("limits.code_tries", Kind::Number, Some("5"), "Tries of one verification code"),
    setting(
        "limits.code_tries_a_day",
        Kind::Number,
        Some("25"),
        "Tries of all verification codes of one address, a day",
    ),
    setting("limits.join_requests_a_day", Kind::Number, Some("10"), "Join requests of one account, a day"),
    setting(
        "limits.employee_codes_by_account_a_day",
        Kind::Number,
        Some("5"),
        "Wrong employee codes of one account, a day",
    ),
    setting(
        "limits.employee_codes_by_organization_a_day",
        Kind::Number,
        Some("50"),
        "Wrong employee codes for one organization, a day",
    ),
    setting(
        "limits.employee_codes_by_client_a_day",
        Kind::Number,
        Some("40"),
        "Wrong employee codes from one client address, a day",
    ),
    setting(
        "limits.email_domains_a_day",
        Kind::Number,
        Some("50"),
        "E-mail domains that one organization adds, a day",
    ),
    setting(
        "limits.domain_checks_an_hour",
        Kind::Number,
        Some("30"),
        "Looks into DNS for one e-mail domain, an hour; four times as many for all of an organization",
    ),
    setting(
        "email_domains.free_mail",
        Kind::List,
        Some(""),
        "Domains where everybody can have an address, beside those that are known",
    ),
    setting(
        "email_domains.not_free_mail",
        Kind::List,
        Some(""),
        "Domains that are known as such, and are not here",
    ),
    setting(
        "limits.public_calls_a_minute",
        Kind::Number,
        Some("60"),
        "Calls without a session, a minute and client address",
    ),
    setting(
        "limits.count_loopback",
        Kind::Switch,
        Some("false"),
        "Whether calls from this machine count, too",
    ),
    setting(
        "password.policy",
        Kind::Text,
        Some("composition"),
        "composition (an upper-case letter, a lower-case letter, a digit or symbol) or length_only",
    ),
    setting(
        "password.min_length",
        Kind::Number,
        None,
        "The fewest characters; 10 under composition and 15 under length_only where it is not said",
    ),
    setting("password.max_length", Kind::Number, Some("128"), "The most characters, 64 to 256"),
    setting("password_hash.m", Kind::Number, Some("19456"), "Argon2id: KiB of memory"),
    setting("password_hash.t", Kind::Number, Some("2"), "Argon2id: passes over the memory"),
    setting("password_hash.p", Kind::Number, Some("1"), "Argon2id: lanes"),
    setting(
        "mail.from",
        Kind::Text,
        None,
        "Whom mail is from: an address, or Name <address>. Without it, no-reply at the public address's host",
    ),
    setting("mail.ca_file", Kind::Text, None, "Certificates (PEM) of more CAs to trust than the system does"),
    setting("mail.allow_plain", Kind::Switch, Some("false"), "Whether smtp+plain: may leave this machine"),
    setting(
        "edge.trusted_proxies",
        Kind::List,
        Some(""),
        "Networks of proxies whose word on the client counts",
    ),
    setting(
        "edge.forwarded_by",
        Kind::Text,
        Some("X-Forwarded-For"),
        "The header that these proxies write: X-Forwarded-For or Forwarded",
    ),
    setting(
        "permissions",
        Kind::Tables,
        None,
        "The platform's own permissions: key, group, label, description",
    ),
    setting("roles", Kind::Tables, None, "The platform's roles: key, label, description, permissions"),
];

/// The table of settings for the book, in Markdown.
pub fn settings_table() -> String {
    let mut table = String::from(
        "| setting | environment | flag | default | meaning |\n| --- | --- | --- | --- | --- |\n",
    );
    for setting in SETTINGS {
        let flag = setting.flag().map_or(String::new(), |it| format!("`--{it}`"));
        let default =
            setting.default.filter(|it| !it.is_empty()).map_or(String::new(), |it| format!("`{it}`"));
        let environment = match setting.kind {
            Kind::Tables => String::new(),
            Kind::Secret => format!("`{0}`, `{0}_FILE`", setting.variable()),
            Kind::Text | Kind::Number | Kind::Switch | Kind::Duration | Kind::List => {
                format!("`{}`", setting.variable())
            }
        };
        let row = [&format!("`{}`", setting.name), &environment, &flag, &default, setting.meaning];
        table.push_str("| ");
        table.push_str(&row.join(" | "));
        table.push_str(" |\n");
    }
    table
}
