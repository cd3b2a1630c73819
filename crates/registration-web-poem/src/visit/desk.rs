//! Every request passes the desk: it learns who comes, refuses forms that are not ours, and dresses each answer.
use std::{
    any::Any,
    sync::{Arc, Mutex},
};

use poem::{
    Endpoint, IntoResponse, Middleware, Request, Response, Result,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    middleware::CatchPanic,
};
use registration_domain::{
    count::Count,
    platform::VerbError,
    secret::Secret,
    session::{Device, Origin},
    use_case::authenticate::SignedIn,
};
use registration_edge_poem::{ClientAddress, problem};

use super::{
    Came, Cookie, Draft, House, Lost, Notice, Theme, Visit,
    cookies::{self, sent},
    csrf, own_path, unsafe_methods,
};
use crate::{failure::Failure, form::Form, words::Words};

/// Nothing inline, nothing from elsewhere, and nobody frames us.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'none'; \
                      connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; \
                      base-uri 'none'";

/// What begins a session may be sent again after it has begun.
const BEGINNINGS: [&str; 3] = ["/sign-in", "/setup", "/invitation/accept"];

/// Middleware behind which every request is a [`Visit`], and every answer a page.
#[derive(Clone)]
pub(crate) struct Desk(pub(crate) Arc<House>);

pub(crate) struct AtTheDesk<E> {
    house: Arc<House>,
    inner: E,
}

impl<E: Endpoint> Middleware<E> for Desk {
    type Output = AtTheDesk<<CatchPanic<PanicAnswer> as Middleware<E>>::Output>;

    fn transform(&self, inner: E) -> Self::Output {
        let answer: PanicAnswer = panicked;
        AtTheDesk {
            house: Arc::clone(&self.0),
            inner: CatchPanic::new().with_handler(answer).transform(inner),
        }
    }
}

type PanicAnswer = fn(Box<dyn Any + Send>) -> Response;

/// What the code panicked with may quote anything, so it is neither told nor logged here.
fn panicked(_cause: Box<dyn Any + Send>) -> Response {
    tracing::error!("a page panicked");
    let mut answer = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    answer.set_data(Failure::Internal);
    answer
}

impl<E: Endpoint> Endpoint for AtTheDesk<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let https = self.house.platform.settings().public_url.is_https();
        let form =
            if unsafe_methods::is_unsafe(request.method()) { Some(read(&mut request).await?) } else { None };
        let visitor = sent(request.headers(), cookies::VISITOR, https).map(str::to_owned);
        let came = came(&self.house, &request, visitor.as_deref(), form).await;
        let (visit, found) = match came {
            Ok(visit) => (visit, Ok(())),
            Err((visit, failure)) => (visit, Err(failure)),
        };
        let judged = found.and_then(|()| judge(&visit, &request, visitor.as_deref()));
        if visitor.is_none() && visit.who().is_none() {
            visit.send(Cookie::visitor(&visit.0.visitor));
        }
        request.set_data(visit.clone());
        let reads_pages = reads_pages(request.headers());
        let outcome = match judged {
            Ok(()) => self.inner.call(request).await.map(IntoResponse::into_response),
            Err(failure) => Err(failure.into()),
        };
        let mut answer = match outcome {
            Ok(answer) => match answer.data::<Failure>() {
                Some(failure) => Failure::page(&visit, failure.clone().into()).await,
                None => answer,
            },
            Err(error) if !reads_pages && !error.is::<Failure>() => return Ok(problem::fallback(error)),
            Err(error) => Failure::page(&visit, error).await,
        };
        dress(&mut answer, &visit, https);
        Ok(answer)
    }
}

/// Browsers ask for pages by name. Programs, which look for what is nowhere, are told as the API tells.
fn reads_pages(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok());
    accepted.is_some_and(|it| it.contains("text/html"))
}

async fn read(request: &mut Request) -> Result<Form> {
    let kind = request.content_type().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let is_form = kind.is_empty() || kind.eq_ignore_ascii_case("application/x-www-form-urlencoded");
    let bytes = request.take_body().into_bytes().await?;
    Ok(if is_form { Form::read(&bytes) } else { Form::default() })
}

/// Who comes; beside a failure they are taken for nobody.
async fn came(
    house: &Arc<House>,
    request: &Request,
    visitor: Option<&str>,
    form: Option<Form>,
) -> Result<Visit, (Visit, Failure)> {
    let headers = request.headers();
    let https = house.platform.settings().public_url.is_https();
    let secret = |name| sent(headers, name, https).map(Secret::new);
    let device = device(house, request);
    let (token, who, failed) = match secret(cookies::SESSION) {
        None => (None, None, None),
        Some(token) => match house.platform.authenticate(token.expose(), device.origin.clone()).await {
            Ok(who) => (Some(token), Some(who), None),
            Err(VerbError::Refused(_)) => (None, None, None),
            Err(error) => (None, None, Some(Failure::from(error))),
        },
    };
    let unread = unread(house, request, who.as_ref()).await;
    let notice = sent(headers, cookies::NOTICE, https).and_then(Notice::read);
    let visit = Visit(Arc::new(Came {
        words: language(headers, https, who.as_ref()),
        theme: sent(headers, cookies::THEME, https).map(Theme::parse).unwrap_or_default(),
        zone: sent(headers, cookies::ZONE, https).and_then(|it| it.parse().ok()),
        visitor: visitor.map_or_else(|| house.settings.ids.uuid().simple().to_string(), str::to_owned),
        invitation: secret(cookies::INVITATION),
        setup: secret(cookies::SETUP),
        reset: secret(cookies::RESET),
        known: secret(cookies::DEVICE),
        sign_up: secret(cookies::SIGN_UP),
        path: request.uri().path_and_query().map_or("/", |it| it.as_str()).to_owned(),
        query: Form::read(request.uri().query().unwrap_or_default().as_bytes()),
        form: form.unwrap_or_default(),
        house: Arc::clone(house),
        cookies: Mutex::default(),
        lost: secret(cookies::SESSION)
            .filter(|_| token.is_none())
            .map(|token| Lost { token, page: page(headers) }),
        draft: sent(headers, cookies::DRAFT, https).and_then(Draft::read),
        token,
        who,
        unread,
        notice,
        device,
    }));
    match failed {
        None => Ok(visit),
        Some(failure) => Err((visit, failure)),
    }
}

/// Every page that somebody looks at says how much they were told; a page that cannot say it is shown still.
async fn unread(house: &House, request: &Request, who: Option<&SignedIn>) -> Option<Count> {
    if unsafe_methods::is_unsafe(request.method()) {
        return None;
    }
    house.platform.count_unread(&who?.caller()).await.ok()
}

/// A form that no page of ours made is refused before any handler sees it.
fn judge(visit: &Visit, request: &Request, visitor: Option<&str>) -> Result<(), Failure> {
    if !unsafe_methods::is_unsafe(request.method()) {
        return Ok(());
    }
    let begins = BEGINNINGS.contains(&request.uri().path());
    let (platform, session) = (visit.platform(), visit.0.token.as_ref());
    let is_own = unsafe_methods::is_own(request.headers(), platform.settings().public_url.as_str());
    if is_own && csrf::proves(visit.form(), platform, session, visitor, begins) {
        return Ok(());
    }
    let lost = visit.0.lost.as_ref().map(|it| &it.token);
    if is_own && lost.is_some() && csrf::proves(visit.form(), platform, lost, None, false) {
        return Err(Failure::SignedOut);
    }
    Err(Failure::NotOurForm)
}

/// The page of ours from which a request came.
fn page(headers: &HeaderMap) -> Option<String> {
    let referrer: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    own_path(referrer.path_and_query()?.as_str()).map(str::to_owned)
}

/// The language of the account, the one that was chosen in this browser, the browser's own; in this order.
fn language(headers: &HeaderMap, https: bool, who: Option<&SignedIn>) -> Words {
    let chosen = sent(headers, cookies::LANGUAGE, https).and_then(Words::wished);
    let own = who.and_then(|it| it.account.parts().locale.as_ref()).and_then(|it| Words::wished(it.as_str()));
    let accepted =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok()).and_then(Words::wished);
    own.or(chosen).or(accepted).unwrap_or_default()
}

fn device(house: &House, request: &Request) -> Device {
    let agent = request.headers().get(header::USER_AGENT).map_or(&[][..], HeaderValue::as_bytes);
    let fingerprint = house.platform.fingerprints().fingerprint("device", agent);
    let line: String =
        String::from_utf8_lossy(agent).chars().filter(|it| matches!(it, ' '..='~')).take(200).collect();
    let label = Some(line.trim().to_owned()).filter(|it| !it.is_empty());
    let origin = Origin(request.data::<ClientAddress>().map(|it| it.ip().to_string()));
    Device { label, fingerprint, origin }
}

/// What every answer has, unless its page said otherwise.
fn dress(answer: &mut Response, visit: &Visit, https: bool) {
    if answer.status().is_success() && answer.content_type().is_some_and(|it| it.starts_with("text/html")) {
        forget_notice(visit);
    }
    if visit.0.draft.is_some() && visit.who().is_some() && !visit.form().fields().is_empty() {
        visit.send(Cookie::end_draft());
    }
    let cookies = visit.cookies();
    let headers = answer.headers_mut();
    let defaults = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    for (name, value) in defaults {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    for cookie in cookies {
        if let Some(value) = cookie.header(https) {
            headers.append(header::SET_COOKIE, value);
        }
    }
}

/// It was shown; unless the page that showed it wants the next one to say something else.
fn forget_notice(visit: &Visit) {
    if visit.notice().is_some() && !visit.cookies().iter().any(|it| it.is(cookies::NOTICE)) {
        visit.send(Cookie::end_notice());
    }
}

/// A redirect that makes the browser ask again by GET.
pub(crate) fn see_other(path: &str) -> Response {
    Response::builder().status(StatusCode::SEE_OTHER).header(header::LOCATION, path).finish()
}
