//! The lists of an organization as files for spreadsheets, in the words of their pages.
use std::sync::Arc;

use poem::{IntoResponse, Response, handler, web::Path};
use registration_domain::{
    membership::MembershipState,
    page::{Page as Part, PageSize},
    view::{AuditFilter, AuditView, MemberFilter, MemberView},
};
use registration_edge_poem::csv::CsvFile;

use super::{audit, audit::AuditRow, users};
use crate::{access, failure::Failure, place::Place, visit::Visit};

/// Without this mark at its beginning, spreadsheets take UTF-8 for something else.
const MARK: char = '\u{feff}';

/// `GET /o/{org}/users/members.csv`: all members that the list would show, in its order.
#[handler]
pub(crate) async fn members(visit: Visit, Path(org): Path<String>) -> Result<Response, Failure> {
    let place = Place::of(&visit, &org).await?;
    let filter = users::member_filter(&visit, visit.query().value("tab") == "removed");
    let head =
        ["column-name", "label-email", "label-username", "access", "column-status", "column-last_sign_in"];
    let head = head.into_iter().chain(["column-joined", "column-removed", "column-removed-by", "column-why"]);
    let asked = Arc::new((visit.clone(), place, filter));
    let fetch = move |after| {
        let asked = Arc::clone(&asked);
        async move {
            let (visit, place, filter): &(Visit, Place, MemberFilter) = &asked;
            let found =
                visit.platform().list_members(&visit.caller()?, place.id(), filter, &part(after)).await?;
            Ok::<_, Failure>((found.rows, found.next))
        }
    };
    let words = visit.clone();
    let cells = move |it: MemberView| member(&words, it);
    Ok(CsvFile::stream("members.csv", marked(&visit, head), fetch, cells).await?.into_response())
}

/// `GET /o/{org}/audit.csv`: all lines of the log that its page would show.
#[handler]
pub(crate) async fn events(visit: Visit, Path(org): Path<String>) -> Result<Response, Failure> {
    let place = Place::of(&visit, &org).await?;
    let head = ["column-when", "column-who", "column-what", "column-whom", "column-before"];
    let head = head.into_iter().chain(["column-after", "column-why", "column-from-where"]);
    let asked = Arc::new((visit.clone(), place, audit::filter(&visit)));
    let fetch = move |after| {
        let asked = Arc::clone(&asked);
        async move {
            let (visit, place, filter): &(Visit, Place, AuditFilter) = &asked;
            let platform = visit.platform();
            let found =
                platform.list_audit_events(&visit.caller()?, place.id(), filter, &part(after)).await?;
            Ok::<_, Failure>((found.rows, found.next))
        }
    };
    let words = visit.clone();
    let cells = move |it: AuditView| event(&words, it);
    Ok(CsvFile::stream("audit-log.csv", marked(&visit, head), fetch, cells).await?.into_response())
}

fn part(after: Option<registration_domain::page::Position>) -> Part {
    Part { size: PageSize::new(100).unwrap_or(PageSize::DEFAULT), after }
}

fn marked(visit: &Visit, head: impl Iterator<Item = &'static str>) -> Vec<String> {
    let mut head: Vec<_> = head.map(|it| visit.t(it).to_string()).collect();
    if let Some(first) = head.first_mut() {
        first.insert(0, MARK);
    }
    head
}

fn member(visit: &Visit, it: MemberView) -> Vec<String> {
    let MemberView { membership, account, last_sign_in_at, joined_by: _, removed_by } = it;
    let (it, account) = (membership.parts(), account.parts());
    let (status, removed, why) = match &it.state {
        MembershipState::Active => ("status-active", String::new(), String::new()),
        MembershipState::Removed { at, by: _, reason } => {
            let why = reason.as_ref().map(ToString::to_string).unwrap_or_default();
            ("status-removed", visit.moment(at).to_string(), why)
        }
    };
    vec![
        account.name.full(),
        account.email.to_string(),
        account.username.to_string(),
        access::named(visit, &it.access),
        visit.t(status).to_string(),
        last_sign_in_at.map_or_else(|| visit.t("never").to_string(), |at| visit.moment(at).to_string()),
        visit.moment(it.joined_at).to_string(),
        removed,
        removed_by.map(|it| it.name.full()).unwrap_or_default(),
        why,
    ]
}

fn event(visit: &Visit, it: AuditView) -> Vec<String> {
    let AuditRow { at, who, by_href: _, action, label, about_href: _, before, after, reason, origin } =
        AuditRow::of(visit, it);
    let text = Option::unwrap_or_default;
    vec![at.to_string(), who, action.to_string(), label, text(before), text(after), text(reason), origin]
}
