//! Another address: a code goes to it, and until the code is given the account stays as it is.
use askama::Template;
use poem::{
    Response, handler,
    http::{HeaderValue, StatusCode, header},
};
use registration_domain::{
    email::Email,
    limit::Limited,
    platform::VerbError,
    time::Timestamp,
    use_case::{
        authenticate::SignedIn,
        change_email::{ChangeEmail, ChangeEmailRefusal},
    },
};

use crate::{
    failure::Failure,
    form::Filled,
    registration,
    shell::{Answer, Shell, page, page_with},
    visit::{Visit, see_other},
};

#[derive(Template)]
#[template(path = "me/email.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filled: Filled,
    email: String,
    /// The address whose code is on its way.
    waiting: Option<String>,
    wants_password: bool,
}

/// `GET /me/email`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    page(&form(&visit, Filled::default()).await?)
}

/// `POST /me/email`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let by = visit.signed_in()?.clone();
    let mut filled = Filled::of(visit.form());
    let email = filled.take(visit.words(), "email", Email::parse);
    let wants_password = by.is_long_ago(visit.now());
    if wants_password && visit.form().value("password").is_empty() {
        filled.phrase("password", &visit.t("fault-current_password-required"));
    }
    let Some(email) = email.filter(|_| !filled.is_faulty()) else { return refused(&visit, filled).await };
    let password = wants_password.then(|| visit.form().secret("password"));
    let command =
        ChangeEmail { by, email, password, device: visit.device(), once: visit.once("change-email") };
    match visit.platform().change_email(command).await {
        Ok(_) => Ok(see_other("/me/email/verify")),
        Err(VerbError::Refused(ChangeEmailRefusal::Fields(faults))) => {
            registration::refuse(&visit, &mut filled, &faults);
            refused(&visit, filled).await
        }
        Err(VerbError::Refused(ChangeEmailRefusal::Wrong { left })) => {
            let left = usize::try_from(left).unwrap_or(usize::MAX);
            filled.phrase("password", &visit.t("change-password-wrong").count("left", left));
            refused(&visit, filled).await
        }
        Err(VerbError::Spent { what, until }) => {
            let is_about_mails =
                matches!(what, Limited::MailsAnHour | Limited::MailsADay | Limited::EmailChanges);
            let (field, key) = if is_about_mails {
                ("email", "refusal-too_many_mails")
            } else {
                ("password", "sign-in-locked")
            };
            filled.phrase(field, &visit.t(key).with("until", visit.moment(until)));
            let answer = page_with(StatusCode::TOO_MANY_REQUESTS, &form(&visit, filled).await?)?;
            Ok(wait(&visit, answer, until))
        }
        Err(error) => Err(error.into()),
    }
}

/// With when it may be tried again.
pub(super) fn wait(visit: &Visit, mut answer: Response, until: Timestamp) -> Response {
    let seconds = until.since(visit.now()).as_secs() + 1;
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    answer
}

async fn refused(visit: &Visit, filled: Filled) -> Answer {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(visit, filled).await?)
}

async fn form(visit: &Visit, filled: Filled) -> Result<Page<'_>, Failure> {
    let by: &SignedIn = visit.signed_in()?;
    let waiting = visit.platform().waiting_email_change(by).await?;
    let wants_password = by.is_long_ago(visit.now());
    let shell = Shell::new(visit, visit.t("me-email-title")).faulty(filled.is_faulty());
    Ok(Page {
        shell,
        filled: filled.in_order(&["email", "password"]),
        email: by.account.parts().email.to_string(),
        waiting: waiting.map(|it| it.parts().email.to_string()),
        wants_password,
    })
}
