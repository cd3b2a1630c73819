//! The first page leads to where the visitor belongs, or to where somebody without an organization begins.
use askama::Template;
use poem::handler;
use registration_domain::page::{Page, PageSize};

use crate::{
    pages::{
        domains::way::Way,
        join::own::{self, OwnRequest},
        own::invitations::{self, Waiting},
    },
    shell::{Answer, Shell, page},
    visit::{Visit, see_other},
};

#[derive(Template)]
#[template(path = "own/start.html")]
struct Start<'a> {
    shell: Shell<'a>,
    can_found: bool,
    way: Option<Way>,
    requests: Vec<OwnRequest>,
    invitations: Vec<Waiting>,
}

/// `GET /`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    let caller = visit.caller()?;
    let two = Page::first(PageSize::new(2).unwrap_or(PageSize::DEFAULT));
    let found = visit.platform().list_memberships(&caller, &two).await?.rows;
    Ok(match found.as_slice() {
        [] => see_other("/start"),
        [only] => see_other(&format!("/o/{}", only.organization.id())),
        _ => see_other("/organizations"),
    })
}

/// `GET /start`.
#[handler]
pub(crate) async fn start(visit: Visit) -> Answer {
    let way = Way::of(&visit).await?;
    visit.signed_in()?;
    let can_found = visit.platform().settings().founding_is_open || visit.is_administrator();
    let (requests, invitations) = (own::waiting(&visit).await?, invitations::waiting(&visit).await?);
    let shell = Shell::new(&visit, visit.t("start-title"));
    page(&Start { shell, can_found, way, requests, invitations })
}
