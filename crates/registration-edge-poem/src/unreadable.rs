//! A request that could not be read as HTTP is answered like any other: with a problem, headers and an id.

use poem::{
    Request,
    http::{Method, StatusCode},
};

/// Marks the stand-in for a request whose head could not be read; it is refused with this status.
///
/// The listener asks the application for the answer, so that it goes through the same layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable(pub StatusCode);

impl Unreadable {
    /// The stand-in: a method that no route has, so an application without the layers refuses it, too.
    pub(crate) fn stand_in(self) -> Request {
        let method = Method::from_bytes(b"UNREADABLE").unwrap_or(Method::TRACE);
        let mut request = Request::builder().method(method).finish();
        request.set_data(self);
        request
    }
}
