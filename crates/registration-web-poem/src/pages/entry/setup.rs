//! The holder of the printed link founds the platform, once; opening the link founds nothing.
use askama::Template;
use poem::{
    Response, handler,
    http::{HeaderValue, StatusCode, header},
    web::Path,
};
use registration_domain::{
    email::Email,
    organization_name::OrganizationName,
    platform::VerbError,
    secret::Secret,
    time::Timestamp,
    use_case::{
        registration::Registration,
        set_up::{SetUp, SetUpRefusal},
    },
};

use crate::{
    failure::Failure,
    form::Filled,
    registration::{self, password_rule},
    shell::{Answer, Shell, page, page_with},
    visit::{Cookie, Visit, see_other},
    words::Phrase,
};

const ORDER: [&str; 7] =
    ["organization", "email", "username", "first_name", "last_name", "password", "confirmation"];

#[derive(Template)]
#[template(path = "entry/setup.html")]
struct Form<'a> {
    shell: Shell<'a>,
    filled: Filled,
    rule: String,
}

#[derive(Template)]
#[template(path = "entry/setup_closed.html")]
struct Closed<'a> {
    shell: Shell<'a>,
    words: Phrase,
}

/// Why nothing can be set up.
enum Why {
    Expired,
    Unknown,
    /// Somebody did it meanwhile.
    Done(Timestamp),
}

/// `GET /setup/{token}`: the token leaves the address.
#[handler]
pub(crate) fn open(visit: Visit, Path(token): Path<String>) -> Response {
    visit.send(Cookie::setup(&Secret::new(token)));
    let mut answer = see_other("/setup");
    answer.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}

/// `GET /setup`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    let standing = match visit.setup() {
        Some(token) => standing(&visit, token).await?,
        None => Standing::Unknown,
    };
    let mut answer = match standing {
        Standing::Open => page(&form(&visit, Filled::default())),
        Standing::Expired => closed(&visit, Why::Expired),
        // What was set up is there to be signed in to.
        Standing::Unknown if visit.platform().founded_at().await?.is_some() => Ok(see_other("/sign-in")),
        Standing::Unknown => closed(&visit, Why::Unknown),
    }?;
    answer.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(answer)
}

/// `POST /setup`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let Some(token) = visit.setup() else { return closed(&visit, Why::Unknown) };
    let (words, sent) = (visit.words(), visit.form());
    let mut filled = Filled::of(sent);
    let name = filled.take(words, "organization", OrganizationName::parse);
    let email = filled.take(words, "email", Email::parse);
    let registration = registration::read(&visit, &mut filled, sent, email.as_ref());
    let (Some(organization_name), Some(email), false) = (name, email, filled.is_faulty()) else {
        return refused(&visit, filled);
    };
    let (token, device, once) = (token.clone(), visit.device(), visit.once("setup"));
    let command = SetUp { token, organization_name, email, registration, device, once };
    match visit.platform().set_up(command).await {
        Ok(founded) => {
            visit.admit(&founded.what.token);
            visit.send(Cookie::end_setup());
            Ok(see_other(&format!("/o/{}", founded.what.organization.id())))
        }
        Err(VerbError::Refused(SetUpRefusal::Fields(faults))) => {
            registration::refuse(&visit, &mut filled, &faults);
            refused(&visit, filled)
        }
        Err(VerbError::Refused(SetUpRefusal::Expired)) => closed(&visit, Why::Expired),
        Err(VerbError::Refused(SetUpRefusal::Unknown)) => {
            closed(&visit, visit.platform().founded_at().await?.map_or(Why::Unknown, Why::Done))
        }
        Err(error) => Err(error.into()),
    }
}

enum Standing {
    Open,
    Expired,
    Unknown,
}

/// What the verb would say of the link alone: with nothing filled in it founds nothing.
async fn standing(visit: &Visit, token: &Secret) -> Result<Standing, Failure> {
    let (Ok(organization_name), Ok(email)) =
        (OrganizationName::parse("?"), Email::parse("nobody@example.org"))
    else {
        return Err(Failure::Internal);
    };
    let (token, device, registration) = (token.clone(), visit.device(), Registration::default());
    let command = SetUp { token, organization_name, email, registration, device, once: None };
    match visit.platform().set_up(command).await {
        Err(VerbError::Refused(SetUpRefusal::Fields(_))) => Ok(Standing::Open),
        Err(VerbError::Refused(SetUpRefusal::Expired)) => Ok(Standing::Expired),
        Err(VerbError::Refused(SetUpRefusal::Unknown)) => Ok(Standing::Unknown),
        Err(error) => Err(error.into()),
        Ok(_) => Err(Failure::Internal),
    }
}

fn form(visit: &Visit, filled: Filled) -> Form<'_> {
    let shell = Shell::new(visit, visit.t("setup-title")).faulty(filled.is_faulty());
    Form { shell, filled, rule: password_rule(visit).to_string() }
}

fn refused(visit: &Visit, filled: Filled) -> Answer {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(visit, filled.in_order(&ORDER)))
}

fn closed(visit: &Visit, why: Why) -> Answer {
    let (status, title, words) = match why {
        Why::Expired => (StatusCode::GONE, visit.t("setup-expired-title"), visit.t("setup-expired")),
        Why::Unknown => (StatusCode::NOT_FOUND, visit.t("setup-unknown-title"), visit.t("setup-unknown")),
        Why::Done(at) => {
            let words = visit.t("setup-done").with("when", visit.moment(at));
            (StatusCode::NOT_FOUND, visit.t("setup-done-title"), words)
        }
    };
    page_with(status, &Closed { shell: Shell::new(visit, title), words })
}
