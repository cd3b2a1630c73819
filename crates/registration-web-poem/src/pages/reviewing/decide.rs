//! Approving with an access, or rejecting with a reason or without; whoever comes too late learns who was faster.
use poem::{handler, http::StatusCode, web::Path};
use registration_domain::{
    note::Note,
    platform::VerbError,
    use_case::decide_join_request::{DecideJoinRequest, Decision, ReviewRefusal},
};

use super::{choice, show};
use crate::{
    access,
    form::Filled,
    pages::organization::invite::at_choice,
    place::Place,
    shell::Answer,
    visit::{Notice, Visit, see_other},
};

/// `POST /o/{org}/requests/{id}/approve`.
#[handler]
pub(crate) async fn approve(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let found = show::find(&visit, &place, &id).await?;
    let mut filled = Filled::of(visit.form());
    let first = choice(&visit, &place).first();
    let Some(access) = access::read(&visit, &mut filled, visit.form(), first) else {
        return show::shown(&visit, &place, &found, StatusCode::UNPROCESSABLE_ENTITY, filled);
    };
    decide(&visit, &place, &id, Decision::Approve { access }, filled, "notice-request-approved").await
}

/// `POST /o/{org}/requests/{id}/reject`.
#[handler]
pub(crate) async fn reject(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let found = show::find(&visit, &place, &id).await?;
    let mut filled = Filled::of(visit.form());
    let reason = filled.take_if_any(visit.words(), "reason", Note::parse);
    if filled.is_faulty() {
        return show::shown(&visit, &place, &found, StatusCode::UNPROCESSABLE_ENTITY, filled);
    }
    decide(&visit, &place, &id, Decision::Reject { reason }, filled, "notice-request-rejected").await
}

async fn decide(
    visit: &Visit,
    place: &Place,
    id: &str,
    decision: Decision,
    mut filled: Filled,
    notice: &'static str,
) -> Answer {
    let found = show::find(visit, place, id).await?;
    let command = DecideJoinRequest {
        by: visit.caller()?,
        organization: place.id(),
        request: found.0.request.id(),
        decision,
        once: visit.once("decide-join-request"),
    };
    match visit.platform().decide_join_request(command).await {
        Ok(answer) => {
            visit.tell(Notice::of(notice).with("who", answer.what.account.parts().name.full()));
            Ok(see_other(&place.path("requests")))
        }
        Err(VerbError::Refused(ReviewRefusal::Fields(faults))) => {
            for fault in &faults {
                filled.refuse(visit.words(), &at_choice(fault));
            }
            show::shown(visit, place, &found, StatusCode::UNPROCESSABLE_ENTITY, filled)
        }
        // What became of it meanwhile stands on its page.
        Err(VerbError::Refused(ReviewRefusal::AlreadyDecided { .. })) => {
            let found = show::find(visit, place, id).await?;
            show::shown(visit, place, &found, StatusCode::CONFLICT, Filled::default())
        }
        Err(error) => Err(error.into()),
    }
}
