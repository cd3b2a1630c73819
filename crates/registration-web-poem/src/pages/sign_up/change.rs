//! Another address: back to the form, with all that was filled in but the passwords.
use poem::{Response, handler};

use super::Begun;
use crate::visit::{Visit, see_other};

/// `POST /sign-up/change`.
#[handler]
pub(crate) fn submit(visit: Visit) -> Response {
    let next = Begun::of(&visit).map(|it| it.next).unwrap_or_default();
    let change = if visit.form().has("suggested") { "suggested" } else { "address" };
    see_other(&format!("/sign-up?change={change}&next={}", next.key()))
}
