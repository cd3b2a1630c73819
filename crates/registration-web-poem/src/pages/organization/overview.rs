//! An organization's first page: what is left to do, and what happened last.
use askama::Template;
use poem::{handler, web::Path};
use registration_domain::{
    access::Access,
    page::{Page as Part, PageSize},
    view::{AuditFilter, MemberFilter, PeopleCounts},
};

use super::audit::AuditRow;
use crate::{
    access,
    failure::Failure,
    outgoing_mail::OutgoingRoute,
    place::Place,
    shell::{Answer, Shell, page},
    visit::Visit,
    words::Phrase,
};

#[derive(Template)]
#[template(path = "organization/overview.html")]
struct Page<'a> {
    shell: Shell<'a>,
    access: String,
    tasks: Vec<Task>,
    counts: Option<PeopleCounts>,
    events: Vec<AuditRow>,
}

struct Task {
    words: Phrase,
    href: String,
    is_done: bool,
}

/// `GET /o/{org}`.
#[handler]
pub(crate) async fn show(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let events = if place.may_see_audit() {
        let part = Part::first(PageSize::new(10).unwrap_or(PageSize::DEFAULT));
        let filter = AuditFilter::default();
        visit.platform().list_audit_events(&visit.caller()?, place.id(), &filter, &part).await?.rows
    } else {
        Vec::new()
    };
    let mut counts = None;
    if place.may_view_members() {
        counts = Some(visit.platform().count_people(&visit.caller()?, place.id()).await?);
    }
    page(&Page {
        shell: Shell::new(&visit, place.name()).at(Some(&place), "overview"),
        access: access::named(&visit, place.access()),
        tasks: tasks(&visit, &place).await?,
        counts,
        events: events.into_iter().map(|it| AuditRow::of(&visit, it)).collect(),
    })
}

/// What an Owner does first; nothing once all of it is done.
async fn tasks(visit: &Visit, place: &Place) -> Result<Vec<Task>, Failure> {
    if !place.is_owner() {
        return Ok(Vec::new());
    }
    let many = Part::first(PageSize::new(100).unwrap_or(PageSize::DEFAULT));
    let (caller, filter) = (visit.caller()?, MemberFilter::default());
    let members = visit.platform().list_members(&caller, place.id(), &filter, &many).await?.rows;
    let owners = members.iter().filter(|it| it.membership.parts().access == Access::Owner).count();
    let task = |key, href, is_done| Task { words: visit.t(key), href, is_done };
    let mut tasks = vec![
        task("task-invite", place.path("users/invite"), members.len() > 1),
        task("task-second-owner", place.path("users"), owners > 1),
    ];
    if let Some(mail) =
        visit.mail().filter(|_| visit.who().is_some_and(|it| it.account.parts().administrator))
    {
        let is_set_up = matches!(mail.route(), OutgoingRoute::Server { .. });
        tasks.insert(0, task("task-mail", "/platform/email".to_owned(), is_set_up));
    }
    Ok(if tasks.iter().all(|it| it.is_done) { Vec::new() } else { tasks })
}
