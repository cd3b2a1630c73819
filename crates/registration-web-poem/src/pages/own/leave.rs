//! Anybody but the last Owner may leave; they are asked once more.
use askama::Template;
use poem::{handler, http::StatusCode, web::Path};
use registration_domain::{
    membership::MembershipId,
    page::{Page as Part, PageSize},
    platform::VerbError,
    use_case::managed_member::MemberRefusal,
    view::MembershipView,
};

use crate::{
    failure::Failure,
    shell::{Answer, Shell, page, page_with},
    visit::{self, Notice, Visit, see_other},
};

#[derive(Template)]
#[template(path = "own/leave.html")]
struct Page<'a> {
    shell: Shell<'a>,
    it: &'a MembershipView,
    is_last_owner: bool,
}

/// `GET /organizations/{membership}/leave`.
#[handler]
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let it = membership(&visit, visit::id(&id)?).await?;
    page(&confirm(&visit, &it, false))
}

/// `POST /organizations/{membership}/leave`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path(id): Path<String>) -> Answer {
    let it = membership(&visit, visit::id(&id)?).await?;
    match visit.platform().leave(&visit.caller()?, it.membership.id()).await {
        Ok(()) => {
            visit.tell(Notice::of("notice-left").with("organization", &it.organization.parts().name));
            Ok(see_other("/organizations"))
        }
        Err(VerbError::Refused(MemberRefusal::LastOwner)) => {
            page_with(StatusCode::CONFLICT, &confirm(&visit, &it, true))
        }
        Err(error) => Err(error.into()),
    }
}

fn confirm<'a>(visit: &'a Visit, it: &'a MembershipView, is_last_owner: bool) -> Page<'a> {
    let key = if is_last_owner { "leave-last-owner-title" } else { "leave-title" };
    let title = visit.t(key).with("organization", &it.organization.parts().name);
    Page { shell: Shell::new(visit, title), it, is_last_owner }
}

async fn membership(visit: &Visit, id: MembershipId) -> Result<MembershipView, Failure> {
    let caller = visit.caller()?;
    let mut part = Part::first(PageSize::new(100).unwrap_or(PageSize::DEFAULT));
    loop {
        let found = visit.platform().list_memberships(&caller, &part).await?;
        if let Some(it) = found.rows.into_iter().find(|it| it.membership.id() == id) {
            return Ok(it);
        }
        part.after = Some(found.next.ok_or(Failure::NotFound)?);
    }
}
