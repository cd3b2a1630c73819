//! What became of an invitation, told to somebody who holds its link: which end it was, when, and whom to ask.
use askama::Template;
use poem::http::StatusCode;
use registration_domain::{
    refusal::{Refusal, RefusalKind},
    use_case::follow_invitation::Ended,
};

use crate::{
    shell::{Answer, Shell, page_with},
    visit::{Visit, see_other},
    words::Phrase,
};

/// Where a link leads that offers nothing.
pub(super) enum End {
    /// Nowhere that we know of.
    Unknown,
    /// To what became of the invitation.
    Of(Box<Ended>),
}

#[derive(Template)]
#[template(path = "entry/invitation_state.html")]
struct Page<'a> {
    shell: Shell<'a>,
    words: Phrase,
    step: Step,
}

/// The one thing to do now.
enum Step {
    Nothing,
    SignIn,
    GoTo { words: Phrase, path: String },
    AskAnew(Phrase),
}

impl End {
    /// Its page.
    pub(super) fn page(&self, visit: &Visit) -> Answer {
        match self {
            Self::Unknown => shown(visit, StatusCode::NOT_FOUND, "invitation_unknown", &[], Step::Nothing),
            Self::Of(ended) => told(visit, ended),
        }
    }
}

/// What a verb said where the link itself still leads to an offer.
pub(super) fn settled(visit: &Visit, refusal: &dyn Refusal) -> Answer {
    let (kind, code) = refusal.told();
    match code {
        "already_member" => shown(visit, status(kind), code, &[], way_in(visit)),
        "invitation_still_holds" => shown(visit, status(kind), code, &[], Step::Nothing),
        // What stood against it does so no more.
        _ => Ok(see_other("/invitation")),
    }
}

fn told(visit: &Visit, ended: &Ended) -> Answer {
    let Ended { why, since, organization, inviter, email, own } = ended;
    let (kind, code) = why.told();
    let day = since.map(|it| visit.moment(it).day()).unwrap_or_default();
    let until = since.map(|it| visit.moment(it).to_string()).unwrap_or_default();
    let own_day = own.map(|it| visit.moment(it.joined_at).day()).unwrap_or_default();
    let to = email.as_ref().map(ToString::to_string).unwrap_or_default();
    let facts = [
        ("organization", organization.to_string()),
        ("inviter", inviter.full()),
        ("email", to),
        ("day", if own.is_some() { own_day } else { day }),
        ("until", until),
    ];
    let place = own.and_then(|it| it.organization);
    let (key, step) = match (code, own, email) {
        ("invitation_already_accepted", Some(_), _) => {
            let words = visit.t("state-go-to").with("organization", organization);
            let go = place.map(|it| Step::GoTo { words, path: format!("/o/{it}") });
            ("invitation_accepted_by_you", go.unwrap_or_else(|| way_in(visit)))
        }
        ("invitation_already_accepted", None, _) => (code, way_in(visit)),
        ("invitation_superseded", _, None) => ("invitation_superseded_elsewhere", Step::Nothing),
        ("invitation_expired", ..) => {
            (code, Step::AskAnew(visit.t("state-ask").with("inviter", inviter.full())))
        }
        _ => (code, Step::Nothing),
    };
    shown(visit, status(kind), key, &facts, step)
}

/// Who may have come in already signs in, or goes on.
fn way_in(visit: &Visit) -> Step {
    if visit.who().is_none() {
        return Step::SignIn;
    }
    Step::GoTo { words: visit.t("state-go-on"), path: "/".to_owned() }
}

fn shown(
    visit: &Visit,
    status: StatusCode,
    key: &str,
    facts: &[(&'static str, String)],
    step: Step,
) -> Answer {
    let words = visit.t(format!("state-{key}-words"));
    let words = facts.iter().fold(words, |words, (name, value)| words.with(name, value));
    page_with(status, &Page { shell: Shell::new(visit, visit.t(format!("state-{key}"))), words, step })
}

fn status(kind: RefusalKind) -> StatusCode {
    match kind {
        RefusalKind::NotFound => StatusCode::NOT_FOUND,
        RefusalKind::Gone => StatusCode::GONE,
        RefusalKind::Invalid
        | RefusalKind::Unauthenticated
        | RefusalKind::Forbidden
        | RefusalKind::Conflict
        | RefusalKind::Limited
        | RefusalKind::Stale
        | RefusalKind::Unavailable => StatusCode::CONFLICT,
    }
}
