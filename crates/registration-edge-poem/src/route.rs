//! What is told about a request's route is its pattern, never its address, which may hold a token.

use poem::{Error, PathPattern, Response, http::Method};

/// What is logged and counted where no route matched.
pub const UNMATCHED: &str = "(unmatched)";

/// The methods of a route, as the value of an `Allow` header; attach it to a 405 by `Error::set_data`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowedMethods(pub String);

/// The pattern of the route that answered, such as `/i/:token`.
pub(crate) fn pattern_of(answer: &Response) -> &str {
    answer.data::<PathPattern>().map_or(UNMATCHED, |pattern| &pattern.0)
}

/// The pattern of the route that answered or failed.
pub(crate) fn pattern_noted(outcome: &Result<Response, Error>) -> Option<PathPattern> {
    match outcome {
        Ok(answer) => answer.data::<PathPattern>().cloned(),
        Err(error) => error.data::<PathPattern>().cloned(),
    }
}

/// The method as one of a few words, for anybody can send any word as a method.
pub(crate) fn method_word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}
