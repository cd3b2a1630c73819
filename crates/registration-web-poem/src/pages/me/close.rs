//! An account is closed for ever by whoever says its password, and by nobody who is needed.
use askama::Template;
use poem::{handler, http::StatusCode};
use registration_domain::{
    organization::Organization,
    platform::VerbError,
    use_case::close_account::{CloseAccount, CloseRefusal, Needed},
};

use super::email::wait;
use crate::{
    failure::Failure,
    form::Filled,
    shell::{Answer, Shell, page, page_with},
    visit::{Cookie, Notice, Visit, see_other},
};

#[derive(Template)]
#[template(path = "me/close.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filled: Filled,
    email: String,
    is_needed: bool,
    organizations: Vec<Organization>,
    is_last_administrator: bool,
}

/// `GET /me/close`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    page(&form(&visit, Filled::default()).await?)
}

/// `POST /me/close`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let by = visit.signed_in()?.clone();
    let mut filled = Filled::of(visit.form());
    if visit.form().value("password").is_empty() {
        filled.phrase("password", &visit.t("fault-current_password-required"));
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(&visit, filled).await?);
    }
    let (password, device) = (visit.form().secret("password"), visit.device());
    let command = CloseAccount { by, password, device, once: visit.once("close-account") };
    match visit.platform().close_account(command).await {
        Ok(_) => {
            visit.send(Cookie::end_session());
            visit.tell(Notice::of("notice-account-closed"));
            Ok(see_other("/sign-in"))
        }
        Err(VerbError::Refused(CloseRefusal::Wrong { left })) => {
            let left = usize::try_from(left).unwrap_or(usize::MAX);
            filled.phrase("password", &visit.t("change-password-wrong").count("left", left));
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(&visit, filled).await?)
        }
        Err(VerbError::Refused(CloseRefusal::LastOwner(_) | CloseRefusal::LastAdministrator)) => {
            page_with(StatusCode::CONFLICT, &form(&visit, Filled::default()).await?)
        }
        Err(VerbError::Spent { until, .. }) => {
            filled.phrase("password", &visit.t("sign-in-locked").with("until", visit.moment(until)));
            let answer = page_with(StatusCode::TOO_MANY_REQUESTS, &form(&visit, filled).await?)?;
            Ok(wait(&visit, answer, until))
        }
        Err(error) => Err(error.into()),
    }
}

async fn form(visit: &Visit, filled: Filled) -> Result<Page<'_>, Failure> {
    let by = visit.signed_in()?;
    let Needed { organizations, is_last_administrator } = visit.platform().needed(by).await?;
    let is_needed = is_last_administrator || !organizations.is_empty();
    let title = if is_needed { "close-needed-title" } else { "close-title" };
    Ok(Page {
        shell: Shell::new(visit, visit.t(title)).faulty(filled.is_faulty()),
        filled,
        email: by.account.parts().email.to_string(),
        is_needed,
        organizations,
        is_last_administrator,
    })
}
