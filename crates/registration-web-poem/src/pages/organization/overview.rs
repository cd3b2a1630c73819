//! An organization's first page: what is left to do, and what happened last.
use askama::Template;
use poem::{handler, web::Path};
use registration_domain::{
    page::{Page as Part, PageSize},
    view::{AuditFilter, PeopleCounts},
};

use super::audit::AuditRow;
use crate::{
    access,
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
        tasks: tasks(&visit, &place, counts),
        counts,
        events: events.into_iter().map(|it| AuditRow::of(&visit, it)).collect(),
    })
}

/// What an Owner does first; nothing once all of it is done.
fn tasks(visit: &Visit, place: &Place, counts: Option<PeopleCounts>) -> Vec<Task> {
    let Some(counts) = counts.filter(|_| place.is_owner()) else { return Vec::new() };
    let task = |key, href, is_done| Task { words: visit.t(key), href, is_done };
    let mut tasks = vec![
        task("task-invite", place.path("users/invite"), counts.members.active.number() > 1),
        task("task-second-owner", place.path("users"), counts.owners > 1),
    ];
    if let Some(mail) = visit.mail().filter(|_| visit.is_administrator()) {
        tasks.insert(0, task("task-mail", "/platform/email".to_owned(), mail.route().delivers()));
    }
    if tasks.iter().all(|it| it.is_done) { Vec::new() } else { tasks }
}
