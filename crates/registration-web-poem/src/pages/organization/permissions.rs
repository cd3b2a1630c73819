//! Manage Permissions: who changes an access sees what it was, and nobody overwrites what they did not see.
use askama::Template;
use poem::{Response, handler, http::StatusCode, web::Path};
use registration_domain::{
    access::Access,
    platform::VerbError,
    revision::Revision,
    use_case::{change_access::ChangeAccess, managed_member::MemberRefusal},
    view::MemberView,
};

use super::invite::at_choice;
use crate::{
    access::{self, Choice},
    failure::Failure,
    form::{Filled, Form},
    place::Place,
    shell::{Answer, Shell, page, page_with},
    visit::{self, Notice, Visit, see_other},
    words::Phrase,
};

#[derive(Template)]
#[template(path = "organization/permissions.html")]
struct Page<'a> {
    shell: Shell<'a>,
    name: String,
    email: String,
    id: String,
    revision: u32,
    current: String,
    allowed: Vec<String>,
    choice: Choice,
    filled: Filled,
    can_hand_over: bool,
}

#[derive(Template)]
#[template(path = "organization/permissions_stale.html")]
struct Stale<'a> {
    shell: Shell<'a>,
    words: Phrase,
    yours: Vec<String>,
    theirs: Vec<String>,
    yours_named: String,
    theirs_named: String,
    kept: Vec<(String, String)>,
    revision: u32,
    path: String,
}

/// `GET /o/{org}/users/{member}/permissions`.
#[handler]
pub(crate) async fn show(visit: Visit, Path((org, member)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let found = find_other(&visit, &place, &member).await?;
    require(&place)?;
    let form = access::written(Form::default(), &found.membership.parts().access);
    page(&own_page(&visit, &place, &found, visit.filled(&form)))
}

/// `POST /o/{org}/users/{member}/permissions`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path((org, member)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let found = find_other(&visit, &place, &member).await?;
    let mut filled = Filled::of(visit.form());
    let first = Choice::of(&visit, &place).first();
    let Some(access) = access::read(&visit, &mut filled, visit.form(), first) else {
        return refused(&visit, &place, &found, filled);
    };
    let seen = Revision(visit.form().value("revision").parse().map_err(|_| Failure::NotFound)?);
    let (by, organization, member) = (visit.caller()?, place.id(), found.membership.id());
    let command = ChangeAccess { by, organization, member, access: access.clone(), seen };
    match visit.platform().change_access(command).await {
        Ok(_) => Ok(changed(&visit, &place, &found, &access)),
        // The same form sent twice has done what it asked for.
        Err(VerbError::Refused(MemberRefusal::Stale)) if found.membership.parts().access == access => {
            Ok(changed(&visit, &place, &found, &access))
        }
        Err(VerbError::Refused(MemberRefusal::Stale)) => stale(&visit, &place, &found, &access).await,
        Err(VerbError::Refused(MemberRefusal::Fields(faults))) => {
            for fault in &faults {
                filled.refuse(visit.words(), &at_choice(fault));
            }
            refused(&visit, &place, &found, filled)
        }
        Err(error) => Err(error.into()),
    }
}

/// A member other than the visitor, for nobody changes their own access.
pub(super) async fn find_other(visit: &Visit, place: &Place, member: &str) -> Result<MemberView, Failure> {
    let caller = visit.caller()?;
    let found = visit.platform().find_member(&caller, place.id(), visit::id(member)?).await?;
    if found.account.id() == caller.account {
        return Err(Failure::Forbidden { code: "own_access", missing: None, exceeded: Vec::new() });
    }
    Ok(found)
}

fn own_page<'a>(visit: &'a Visit, place: &'a Place, found: &MemberView, filled: Filled) -> Page<'a> {
    let (parts, account) = (found.membership.parts(), found.account.parts());
    let title = visit.t("permissions-title").with("name", account.name.full());
    Page {
        shell: Shell::new(visit, title).at(Some(place), "users").faulty(filled.is_faulty()),
        name: account.name.full(),
        email: account.email.to_string(),
        id: parts.id.to_string(),
        revision: parts.revision.0,
        current: access::named(visit, &parts.access),
        allowed: access::allowed(visit, &parts.access),
        choice: Choice::of(visit, place),
        can_hand_over: place.is_owner() && parts.access != Access::Owner,
        filled,
    }
}

fn refused(visit: &Visit, place: &Place, found: &MemberView, filled: Filled) -> Answer {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &own_page(visit, place, found, filled))
}

/// Both versions side by side; nothing is lost, and nothing overwritten unseen.
async fn stale(visit: &Visit, place: &Place, found: &MemberView, wanted: &Access) -> Answer {
    let (parts, name) = (found.membership.parts(), found.account.parts().name.full());
    let title = visit.t("stale-title").with("name", &name);
    let last = visit.platform().last_access_change(&visit.caller()?, place.id(), parts.id).await?;
    let words = match last.and_then(|it| it.by.map(|by| (by, it.at))) {
        Some((by, at)) => visit.t("stale-words").with("who", by.name.full()).with("when", visit.moment(at)),
        None => visit.t("stale-words-unknown"),
    };
    page_with(
        StatusCode::CONFLICT,
        &Stale {
            shell: Shell::new(visit, title).at(Some(place), "users").faulty(true),
            words: words.with("name", name),
            yours: access::allowed(visit, wanted),
            theirs: access::allowed(visit, &parts.access),
            yours_named: access::named(visit, wanted),
            theirs_named: access::named(visit, &parts.access),
            kept: access::written(Form::default(), wanted).fields().to_vec(),
            revision: parts.revision.0,
            path: place.path("users"),
        },
    )
}

/// Tells the difference, both ways.
fn changed(visit: &Visit, place: &Place, found: &MemberView, after: &Access) -> Response {
    let before = access::allowed(visit, &found.membership.parts().access);
    let after_allowed = access::allowed(visit, after);
    let without = |these: &[String], those: &[String]| {
        these.iter().filter(|it| !those.contains(it)).cloned().collect::<Vec<_>>().join(", ")
    };
    let (gained, lost) = (without(&after_allowed, &before), without(&before, &after_allowed));
    let key = match (gained.is_empty(), lost.is_empty()) {
        (false, false) => "notice-access-both",
        (false, true) => "notice-access-gained",
        (true, false) => "notice-access-lost",
        (true, true) => "notice-access-same",
    };
    let who = found.account.parts().name.full();
    let notice = Notice::of(key).with("who", who).with("access", access::named(visit, after));
    visit.tell(notice.with("gained", gained).with("lost", lost));
    see_other(&place.path("users"))
}

fn require(place: &Place) -> Result<(), Failure> {
    let missing = registration_domain::permission::Permission::MEMBERS_MANAGE_ACCESS;
    if place.may_manage_access() {
        return Ok(());
    }
    Err(Failure::Forbidden { code: "permission_missing", missing: Some(missing), exceeded: Vec::new() })
}
