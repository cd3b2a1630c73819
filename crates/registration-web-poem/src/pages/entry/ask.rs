//! Who comes too late asks for a new invitation with one click.
use askama::Template;
use poem::handler;
use registration_domain::{platform::VerbError, use_case::wish_for_new_invitation::WishForNewInvitation};

use super::invitation::refused;
use crate::{
    shell::{Answer, Shell, page},
    visit::{Visit, see_other},
};

#[derive(Template)]
#[template(path = "entry/asked.html")]
struct Asked<'a> {
    shell: Shell<'a>,
}

/// `POST /invitation/ask`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let Some(token) = visit.invitation().cloned() else { return Ok(see_other("/invitation")) };
    let wish = WishForNewInvitation { token, origin: visit.origin(), once: visit.once("ask") };
    match visit.platform().wish_for_new_invitation(wish).await {
        Ok(_) => page(&Asked { shell: Shell::new(&visit, visit.t("asked-title")) }),
        Err(VerbError::Refused(refusal)) => refused(&visit, &refusal).await,
        Err(error) => Err(error.into()),
    }
}
