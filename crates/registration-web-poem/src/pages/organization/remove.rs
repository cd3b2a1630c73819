//! Remove Access: a page names the person and the effect before anything happens.
use askama::Template;
use poem::{handler, http::StatusCode, web::Path};
use registration_domain::{
    access::Access,
    membership::MembershipState,
    note::Note,
    platform::VerbError,
    use_case::{managed_member::MemberRefusal, remove_member::RemoveMember},
    view::MemberView,
};

use super::permissions::find_other;
use crate::{
    failure::Failure,
    form::{Filled, Form},
    place::Place,
    shell::{Answer, Shell, page, page_with},
    visit::{Notice, Visit, see_other},
    words::Phrase,
};

#[derive(Template)]
#[template(path = "organization/remove.html")]
struct Page<'a> {
    shell: Shell<'a>,
    name: String,
    /// Where it is done already: when, and by whom.
    removed: Option<Phrase>,
    /// The invitations that end with it.
    pending: usize,
    is_last_owner: bool,
    filled: Filled,
}

/// `GET /o/{org}/users/{member}/remove`.
#[handler]
pub(crate) async fn show(visit: Visit, Path((org, member)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let found = find_other(&visit, &place, &member).await?;
    require(&place, &found)?;
    page(&confirm(&visit, &place, &found, visit.filled(&Form::default()), false).await?)
}

/// `POST /o/{org}/users/{member}/remove`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path((org, member)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let found = find_other(&visit, &place, &member).await?;
    let mut filled = Filled::of(visit.form());
    let reason = filled.take_if_any(visit.words(), "reason", Note::parse);
    if filled.is_faulty() {
        return page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &confirm(&visit, &place, &found, filled, false).await?,
        );
    }
    let (by, organization, member) = (visit.caller()?, place.id(), found.membership.id());
    match visit.platform().remove_member(RemoveMember { by, organization, member, reason }).await {
        Ok(()) => {
            let notice = Notice::of("notice-removed").with("who", found.account.parts().name.full());
            visit.tell(notice.with("organization", place.name()));
            Ok(see_other(&place.path("users")))
        }
        Err(VerbError::Refused(MemberRefusal::LastOwner)) => {
            page_with(StatusCode::CONFLICT, &confirm(&visit, &place, &found, filled, true).await?)
        }
        Err(VerbError::Refused(MemberRefusal::NotFound)) => {
            let found = find_other(&visit, &place, &found.membership.id().to_string()).await?;
            page_with(StatusCode::CONFLICT, &confirm(&visit, &place, &found, filled, false).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn confirm<'a>(
    visit: &'a Visit,
    place: &'a Place,
    found: &MemberView,
    filled: Filled,
    is_last_owner: bool,
) -> Result<Page<'a>, Failure> {
    let name = found.account.parts().name.full();
    let removed = match found.membership.parts().state {
        MembershipState::Active => None,
        MembershipState::Removed { at, .. } => {
            let by = found.removed_by.as_ref().map(|it| it.name.full()).unwrap_or_default();
            Some(
                visit
                    .t("remove-done-words")
                    .with("who", by)
                    .with("name", &name)
                    .with("when", visit.moment(at)),
            )
        }
    };
    let mut pending = 0;
    if removed.is_none() {
        let caller = visit.caller()?;
        let counted = visit.platform().count_pending_of(&caller, place.id(), found.membership.id());
        pending = counted.await?.number() as usize;
    }
    let key = match (removed.is_some(), is_last_owner) {
        (true, _) => "remove-done-title",
        (false, true) => "remove-last-owner-title",
        (false, false) => "remove-title",
    };
    let title = visit.t(key).with("name", &name).with("organization", place.name());
    let shell = Shell::new(visit, title).at(Some(place), "users").faulty(filled.is_faulty());
    Ok(Page { shell, name, removed, pending, is_last_owner, filled })
}

fn require(place: &Place, found: &MemberView) -> Result<(), Failure> {
    let missing = registration_domain::permission::Permission::MEMBERS_REMOVE;
    let forbidden = |code, missing| Err(Failure::Forbidden { code, missing, exceeded: Vec::new() });
    if !place.may_remove() {
        return forbidden("permission_missing", Some(missing));
    }
    if found.membership.parts().access == Access::Owner && !place.is_owner() {
        return forbidden("owner_required", None);
    }
    Ok(())
}
