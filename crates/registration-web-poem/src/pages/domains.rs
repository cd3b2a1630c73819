//! The e-mail domains of an organization: added, proven, and told what their people may do.
pub(crate) mod check;
pub(crate) mod list;
pub(crate) mod policy;
pub(crate) mod remove;
pub(crate) mod row;
pub(crate) mod show;
pub(crate) mod way;

use registration_domain::{permission::Permission, use_case::find_email_domain::ShownEmailDomain};

use crate::{
    failure::Failure,
    place::Place,
    visit::{self, Visit},
};

/// Where they are in an organization.
const PATH: &str = "email-domains";

/// The page itself needs what the verbs will ask for.
fn require(place: &Place) -> Result<(), Failure> {
    let missing = Some(Permission::ORGANIZATION_EDIT);
    let refused = Failure::Forbidden { code: "permission_missing", missing, exceeded: Vec::new() };
    if place.may_edit() { Ok(()) } else { Err(refused) }
}

async fn find(visit: &Visit, place: &Place, id: &str) -> Result<ShownEmailDomain, Failure> {
    Ok(visit.platform().find_email_domain(&visit.caller()?, place.id(), visit::id(id)?).await?)
}

/// The page of one of them.
fn path(place: &Place, found: &ShownEmailDomain) -> String {
    place.path(&format!("{PATH}/{}", found.view.domain.id()))
}
