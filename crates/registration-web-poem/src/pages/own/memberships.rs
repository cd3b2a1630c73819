//! A person belongs to any number of organizations, and goes from one to the other.
use askama::Template;
use poem::handler;
use registration_domain::view::MembershipView;

use crate::{
    access, listing,
    pages::join::own::{self, OwnRequest},
    shell::{Answer, Shell, page},
    visit::Visit,
};

#[derive(Template)]
#[template(path = "own/memberships.html")]
struct Page<'a> {
    shell: Shell<'a>,
    rows: Vec<Row>,
    requests: Vec<OwnRequest>,
    can_found: bool,
    next: Option<String>,
    first: Option<String>,
}

struct Row {
    it: MembershipView,
    access: String,
}

/// `GET /organizations`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    let who = visit.signed_in()?;
    let can_found = visit.platform().settings().founding_is_open || visit.is_administrator();
    let found = visit.platform().list_memberships(&who.caller(), &listing::part(&visit)?).await?;
    let (next, first) = (listing::next(&visit, &found)?, listing::first(&visit));
    let row = |it: MembershipView| Row { access: access::named(&visit, &it.membership.parts().access), it };
    let rows = found.rows.into_iter().map(row).collect();
    let shell = Shell::new(&visit, visit.t("memberships-title"));
    let requests = own::newest(&visit).await?;
    page(&Page { shell, rows, requests, can_found, next, first })
}
