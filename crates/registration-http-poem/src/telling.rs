//! What an answer still lacks when it leaves: in how many seconds to try again, and which methods there are.
use std::{collections::HashMap, time::Duration};

use poem::{
    Endpoint, IntoResponse, Middleware, PathPattern, Request, Response, Result,
    error::MethodNotAllowedError,
    http::{HeaderValue, header},
};
use registration_edge_poem::{problem::fallback, route::AllowedMethods};

use crate::{deployment::Deployment, operations::OPERATIONS, problem::RetryAt};

/// Middleware that gives the deployment to what lies below, and the rest to its answers.
#[derive(Debug)]
pub(crate) struct Telling(pub(crate) Deployment);

/// An endpoint whose answers are complete, and never errors.
pub(crate) struct Told<E> {
    deployment: Deployment,
    methods: HashMap<String, String>,
    inner: E,
}

impl<E: Endpoint> Middleware<E> for Telling {
    type Output = Told<E>;

    fn transform(&self, inner: E) -> Told<E> {
        Told { deployment: self.0.clone(), methods: methods(), inner }
    }
}

impl<E: Endpoint> Endpoint for Told<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        request.set_data(self.deployment.clone());
        let mut answer = match self.inner.call(request).await {
            Ok(answer) => answer.into_response(),
            Err(mut error) => {
                if error.is::<MethodNotAllowedError>() {
                    let pattern = error.data::<PathPattern>().map(|it| it.0.to_string());
                    if let Some(methods) = pattern.and_then(|it| self.methods.get(&it)) {
                        error.set_data(AllowedMethods(methods.clone()));
                    }
                }
                fallback(error)
            }
        };
        if let Some(RetryAt(at)) = answer.data::<RetryAt>().copied() {
            // A second begun is a second to wait.
            let seconds =
                at.since(self.deployment.now()).saturating_add(Duration::from_millis(999)).as_secs();
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        Ok(answer)
    }
}

/// By the pattern of the route, such as `/api/v1/organizations/:org`.
fn methods() -> HashMap<String, String> {
    let mut methods: HashMap<String, String> = HashMap::new();
    for operation in OPERATIONS {
        let pattern = format!("/api/v1{}", operation.path.replace('{', ":").replace('}', ""));
        let known = methods.entry(pattern).or_default();
        let word = if operation.method == "GET" { "GET, HEAD" } else { operation.method };
        *known = if known.is_empty() { word.to_owned() } else { format!("{known}, {word}") };
    }
    methods
}
