//! What a link offers, or what became of it. Opening it changes nothing, however often.
use askama::Template;
use poem::{
    Response, handler,
    http::{HeaderValue, StatusCode, header},
    web::Path,
};
use registration_domain::{
    platform::VerbError,
    refusal::{Refusal, RefusalKind},
    secret::Secret,
    use_case::look_up_invitation::{LinkRefusal, LookedUp},
};

use crate::{
    access,
    failure::Failure,
    shell::{Answer, Shell, page, page_with},
    visit::{Cookie, Visit, see_other},
    words::Phrase,
};

/// So many permissions are told at once; the rest on demand.
const TOLD: usize = 5;

#[derive(Template)]
#[template(path = "entry/invitation.html")]
struct Offer<'a> {
    shell: Shell<'a>,
    it: &'a LookedUp,
    access: String,
    first: Vec<String>,
    rest: Vec<String>,
    note: Vec<String>,
}

#[derive(Template)]
#[template(path = "entry/invitation_wrong_account.html")]
struct WrongAccount<'a> {
    shell: Shell<'a>,
    invited: String,
}

#[derive(Template)]
#[template(path = "entry/invitation_state.html")]
struct Settled<'a> {
    shell: Shell<'a>,
    words: Phrase,
    can_ask: bool,
    can_sign_in: bool,
    can_go_on: bool,
}

/// `GET /i/{token}`: the token leaves the address.
#[handler]
pub(crate) fn open(visit: Visit, Path(token): Path<String>) -> Response {
    visit.send(Cookie::invitation(&Secret::new(token)));
    let mut answer = see_other("/invitation");
    answer.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}

/// `GET /invitation`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    let mut answer = match look_up(&visit).await? {
        Ok(it) => offered(&visit, &it),
        Err(refusal) => settled(&visit, &refusal),
    }?;
    answer.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(answer)
}

/// What the opened link offers, or why nothing.
pub(super) async fn look_up(visit: &Visit) -> Result<Result<LookedUp, LinkRefusal>, Failure> {
    let Some(token) = visit.invitation() else { return Ok(Err(LinkRefusal::Unknown)) };
    match visit.platform().look_up_invitation(token).await {
        Ok(it) => Ok(Ok(it)),
        Err(VerbError::Refused(refusal)) => Ok(Err(refusal)),
        Err(error) => Err(error.into()),
    }
}

fn offered(visit: &Visit, it: &LookedUp) -> Answer {
    let wrong = visit.who().is_some_and(|who| !who.account.parts().email.is_same_mailbox(&it.email));
    if wrong {
        return for_someone_else(visit, it.email.as_str());
    }
    let title = visit.t("invitation-title").with("organization", &it.organization);
    let mut first = access::allowed(visit, &it.access);
    let rest = if first.len() > TOLD + 1 { first.split_off(TOLD) } else { Vec::new() };
    let note = it.note.as_ref().map(|it| it.as_str().lines().map(str::to_owned).collect());
    let access = access::named(visit, &it.access);
    page(&Offer { shell: Shell::new(visit, title), it, access, first, rest, note: note.unwrap_or_default() })
}

/// Nothing is accepted for the wrong person.
pub(super) fn for_someone_else(visit: &Visit, invited: &str) -> Answer {
    let shell = Shell::new(visit, visit.t("invitation-wrong-account-title"));
    page_with(StatusCode::FORBIDDEN, &WrongAccount { shell, invited: invited.to_owned() })
}

/// What became of the invitation, or what ails the link, in its own words.
pub(super) fn settled(visit: &Visit, refusal: &dyn Refusal) -> Answer {
    let (kind, code) = refusal.told();
    let status = match kind {
        RefusalKind::NotFound => StatusCode::NOT_FOUND,
        RefusalKind::Gone => StatusCode::GONE,
        RefusalKind::Invalid
        | RefusalKind::Unauthenticated
        | RefusalKind::Forbidden
        | RefusalKind::Conflict
        | RefusalKind::Limited
        | RefusalKind::Stale
        | RefusalKind::Unavailable => StatusCode::CONFLICT,
    };
    let is_in = visit.who().is_some();
    let has_come_in = matches!(code, "invitation_already_accepted" | "already_member");
    page_with(
        status,
        &Settled {
            shell: Shell::new(visit, visit.t(format!("state-{code}"))),
            words: visit.t(format!("state-{code}-words")),
            can_ask: code == "invitation_expired",
            can_sign_in: has_come_in && !is_in,
            can_go_on: has_come_in && is_in,
        },
    )
}
