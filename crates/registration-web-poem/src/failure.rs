//! What goes wrong is a page too: it says what is missing, who can help, and what to do next.
use askama::Template;
use poem::{
    Error, IntoResponse, Response,
    error::ResponseError,
    http::{HeaderValue, StatusCode, header},
};
use registration_domain::{
    permission::Permission,
    platform::VerbError,
    refusal::{Fact, Refusal, RefusalKind},
    time::Timestamp,
};
use registration_edge_poem::RequestId;

use crate::{
    access::label,
    place::Place,
    shell::Shell,
    visit::{Cookie, Notice, Visit, see_other},
    words::Phrase,
};

/// Why there is no other page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    #[error("nobody is signed in")]
    SignedOut,
    #[error("there is no such page")]
    NotFound,
    #[error("the form came from no page of ours, or is too old")]
    NotOurForm,
    #[error("a permission is missing: {code}")]
    Forbidden { code: &'static str, missing: Option<Permission>, exceeded: Vec<Permission> },
    #[error("something stands against it: {code}")]
    Refused { code: &'static str, status: StatusCode },
    #[error("too many tries")]
    Limited { code: &'static str, until: Timestamp },
    #[error("what stands behind us does not answer")]
    Unavailable,
    #[error("something went wrong on our side")]
    Internal,
}

#[derive(Template)]
#[template(path = "failure.html")]
struct Page<'a> {
    shell: Shell<'a>,
    sentences: Vec<Phrase>,
    back: String,
    back_words: Phrase,
}

impl Failure {
    /// The page of whatever a handler or the router failed with.
    pub(crate) async fn page(visit: &Visit, error: Error) -> Response {
        if error.is_from_response() {
            return error.into_response();
        }
        let failure = match error.downcast_ref::<Self>() {
            Some(failure) => failure.clone(),
            None if error.status() == StatusCode::NOT_FOUND => Self::NotFound,
            None if error.status().is_client_error() => {
                Self::Refused { code: "malformed_request", status: error.status() }
            }
            None => {
                tracing::error!(%error, "a page failed");
                Self::Internal
            }
        };
        let mut answer = failure.shown(visit).await;
        // What the router noted, such as the pattern of the route, stays with the answer.
        answer.extensions_mut().extend(error.into_response().extensions().clone());
        answer
    }

    async fn shown(&self, visit: &Visit) -> Response {
        if *self == Self::SignedOut {
            if visit.lost_session() {
                visit.send(Cookie::end_session());
                let minutes = visit.platform().settings().lifetimes.session_idle.as_secs() / 60;
                let key = if visit.keep_draft().await {
                    "notice-signed-out-typing"
                } else {
                    "notice-signed-out-meanwhile"
                };
                visit.tell(Notice::of(key).with("count", minutes));
            }
            let mut query = form_urlencoded::Serializer::new(String::new());
            return see_other(&format!("/sign-in?{}", query.append_pair("return_to", visit.page()).finish()));
        }
        let place = Place::of_path(visit).await.ok().flatten();
        let helpers = self.helpers(visit, place.as_ref()).await;
        let title = visit.t(format!("failure-{}", self.kind()));
        let back = place.as_ref().map_or_else(|| "/".to_owned(), |it| it.path(""));
        let back_words = match &place {
            Some(place) => visit.t("failure-back-to").with("place", place.name()),
            None => visit.t("failure-back"),
        };
        let shell = Shell::new(visit, title).at(place.as_ref(), "");
        let page = Page { shell, sentences: self.sentences(visit, &helpers), back, back_words };
        let Ok(html) = page.render() else { return self.status().into_response() };
        let mut answer =
            Response::builder().status(self.status()).content_type("text/html; charset=utf-8").body(html);
        if let Self::Limited { until, .. } = self {
            let wait = until.since(visit.now()).as_secs() + 1;
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        answer
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::SignedOut => "signed-out",
            Self::NotFound => "not-found",
            Self::NotOurForm => "not-our-form",
            Self::Forbidden { .. } => "forbidden",
            Self::Refused { .. } => "refused",
            Self::Limited { .. } => "limited",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }

    fn sentences(&self, visit: &Visit, helpers: &[String]) -> Vec<Phrase> {
        let one = |phrase| vec![phrase];
        match self {
            Self::SignedOut | Self::NotFound | Self::NotOurForm => {
                one(visit.t(format!("failure-{}-words", self.kind())))
            }
            Self::Refused { code, .. } => one(visit.t(format!("refusal-{code}"))),
            Self::Limited { code, until } => {
                one(visit.t(format!("refusal-{code}")).with("until", visit.moment(until)))
            }
            Self::Unavailable | Self::Internal => {
                let number = RequestId::current().map(|it| it.to_string()).unwrap_or_default();
                one(visit.t(format!("failure-{}-words", self.kind())).with("number", number))
            }
            Self::Forbidden { code, missing, exceeded } => {
                let mut sentences = one(match missing {
                    Some(missing) => {
                        visit.t("refusal-permission_missing").with("permission", label(visit, missing))
                    }
                    None => visit.t(format!("refusal-{code}")),
                });
                if !exceeded.is_empty() {
                    let labels: Vec<_> = exceeded.iter().map(|it| label(visit, it)).collect();
                    sentences.push(visit.t("failure-exceeded").with("permissions", labels.join(", ")));
                }
                sentences.push(if helpers.is_empty() {
                    visit.t("failure-ask-an-owner")
                } else {
                    visit.t("failure-ask").with("names", helpers.join(", "))
                });
                sentences
            }
        }
    }

    /// Who can give what is missing.
    async fn helpers(&self, visit: &Visit, place: Option<&Place>) -> Vec<String> {
        match (self, place) {
            (Self::Forbidden { .. }, Some(place)) => place.who_can_give(visit).await,
            _ => Vec::new(),
        }
    }
}

impl ResponseError for Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::SignedOut => StatusCode::SEE_OTHER,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotOurForm | Self::Forbidden { .. } => StatusCode::FORBIDDEN,
            Self::Refused { status, .. } => *status,
            Self::Limited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl<R: Refusal + 'static> From<VerbError<R>> for Failure {
    fn from(error: VerbError<R>) -> Self {
        let (kind, code) = error.told();
        let refused = |status| Self::Refused { code, status };
        match kind {
            RefusalKind::Unauthenticated => Self::SignedOut,
            RefusalKind::NotFound => Self::NotFound,
            RefusalKind::Forbidden => forbidden(code, error.facts()),
            RefusalKind::Invalid => refused(StatusCode::UNPROCESSABLE_ENTITY),
            RefusalKind::Conflict => refused(StatusCode::CONFLICT),
            RefusalKind::Stale => refused(StatusCode::PRECONDITION_FAILED),
            RefusalKind::Gone => refused(StatusCode::GONE),
            RefusalKind::Limited => match error {
                VerbError::Spent { until, .. } => Self::Limited { code, until },
                VerbError::Refused(_) | VerbError::KeyReused | VerbError::Busy | VerbError::Port(_) => {
                    refused(StatusCode::TOO_MANY_REQUESTS)
                }
            },
            RefusalKind::Unavailable => {
                tracing::warn!(error = %error, "a verb could not be done");
                Self::Unavailable
            }
        }
    }
}

impl From<registration_domain::port::PortError> for Failure {
    fn from(error: registration_domain::port::PortError) -> Self {
        tracing::error!(error = %error, "a port failed");
        Self::Unavailable
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "a page could not be rendered");
        Self::Internal
    }
}

fn forbidden(code: &'static str, facts: Vec<Fact>) -> Failure {
    let (mut missing, mut exceeded) = (None, Vec::new());
    for fact in facts {
        match fact {
            Fact::MissingPermission(permission) => missing = Some(permission),
            Fact::ExceededPermissions(permissions) => exceeded = permissions,
            Fact::Invitation(_)
            | Fact::JoinRequest(_)
            | Fact::Decided(_)
            | Fact::RetryAt(_)
            | Fact::Since(_)
            | Fact::EmailDomain(_)
            | Fact::RecordsFound(_)
            | Fact::TriesLeft(_)
            | Fact::Organizations(_) => {}
        }
    }
    Failure::Forbidden { code, missing, exceeded }
}
