//! One invitation: what became of it, and what the inviting side can do: send it again, correct it, take it back.
use askama::Template;
use poem::{Response, handler, http::StatusCode, web::Path};
use registration_domain::{
    email::Email,
    platform::VerbError,
    use_case::{
        amend_invitation::{AmendInvitation, Amendment},
        explain_invitation::NextStep,
        managed_invitation::ManageRefusal,
    },
    view::InvitationView,
};

use super::{invitation_row::InvitationRow, invite::at_choice};
use crate::{
    access::{self, Choice},
    failure::Failure,
    form::{Filled, Form},
    place::Place,
    shell::{Answer, Shell, page, page_with},
    visit::{self, Notice, Visit, see_other},
};

#[derive(Template)]
#[template(path = "organization/invitation.html")]
struct Page<'a> {
    shell: Shell<'a>,
    row: InvitationRow,
    allowed: Vec<String>,
    is_backed: bool,
    choice: Choice,
    filled: Filled,
}

/// `GET /o/{org}/invitations/{id}`.
#[handler]
pub(crate) async fn show(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let found = find(&visit, &place, &id).await?;
    let parts = found.invitation.parts();
    let form = access::written(Form::default().set("email", parts.email.as_str()), &parts.access);
    page(&own_page(&visit, &place, found, visit.filled(&form)).await?)
}

/// `POST /o/{org}/invitations/{id}`: corrects it.
#[handler]
pub(crate) async fn correct(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let found = find(&visit, &place, &id).await?;
    let mut filled = Filled::of(visit.form());
    let email = filled.take(visit.words(), "email", Email::parse);
    let first = Choice::of(&visit, &place).first();
    let access = access::read(&visit, &mut filled, visit.form(), first);
    if !filled.is_faulty() {
        let before = found.invitation.parts();
        let amendment = Amendment::Correct {
            email: email.filter(|it| *it != before.email),
            access: access.or_else(|| Some(before.access.clone())),
        };
        match amend(&visit, &place, &id, amendment, "correct").await {
            Err(VerbError::Refused(ManageRefusal::Fields(faults))) => {
                for fault in &faults {
                    filled.refuse(visit.words(), &at_choice(fault));
                }
            }
            Err(VerbError::Refused(
                why @ (ManageRefusal::AlreadyMember
                | ManageRefusal::AlreadyInvited(_)
                | ManageRefusal::Blocked),
            )) => {
                let code = registration_domain::refusal::Refusal::code(&why);
                filled.phrase("email", &visit.t(format!("refusal-{code}")));
            }
            done => return Ok(resent(&visit, &place, done?)),
        }
    }
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &own_page(&visit, &place, found, filled).await?)
}

/// `POST /o/{org}/invitations/{id}/resend`.
#[handler]
pub(crate) async fn resend(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let sent = amend(&visit, &place, &id, Amendment::Resend, "resend").await?;
    Ok(resent(&visit, &place, sent))
}

/// The invitation of this id, if it is one of this organization.
pub(super) async fn find(visit: &Visit, place: &Place, id: &str) -> Result<InvitationView, Failure> {
    Ok(visit.platform().find_invitation(&visit.caller()?, place.id(), visit::id(id)?).await?)
}

async fn amend(
    visit: &Visit,
    place: &Place,
    id: &str,
    amendment: Amendment,
    route: &'static str,
) -> Result<InvitationView, VerbError<ManageRefusal>> {
    let not_found = |_| VerbError::Refused(ManageRefusal::NotFound);
    let (by, invitation) = (visit.caller().map_err(not_found)?, visit::id(id).map_err(not_found)?);
    let (organization, once) = (place.id(), visit.once(route));
    let command = AmendInvitation { by, organization, invitation, amendment, once };
    Ok(visit.platform().amend_invitation(command).await?.what)
}

fn resent(visit: &Visit, place: &Place, sent: InvitationView) -> Response {
    let parts = sent.invitation.parts();
    let notice = Notice::of("notice-resent").with("email", &parts.email);
    visit.tell(notice.with("when", visit.moment(parts.expires_at)));
    see_other(&place.path("users?tab=pending"))
}

async fn own_page<'a>(
    visit: &'a Visit,
    place: &'a Place,
    found: InvitationView,
    filled: Filled,
) -> Result<Page<'a>, Failure> {
    let id = found.invitation.id();
    let explained = visit.platform().explain_invitation(&visit.caller()?, place.id(), id).await?;
    let failed = found.delivery.state == registration_domain::message::DeliveryState::Failed;
    let row = InvitationRow::of(visit, found);
    let waits = explained.next.contains(&NextStep::Wait);
    let pending = explained.state == registration_domain::view::ListedState::Pending;
    let allowed = access::allowed(visit, &row.it.invitation.parts().access);
    let title = visit.t("invitation-page-title").with("email", &row.email);
    let shell = Shell::new(visit, title).at(Some(place), "users").faulty(filled.is_faulty());
    let is_backed = !pending || waits || failed;
    Ok(Page { shell, row, allowed, is_backed, choice: Choice::of(visit, place), filled })
}
