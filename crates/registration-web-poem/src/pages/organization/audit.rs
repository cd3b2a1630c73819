//! The audit log: who, what, whom, when, from where, before and after.
use askama::Template;
use chrono::{Days, NaiveDate};
use poem::{handler, web::Path};
use registration_domain::{
    access::{Access, RoleKey},
    audit::Action,
    permission::Permission,
    time::Timestamp,
    view::{AuditFilter, AuditView},
};

use crate::{
    access, listing,
    place::Place,
    shell::{Answer, Shell, page},
    visit::{self, Visit},
    words::{Moment, Phrase},
};

#[derive(Template)]
#[template(path = "organization/audit.html")]
struct Page<'a> {
    shell: Shell<'a>,
    rows: Vec<AuditRow>,
    actions: Vec<(String, Phrase)>,
    action: &'a str,
    since: &'a str,
    until: &'a str,
    about: &'a str,
    actor: &'a str,
    file: String,
    next: Option<String>,
    first: Option<String>,
    is_filtered: bool,
    path: String,
}

/// A line of the log, in words.
pub(crate) struct AuditRow {
    pub(crate) at: Moment,
    pub(crate) who: String,
    pub(crate) by_href: Option<String>,
    pub(crate) action: Phrase,
    pub(crate) label: String,
    pub(crate) about_href: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) origin: String,
}

/// `GET /o/{org}/audit`.
#[handler]
pub(crate) async fn show(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let (query, filter) = (visit.query(), filter(&visit));
    let is_filtered = filter != AuditFilter::default();
    let found = visit
        .platform()
        .list_audit_events(&visit.caller()?, place.id(), &filter, &listing::part(&visit)?)
        .await?;
    let (next, first) = (listing::next(&visit, &found)?, listing::first(&visit));
    let action = |it: &Action| (it.key().to_owned(), visit.t(action_key(*it)));
    page(&Page {
        shell: Shell::new(&visit, visit.t("nav-audit")).at(Some(&place), "audit"),
        rows: found.rows.into_iter().map(|it| AuditRow::of(&visit, it)).collect(),
        actions: Action::ALL.iter().map(action).collect(),
        action: query.value("action"),
        since: query.value("since"),
        until: query.value("until"),
        about: query.value("about"),
        actor: query.value("actor"),
        file: listing::beside(&visit, &place.path("audit.csv")),
        next,
        first,
        is_filtered,
        path: place.path("audit"),
    })
}

/// Which lines the address asks for.
pub(super) fn filter(visit: &Visit) -> AuditFilter {
    let query = visit.query();
    AuditFilter {
        action: Action::parse(query.value("action")),
        actor: visit::id(query.value("actor")).ok(),
        about: Some(query.value("about").trim()).filter(|it| is_plain(it)).map(str::to_owned),
        since: day(query.value("since")),
        until: day(query.value("until")).map(|it| it.plus(registration_domain::time::DAY)),
    }
}

/// Not every database takes a NUL in a text, and nobody's address holds one.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 320 && !text.contains(char::is_control)
}

impl AuditRow {
    pub(crate) fn of(visit: &Visit, it: AuditView) -> Self {
        let AuditView { event, actor } = it;
        let (after, reason) = if ends(event.action) { (None, event.after) } else { (event.after, None) };
        Self {
            at: visit.moment(event.at),
            who: actor.as_ref().map_or_else(|| visit.t("audit-holder").to_string(), |it| it.name.full()),
            by_href: actor.map(|it| listing::with(visit, &[("actor", &it.id.to_string())])),
            action: visit.t(action_key(event.action)),
            about_href: listing::with(visit, &[("about", &event.label)]),
            label: event.label,
            before: event.before.map(|it| told(visit, &it)),
            after: after.map(|it| told(visit, &it)),
            reason,
            origin: event.origin.0.unwrap_or_default(),
        }
    }
}

/// Where something ended, what the log has for the time after is the reason.
fn ends(action: Action) -> bool {
    matches!(action, Action::AccessRemoved | Action::InvitationDeclined | Action::InvitationRevoked)
}

fn action_key(action: Action) -> String {
    format!("action-{}", action.key().replace('.', "-"))
}

/// An access stands in the log as its key; whatever else stands there are somebody's words.
fn told(visit: &Visit, text: &str) -> String {
    let access = match text {
        "owner" => Some(Access::Owner),
        "all" => Some(Access::All),
        "nothing" => Some(Access::Chosen([].into())),
        _ => match text.strip_prefix("role ") {
            Some(key) => RoleKey::parse(key).ok().map(Access::Role),
            None => text
                .split(", ")
                .map(|it| Permission::parse(it).ok())
                .collect::<Option<_>>()
                .map(Access::Chosen),
        },
    };
    match access {
        Some(Access::Chosen(chosen)) if !chosen.is_empty() => {
            chosen.iter().map(|it| access::label(visit, it)).collect::<Vec<_>>().join(", ")
        }
        Some(access) => access::named(visit, &access),
        None => text.to_owned(),
    }
}

/// The beginning of a day in UTC; nothing for what is no day, or none of this age.
fn day(text: &str) -> Option<Timestamp> {
    let day: NaiveDate = text.parse().ok()?;
    day.checked_add_days(Days::new(2))?;
    Some(Timestamp::from_micros(day.and_hms_opt(0, 0, 0)?.and_utc().timestamp_micros()))
}
