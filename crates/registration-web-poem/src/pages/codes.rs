//! Employee codes: an organization makes them one by one or many at once, and each is shown once.
pub(crate) mod list;
pub(crate) mod make;
pub(crate) mod revoke;

use registration_domain::{employee_code::Entry, permission::Permission, view::EmployeeCodeView};

use crate::{access, failure::Failure, place::Place, visit::Visit, words::Phrase};

fn require(place: &Place) -> Result<(), Failure> {
    if place.may_manage_codes() {
        return Ok(());
    }
    let missing = Some(Permission::EMPLOYEE_CODES_MANAGE);
    Err(Failure::Forbidden { code: "permission_missing", missing, exceeded: Vec::new() })
}

/// What the organization calls it.
fn label(visit: &Visit, it: &EmployeeCodeView) -> String {
    let label = it.code.code.parts().label.as_ref();
    label.map_or_else(|| visit.t("code-unlabelled").to_string(), ToString::to_string)
}

/// What a right one opens.
fn opens(visit: &Visit, it: &EmployeeCodeView) -> Phrase {
    match &it.code.code.parts().entry {
        Entry::Review { suggested: None } => visit.t("code-reviews"),
        Entry::Review { suggested: Some(access) } => {
            visit.t("code-reviews-with").with("access", access::named(visit, access))
        }
        Entry::Admit { access } => visit.t("code-admits").with("access", access::named(visit, access)),
    }
}
