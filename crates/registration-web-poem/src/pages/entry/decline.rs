//! The invitee may say no; they are asked once more, and the inviter reads why.
use askama::Template;
use poem::{handler, http::StatusCode};
use registration_domain::{
    note::Note,
    platform::VerbError,
    use_case::{decline_invitation::DeclineInvitation, look_up_invitation::LookedUp},
};

use super::invitation::{follow, refused};
use crate::{
    form::Filled,
    shell::{Answer, Shell, page, page_with},
    visit::{Cookie, Visit},
};

#[derive(Template)]
#[template(path = "entry/decline.html")]
struct Page<'a> {
    shell: Shell<'a>,
    it: &'a LookedUp,
    filled: Filled,
}

#[derive(Template)]
#[template(path = "entry/declined.html")]
struct Declined<'a> {
    shell: Shell<'a>,
    it: &'a LookedUp,
}

/// `GET /invitation/decline`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    match follow(&visit).await? {
        Ok(it) => page(&form(&visit, &it, Filled::default())),
        Err(end) => end.page(&visit),
    }
}

/// `POST /invitation/decline`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let it = match follow(&visit).await? {
        Ok(it) => it,
        Err(end) => return end.page(&visit),
    };
    let mut filled = Filled::of(visit.form());
    let reason = filled.take_if_any(visit.words(), "reason", Note::parse);
    if filled.is_faulty() {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(&visit, &it, filled));
    }
    let token = visit.invitation().cloned().ok_or(crate::failure::Failure::NotFound)?;
    let (block, origin, once) = (visit.form().has("block"), visit.origin(), visit.once("decline"));
    match visit.platform().decline_invitation(DeclineInvitation { token, reason, block, origin, once }).await
    {
        Ok(_) => {
            visit.send(Cookie::end_invitation());
            page(&Declined { shell: Shell::new(&visit, visit.t("declined-title")), it: &it })
        }
        Err(VerbError::Refused(refusal)) => refused(&visit, &refusal).await,
        Err(error) => Err(error.into()),
    }
}

fn form<'a>(visit: &'a Visit, it: &'a LookedUp, filled: Filled) -> Page<'a> {
    let title = visit.t("decline-title").with("organization", &it.organization);
    Page { shell: Shell::new(visit, title).faulty(filled.is_faulty()), it, filled }
}
