//! What an answer still lacks when it leaves: in how many seconds to try again, and which methods there are.
use std::{collections::HashMap, time::Duration};

use poem::{
    Endpoint, IntoResponse, Middleware, PathPattern, Request, Response, Result,
    error::MethodNotAllowedError,
    http::{HeaderValue, header},
};
use registration_edge_poem::{problem::fallback, route::AllowedMethods};

use crate::{BASE, deployment::Deployment, operations::OPERATIONS, problem::RetryAt};

/// Middleware that gives the deployment to what lies below, and the rest to its answers.
#[derive(Debug, Clone)]
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
                let pattern = error.data::<PathPattern>().cloned();
                if error.is::<MethodNotAllowedError>() {
                    let methods = pattern.and_then(|it| self.methods.get(&*it.0).cloned());
                    // What is no operation is a page.
                    error.set_data(AllowedMethods(methods.unwrap_or_else(|| "GET, HEAD".to_owned())));
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

/// By the pattern of the route.
fn methods() -> HashMap<String, String> {
    let mut methods: HashMap<String, String> = HashMap::new();
    for operation in OPERATIONS {
        let known = methods.entry(pattern(operation.path)).or_default();
        let word = if operation.method == "GET" { "GET, HEAD" } else { operation.method };
        *known = if known.is_empty() { word.to_owned() } else { format!("{known}, {word}") };
    }
    methods
}

/// The framework names the variable parts of a path by their number: `/api/v1/organizations/:param0`.
fn pattern(path: &str) -> String {
    let mut parts = 0..;
    let named = path.split('/').map(|part| match (part.starts_with('{'), &mut parts) {
        (true, parts) => parts.next().map_or_else(String::new, |it| format!(":param{it}")),
        (false, _) => part.to_owned(),
    });
    format!("{BASE}{}", named.collect::<Vec<_>>().join("/"))
}
