//! A code that is revoked stops working at once; whoever revokes it is asked once more.
use askama::Template;
use poem::{handler, web::Path};
use registration_domain::{
    platform::VerbError,
    use_case::revoke_employee_code::{CodeRefusal, RevokeEmployeeCode},
    view::EmployeeCodeView,
};

use super::{label, require};
use crate::{
    failure::Failure,
    place::Place,
    shell::{Answer, Shell, page},
    visit::{self, Notice, Visit, see_other},
};

#[derive(Template)]
#[template(path = "codes/revoke.html")]
struct Page<'a> {
    shell: Shell<'a>,
}

/// `GET /o/{org}/employee-codes/{id}/revoke`.
#[handler]
pub(crate) async fn show(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let it = find(&visit, &place, &id).await?;
    let title = visit.t("code-revoke-title").with("label", label(&visit, &it));
    page(&Page { shell: Shell::new(&visit, title).at(Some(&place), "requests") })
}

/// `POST /o/{org}/employee-codes/{id}/revoke`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let it = find(&visit, &place, &id).await?;
    let code = it.code.code.id();
    let command = RevokeEmployeeCode { by: visit.caller()?, organization: place.id(), code };
    match visit.platform().revoke_employee_code(command).await {
        // Whoever was faster has done what was asked for.
        Ok(()) | Err(VerbError::Refused(CodeRefusal::NotFound)) => {
            visit.tell(Notice::of("notice-code-revoked").with("who", label(&visit, &it)));
            Ok(see_other(&place.path("employee-codes")))
        }
        Err(error) => Err(error.into()),
    }
}

async fn find(visit: &Visit, place: &Place, id: &str) -> Result<EmployeeCodeView, Failure> {
    require(place)?;
    Ok(visit.platform().find_employee_code(&visit.caller()?, place.id(), visit::id(id)?).await?)
}
