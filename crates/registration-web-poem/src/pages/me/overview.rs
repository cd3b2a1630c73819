//! All that is one's own on one page: each detail with a way to change it.
use askama::Template;
use poem::handler;
use registration_domain::{
    account::AccountParts,
    page::{Page as Part, PageSize},
    view::MembershipView,
};

use crate::{
    access,
    shell::{Answer, Shell, page},
    visit::Visit,
    words::{Words, place_of},
};

#[derive(Template)]
#[template(path = "me/overview.html")]
struct Page<'a> {
    shell: Shell<'a>,
    it: &'a AccountParts,
    language: String,
    place: String,
    rows: Vec<Row>,
    has_more: bool,
}

struct Row {
    it: MembershipView,
    access: String,
}

/// `GET /me`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    let who = visit.signed_in()?;
    let part = Part::first(PageSize::DEFAULT);
    let found = visit.platform().list_memberships(&who.caller(), &part).await?;
    let row = |it: MembershipView| Row { access: access::named(&visit, &it.membership.parts().access), it };
    let it = who.account.parts();
    let spoken = it.locale.as_ref().and_then(|it| Words::wished(it.as_str())).unwrap_or(visit.words());
    page(&Page {
        shell: Shell::new(&visit, visit.t("me-title")),
        it,
        language: spoken.name().to_owned(),
        place: place_of(visit.zone().name()),
        has_more: found.next.is_some(),
        rows: found.rows.into_iter().map(row).collect(),
    })
}
