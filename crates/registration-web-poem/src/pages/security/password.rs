//! Whoever knows their password sets another one; this session goes on under a new id, and all others end.
use askama::Template;
use poem::{
    handler,
    http::{HeaderValue, StatusCode, header},
};
use registration_domain::{
    platform::VerbError,
    use_case::change_password::{ChangePassword, ChangePasswordRefusal},
};

use crate::{
    failure::Failure,
    form::Filled,
    registration::{self, password_rule},
    shell::{Answer, Shell, page, page_with},
    visit::{Notice, Visit, see_other},
};

#[derive(Template)]
#[template(path = "security/password.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filled: Filled,
    rule: String,
    email: String,
}

/// `GET /me/password`.
#[handler]
pub(crate) fn show(visit: Visit) -> Answer {
    page(&form(&visit, Filled::default())?)
}

/// `POST /me/password`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let by = visit.signed_in()?.clone();
    let mut filled = Filled::of(visit.form());
    if visit.form().value("current_password").is_empty() {
        filled.phrase("current_password", &visit.t("fault-current_password-required"));
    }
    let it = by.account.parts();
    let new = registration::new_password(&visit, &mut filled, Some(&it.email), Some(&it.username));
    let Some(new) = new.filter(|_| !filled.is_faulty()) else { return refused(&visit, filled) };
    let (current, device) = (visit.form().secret("current_password"), visit.device());
    let command =
        ChangePassword { by, current, new, device, renew: true, once: visit.once("change-password") };
    match visit.platform().change_password(command).await {
        Ok(changed) => {
            visit.admit(&changed.what.token);
            visit.tell(match changed.what.ended {
                None | Some(0) => Notice::of("notice-password-changed"),
                Some(1) => Notice::of("notice-password-changed-one"),
                Some(count) => Notice::of("notice-password-changed-others").with("count", count),
            });
            Ok(see_other("/me/sign-ins"))
        }
        Err(VerbError::Refused(ChangePasswordRefusal::Wrong { left })) => {
            let left = usize::try_from(left).unwrap_or(usize::MAX);
            filled.phrase("current_password", &visit.t("change-password-wrong").count("left", left));
            refused(&visit, filled)
        }
        Err(VerbError::Refused(ChangePasswordRefusal::Fields(faults))) => {
            registration::refuse(&visit, &mut filled, &faults);
            refused(&visit, filled)
        }
        Err(VerbError::Spent { until, .. }) => {
            let words = visit.t("sign-in-locked").with("until", visit.moment(until));
            filled.phrase("current_password", &words);
            let mut answer = page_with(StatusCode::TOO_MANY_REQUESTS, &form(&visit, filled)?)?;
            let wait = until.since(visit.now()).as_secs() + 1;
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

fn refused(visit: &Visit, filled: Filled) -> Answer {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(visit, filled)?)
}

fn form(visit: &Visit, filled: Filled) -> Result<Page<'_>, Failure> {
    let email = visit.signed_in()?.account.parts().email.to_string();
    let shell = Shell::new(visit, visit.t("change-password-title")).faulty(filled.is_faulty());
    let filled = filled.in_order(&["current_password", "password", "confirmation"]);
    Ok(Page { shell, filled, rule: password_rule(visit).to_string(), email })
}
