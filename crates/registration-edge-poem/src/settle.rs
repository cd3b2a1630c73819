//! No request goes unanswered: an error, a panic and an unreadable request become problems.

use std::any::Any;

use poem::{
    Endpoint, IntoResponse, Middleware, Request, Response, Result, http::StatusCode, middleware::CatchPanic,
};

use crate::{
    problem::{self, ProblemBody},
    unreadable::Unreadable,
};

/// Middleware after which there is always an answer, and it is a problem where it was an error.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settle;

impl<E: Endpoint> Middleware<E> for Settle {
    type Output = Settled<<CatchPanic<PanicAnswer> as Middleware<E>>::Output>;

    fn transform(&self, inner: E) -> Self::Output {
        let answer: PanicAnswer = internal;
        Settled { inner: CatchPanic::new().with_handler(answer).transform(inner) }
    }
}

type PanicAnswer = fn(Box<dyn Any + Send>) -> Response;

/// What the code panicked with may quote anything, so it is neither told nor logged here.
fn internal(_cause: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    ProblemBody::of_status(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

/// An endpoint that always answers.
pub struct Settled<E> {
    inner: E,
}

impl<E> std::fmt::Debug for Settled<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settled").finish_non_exhaustive()
    }
}

impl<E: Endpoint> Endpoint for Settled<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if let Some(Unreadable(status)) = request.data::<Unreadable>() {
            return Ok(ProblemBody::of_status(*status).into_response());
        }
        match self.inner.call(request).await {
            Ok(answer) => Ok(answer.into_response()),
            Err(error) => Ok(problem::fallback(error)),
        }
    }
}
