//! Asking to join: with an employee code, which is checked at once, or with a few words, which somebody reads.
use poem::{
    Response, handler,
    http::{HeaderValue, StatusCode, header},
    web::Path,
};
use registration_domain::{
    note::{NotANote, Note},
    organization::OrganizationId,
    platform::VerbError,
    refusal::Refusal,
    time::Timestamp,
    use_case::ask_to_join::{AskRefusal, AskToJoin, Asked, Brings},
};

use super::organization::shown;
use crate::{
    failure::Failure,
    form::Filled,
    shell::Answer,
    visit::{self, Notice, Visit, see_other},
    words::Phrase,
};

/// What a note to somebody unknown may have; others may be longer.
const LONGEST_NOTE: usize = 300;

/// `POST /join/{org}`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path(org): Path<String>) -> Answer {
    let organization = visit::id(&org)?;
    let mut filled = Filled::of(visit.form());
    let Some(with) = read(&visit, &mut filled) else {
        return shown(&visit, organization, StatusCode::UNPROCESSABLE_ENTITY, filled).await;
    };
    let brings_code = matches!(with, Brings::Code(_));
    let command = AskToJoin { by: visit.caller()?, organization, with, once: visit.once("ask-to-join") };
    match visit.platform().ask_to_join(command).await {
        Ok(answer) => Ok(asked(&visit, answer.what, brings_code)),
        Err(error) => refused(&visit, organization, filled, error, brings_code).await,
    }
}

fn read(visit: &Visit, filled: &mut Filled) -> Option<Brings> {
    let form = visit.form();
    match form.value("method") {
        "code" if form.value("code").trim().is_empty() => {
            filled.phrase("code", &visit.t("fault-code-required"));
            None
        }
        "code" => Some(Brings::Code(form.secret("code"))),
        way @ ("approval" | "email_domain") => {
            let parse = |text: &str| match Note::parse(text)? {
                Some(note) if note.as_str().chars().count() > LONGEST_NOTE => Err(NotANote::TooLong),
                note => Ok(note),
            };
            let note = filled.take_if_any(visit.words(), "note", parse);
            let brings = if way == "approval" { Brings::Note(note) } else { Brings::EmailDomain(note) };
            (!filled.is_faulty()).then_some(brings)
        }
        _ => {
            filled.phrase("method-code", &visit.t("fault-method-required"));
            None
        }
    }
}

fn asked(visit: &Visit, asked: Asked, brings_code: bool) -> Response {
    match asked {
        Asked::Waits(view) => {
            let name = &view.organization.parts().name;
            let key = if brings_code { "notice-code-accepted" } else { "notice-asked" };
            visit.tell(Notice::of(key).with("organization", name));
            see_other(&format!("/join/requests/{}", view.request.id()))
        }
        Asked::Joined(view) => {
            visit.tell(Notice::of("notice-joined").with("organization", &view.organization.parts().name));
            see_other(&format!("/o/{}", view.organization.id()))
        }
    }
}

/// What stands against it, the page tells by itself; what ails a code, beside the code, and alike.
async fn refused(
    visit: &Visit,
    organization: OrganizationId,
    mut filled: Filled,
    error: VerbError<AskRefusal>,
    brings_code: bool,
) -> Answer {
    match &error {
        VerbError::Refused(AskRefusal::CodeRefused(_)) => {
            let words =
                of_code(visit, organization, "fault-code-refused", "fault-code-refused-unnamed").await?;
            filled.phrase("code", &words);
            shown(visit, organization, StatusCode::UNPROCESSABLE_ENTITY, filled).await
        }
        VerbError::Spent { until, .. } if brings_code => {
            let words = of_code(visit, organization, "fault-code-spent", "fault-code-spent-unnamed").await?;
            filled.phrase("code", &words.with("until", visit.moment(*until)));
            let page = shown(visit, organization, StatusCode::TOO_MANY_REQUESTS, filled).await;
            page.map(|it| waits(it, visit, *until))
        }
        VerbError::Refused(AskRefusal::TooSoon(again)) => {
            let page = shown(visit, organization, StatusCode::TOO_MANY_REQUESTS, Filled::default()).await;
            page.map(|it| waits(it, visit, *again))
        }
        VerbError::Refused(
            AskRefusal::AlreadyMember | AskRefusal::AlreadyPending(_) | AskRefusal::AlreadyInvited(_),
        ) => shown(visit, organization, StatusCode::CONFLICT, Filled::default()).await,
        VerbError::Refused(AskRefusal::InvitationOnly) => {
            shown(visit, organization, StatusCode::FORBIDDEN, Filled::default()).await
        }
        VerbError::Refused(AskRefusal::NotSignedIn | AskRefusal::NotFound)
        | VerbError::Spent { .. }
        | VerbError::KeyReused
        | VerbError::Busy
        | VerbError::Port(_) => {
            tracing::debug!(code = error.code(), "nobody asked to join");
            Err(Failure::from(error))
        }
    }
}

/// Who may see the organization's name reads it, and can choose approval; for others there is a code alone.
async fn of_code(
    visit: &Visit,
    organization: OrganizationId,
    named: &'static str,
    unnamed: &'static str,
) -> Result<Phrase, Failure> {
    match visit.platform().find_organization_to_join(&visit.caller()?, organization).await {
        Ok(it) => Ok(visit.t(named).with("organization", it.name)),
        Err(VerbError::Refused(_)) => Ok(visit.t(unnamed)),
        Err(error) => Err(error.into()),
    }
}

fn waits(mut page: Response, visit: &Visit, until: Timestamp) -> Response {
    let wait = until.since(visit.now()).as_secs() + 1;
    page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    page
}
