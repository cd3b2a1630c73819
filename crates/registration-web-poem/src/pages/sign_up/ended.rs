//! Where there is no code to enter: why not, and the one thing to do now.
use askama::Template;
use poem::http::StatusCode;
use registration_domain::sign_up::NotOpen;

use super::{Begun, Next};
use crate::{
    shell::{Answer, Shell, page_with},
    visit::Visit,
    words::Phrase,
};

/// Why there is no code to enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It was begun in another browser, or never.
    Elsewhere,
    /// Its time is over.
    Expired,
    /// It is an account.
    Verified,
}

#[derive(Template)]
#[template(path = "sign_up/ended.html")]
struct Page<'a> {
    shell: Shell<'a>,
    words: Phrase,
    why: Ended,
    next: Next,
}

impl Ended {
    pub(super) fn of(why: NotOpen) -> Self {
        match why {
            NotOpen::Expired => Self::Expired,
            NotOpen::Verified => Self::Verified,
        }
    }
    /// No sign-up is known here: it was begun in another browser, or forgotten long ago.
    pub(super) fn nowhere(visit: &Visit) -> Answer {
        match Begun::of(visit) {
            Some(begun) => Self::Expired.page(visit, begun.next),
            None => Self::Elsewhere.page(visit, Next::default()),
        }
    }
    /// The page that says so.
    pub(super) fn page(self, visit: &Visit, next: Next) -> Answer {
        let (key, status) = match self {
            Self::Elsewhere => ("elsewhere", StatusCode::NOT_FOUND),
            Self::Expired => ("expired", StatusCode::GONE),
            Self::Verified => ("verified", StatusCode::CONFLICT),
        };
        let shell = Shell::new(visit, visit.t(format!("sign-up-{key}-title")));
        let words = visit.t(format!("sign-up-{key}-words"));
        page_with(status, &Page { shell, words, why: self, next })
    }
}
