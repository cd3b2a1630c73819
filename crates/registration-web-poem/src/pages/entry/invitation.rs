//! What a link offers, or what became of it. Opening it changes nothing, however often.
use askama::Template;
use poem::{
    Response, handler,
    http::{HeaderValue, StatusCode, header},
    web::Path,
};
use registration_domain::{
    platform::VerbError,
    refusal::Refusal,
    secret::Secret,
    use_case::{authenticate::SignedIn, follow_invitation::Followed, look_up_invitation::LookedUp},
};

use super::link_end::{End, settled};
use crate::{
    access,
    failure::Failure,
    shell::{Answer, Shell, page, page_with},
    visit::{Cookie, Visit, see_other},
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
    let mut answer = match follow(&visit).await? {
        Ok(it) => offered(&visit, &it),
        Err(end) => end.page(&visit),
    }?;
    answer.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(answer)
}

/// What the opened link offers, or where else it leads.
pub(super) async fn follow(visit: &Visit) -> Result<Result<LookedUp, End>, Failure> {
    let Some(token) = visit.invitation() else { return Ok(Err(End::Unknown)) };
    let by = visit.who().map(SignedIn::caller);
    match visit.platform().follow_invitation(token, by.as_ref()).await {
        Ok(Followed::Offered(it)) => Ok(Ok(it)),
        Ok(Followed::Ended(it)) => Ok(Err(End::Of(Box::new(it)))),
        Err(VerbError::Refused(_)) => Ok(Err(End::Unknown)),
        Err(error) => Err(error.into()),
    }
}

/// Somebody else was faster, or the link was of no use from the beginning: what became of it is told from now on.
pub(super) async fn refused(visit: &Visit, refusal: &(dyn Refusal + Sync)) -> Answer {
    match follow(visit).await? {
        Ok(_) => settled(visit, refusal),
        Err(end) => end.page(visit),
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
