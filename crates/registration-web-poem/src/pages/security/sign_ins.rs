//! Where somebody is signed in, and who tried to sign in as them.
use std::sync::Arc;

use askama::Template;
use poem::{IntoResponse, handler, web::Path};
use registration_domain::{
    device_name::DeviceName,
    page::{Page as Part, PageSize},
    session::SeenSession,
    sign_in_log::{SignInAttempt, SignInOutcome},
    use_case::{authenticate::SignedIn, end_session::EndOtherSessions},
    view::SignInFilter,
};

use registration_edge_poem::csv::CsvFile;

use crate::{
    failure::Failure,
    listing,
    shell::{Answer, Shell, page},
    visit::{self, Notice, Visit, see_other},
    words::{Moment, Phrase},
};

#[derive(Template)]
#[template(path = "security/sign_ins.html")]
struct Page<'a> {
    shell: Shell<'a>,
    sessions: Vec<SessionRow>,
    has_others: bool,
    rows: Vec<Row>,
    outcomes: Vec<(String, Phrase)>,
    outcome: &'a str,
    is_filtered: bool,
    csv: String,
    next: Option<String>,
    first: Option<String>,
}

struct SessionRow {
    id: String,
    device: String,
    origin: String,
    first: Moment,
    last: Moment,
    is_this: bool,
    end_words: Phrase,
}

struct Row {
    at: Moment,
    outcome: Phrase,
    class: &'static str,
    method: Phrase,
    device: String,
    origin: String,
    is_this: bool,
}

/// `GET /me/sign-ins`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    let who = visit.signed_in()?;
    let (filter, part) = (filter(&visit), listing::part(&visit)?);
    let sessions = visit.platform().list_sessions(who, &Part::first(most())).await?.rows;
    let found = visit.platform().list_sign_ins(who, &filter, &part).await?;
    let (next, first) = (listing::next(&visit, &found)?, listing::first(&visit));
    let sessions: Vec<_> = sessions.into_iter().map(|it| SessionRow::of(&visit, who, it)).collect();
    let outcome = visit.query().value("outcome");
    let csv = if filter.outcome.is_some() {
        format!("/me/sign-ins.csv?outcome={outcome}")
    } else {
        "/me/sign-ins.csv".to_owned()
    };
    page(&Page {
        has_others: sessions.iter().any(|it| !it.is_this),
        sessions,
        rows: found.rows.into_iter().map(|it| Row::of(&visit, who, it)).collect(),
        outcomes: SignInOutcome::ALL.map(|it| (it.key().to_owned(), outcome_words(&visit, it))).into(),
        outcome,
        is_filtered: filter.outcome.is_some(),
        csv,
        next,
        first,
        shell: Shell::new(&visit, visit.t("sign-ins-title")),
    })
}

/// `POST /me/sessions/{id}/end`.
#[handler]
pub(crate) async fn end(visit: Visit, Path(id): Path<String>) -> Answer {
    let who = visit.signed_in()?;
    visit.platform().end_session(who, visit::id(&id)?).await?;
    visit.tell(Notice::of("notice-session-ended"));
    Ok(see_other("/me/sign-ins"))
}

/// `POST /me/sessions/end-others`.
#[handler]
pub(crate) async fn end_others(visit: Visit) -> Answer {
    let command = EndOtherSessions { by: visit.signed_in()?.clone(), once: visit.once("end-others") };
    let ended = visit.platform().end_other_sessions(command).await?.what;
    visit.tell(if ended == Some(0) {
        Notice::of("notice-sessions-ended-none")
    } else {
        Notice::of("notice-sessions-ended")
    });
    Ok(see_other("/me/sign-ins"))
}

/// `GET /me/sign-ins.csv`: all of it, for spreadsheets.
#[handler]
pub(crate) async fn download(visit: Visit) -> Answer {
    let asked = Arc::new((visit.clone(), visit.signed_in()?.clone(), filter(&visit)));
    let fetch = move |after| {
        let asked = Arc::clone(&asked);
        async move {
            let (visit, who, filter) = &*asked;
            let found = visit.platform().list_sign_ins(who, filter, &Part { size: most(), after }).await?;
            Ok::<_, Failure>((found.rows, found.next))
        }
    };
    let head = ["at", "outcome", "method", "address", "device"].map(str::to_owned).into();
    Ok(CsvFile::stream("sign-ins.csv", head, fetch, cells).await?.into_response())
}

fn cells(it: SignInAttempt) -> Vec<String> {
    let SignInAttempt { id: _, account: _, at, method, device, origin, outcome } = it;
    let at = chrono::DateTime::from_timestamp_micros(at.micros()).unwrap_or_default().to_rfc3339();
    let device = device.as_deref().map(short).unwrap_or_default();
    vec![at, outcome.key().to_owned(), method.key().to_owned(), origin.0.unwrap_or_default(), device]
}

fn filter(visit: &Visit) -> SignInFilter {
    SignInFilter { outcome: SignInOutcome::parse(visit.query().value("outcome")), since: None }
}

fn most() -> PageSize {
    PageSize::new(100).unwrap_or(PageSize::DEFAULT)
}

impl SessionRow {
    fn of(visit: &Visit, who: &SignedIn, seen: SeenSession) -> Self {
        let SeenSession { session, last_seen_at } = seen;
        let is_this = session.id() == who.session.id();
        let it = session.into_parts();
        let device = device(visit, it.device.label.as_deref());
        Self {
            id: it.id.to_string(),
            end_words: visit.t("sign-ins-end-of").with("device", &device),
            device,
            origin: it.device.origin.0.unwrap_or_default(),
            first: visit.moment(it.started_at),
            last: visit.moment(last_seen_at),
            is_this,
        }
    }
}

impl Row {
    fn of(visit: &Visit, who: &SignedIn, it: SignInAttempt) -> Self {
        let is_this = it.began(who.session.id());
        Self {
            at: visit.moment(it.at),
            outcome: outcome_words(visit, it.outcome),
            class: match it.outcome {
                SignInOutcome::Success => "ok",
                SignInOutcome::WrongPassword | SignInOutcome::Locked => "warn",
                SignInOutcome::Suspended => "bad",
            },
            method: visit.t(format!("sign-in-method-{}", it.method.key())),
            device: device(visit, it.device.as_deref()),
            origin: it.origin.0.unwrap_or_default(),
            is_this,
        }
    }
}

fn outcome_words(visit: &Visit, outcome: SignInOutcome) -> Phrase {
    visit.t(format!("sign-in-outcome-{}", outcome.key()))
}

/// Browser and system, or what the device calls itself.
fn device(visit: &Visit, label: Option<&str>) -> String {
    let Some(label) = label else { return visit.t("sign-ins-unknown-device").to_string() };
    match DeviceName::of(label) {
        Some(DeviceName { browser, system: Some(system) }) => {
            visit.t("sign-ins-device-on").with("browser", browser).with("system", system).to_string()
        }
        Some(DeviceName { browser, system: None }) => browser,
        None => label.chars().take(60).collect(),
    }
}

fn short(label: &str) -> String {
    DeviceName::of(label).map_or_else(|| label.to_owned(), |it| it.to_string())
}
