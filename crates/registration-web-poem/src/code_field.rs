//! A field for a code of six digits: typed, pasted or filled in, and what is said of one that is no code.
use registration_domain::{
    limit::Limited,
    time::Timestamp,
    verification_code::{NotACode, VerificationCode},
};

use crate::{form::Filled, visit::Visit, words::Phrase};

/// What stands in the field `code`, or what is wrong with it, said beside it.
pub(crate) fn take(visit: &Visit, filled: &mut Filled) -> Option<VerificationCode> {
    let typed = VerificationCode::parse(visit.form().value("code"));
    typed.map_err(|why| filled.phrase("code", &mistyped(visit, why))).ok()
}

fn mistyped(visit: &Visit, why: NotACode) -> Phrase {
    match why {
        NotACode::Empty => visit.t("fault-six-digits-required"),
        NotACode::TooShort { digits } | NotACode::TooLong { digits } => {
            visit.t("fault-six-digits-digits").count("digits", digits)
        }
        NotACode::Letters => visit.t("fault-six-digits-letters"),
        NotACode::Several => visit.t("fault-six-digits-several"),
    }
}

/// It is another code, or an older one.
pub(crate) fn incorrect(visit: &Visit, tries_left: u32) -> Phrase {
    match usize::try_from(tries_left).unwrap_or(usize::MAX) {
        0 => visit.t("fault-six-digits-last"),
        left => visit.t("fault-six-digits-wrong").count("left", left),
    }
}

/// There are no more tries: of this code, or of this address for a while.
pub(crate) fn spent(visit: &Visit, what: Limited, until: Timestamp) -> Phrase {
    if what == Limited::CodeTries {
        visit.t("fault-six-digits-last")
    } else {
        visit.t("fault-six-digits-day").with("until", visit.moment(until))
    }
}
