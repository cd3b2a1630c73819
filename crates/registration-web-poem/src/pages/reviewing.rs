//! Who asks to join, for those who may decide: oldest first, one by one or several at once.
pub(crate) mod card;
pub(crate) mod decide;
pub(crate) mod inbox;
pub(crate) mod many;
pub(crate) mod show;

use registration_domain::permission::Permission;

use crate::{access::Choice, failure::Failure, place::Place, visit::Visit};

/// The pages need what the verbs will ask for.
fn require(place: &Place) -> Result<(), Failure> {
    if place.may_review() {
        return Ok(());
    }
    let missing = Some(Permission::JOIN_REQUESTS_REVIEW);
    Err(Failure::Forbidden { code: "permission_missing", missing, exceeded: Vec::new() })
}

/// What whoever approves can give; an Owner makes Owners here as elsewhere.
fn choice(visit: &Visit, place: &Place) -> Choice {
    Choice::of(visit, place)
}
