//! A new code takes the place of the older one, a minute after it at the earliest.
use poem::handler;
use registration_domain::{
    platform::VerbError,
    use_case::resend_code::{ResendCode, ResendRefusal},
    verification_code::TooSoon,
};

use super::{Begun, ended::Ended, form, verify};
use crate::{
    shell::Answer,
    visit::{Notice, Visit, see_other},
};

/// `POST /sign-up/resend`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let Some((begun, sign_up)) = Begun::found(&visit).await? else { return Ended::nowhere(&visit) };
    let command = ResendCode { sign_up: begun.id, origin: visit.origin(), once: visit.once("resend-code") };
    match visit.platform().resend_code(command).await {
        Ok(_) => {
            visit.tell(Notice::of("notice-code-sent").with("when", visit.moment(visit.now()).clock()));
            Ok(see_other("/sign-up/verify"))
        }
        Err(VerbError::Refused(ResendRefusal::TooSoon(TooSoon { resend_at }))) => {
            let words = visit.t("verify-wait").with("when", visit.moment(resend_at).clock());
            verify::too_soon(&visit, &sign_up, &words, resend_at)
        }
        Err(VerbError::Refused(ResendRefusal::Closed)) => form::closed(&visit),
        Err(VerbError::Refused(ResendRefusal::Unknown)) => Ended::Expired.page(&visit, begun.next),
        Err(VerbError::Refused(ResendRefusal::AlreadyVerified)) => Ended::Verified.page(&visit, begun.next),
        Err(VerbError::Spent { until, .. }) => {
            let words = visit.t("refusal-too_many_mails").with("until", visit.moment(until));
            verify::too_soon(&visit, &sign_up, &words, until)
        }
        Err(error) => Err(error.into()),
    }
}
