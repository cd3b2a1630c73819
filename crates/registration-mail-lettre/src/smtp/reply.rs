//! What a server says is shown in its own words, on one short line.
use std::error::Error as _;

use lettre::transport::smtp::{Error, response::Response};
use registration_domain::port::MailerError;

use crate::letter::cleaned;

/// As much of a reply as somebody reads.
const MAX: usize = 300;

pub(super) fn accepted(response: &Response) -> String {
    let words = response.message().collect::<Vec<_>>().join(" ");
    cleaned(&format!("{} {words}", response.code()), MAX)
}

/// A refusal of us, whichever its code, says nothing about the mail.
pub(super) fn to_us(error: &Error) -> MailerError {
    MailerError::NotNow(said(error))
}

/// A refusal of the mail is final where the server says so (RFC 5321, 4.2.1), and where the server lacks what
/// the address needs (SMTPUTF8, RFC 6531), which is the only thing that lettre itself objects to here.
pub(super) fn to_a_mail(error: &Error) -> MailerError {
    if (error.is_permanent() && !is_about_us(error)) || error.is_client() {
        MailerError::Refused(said(error))
    } else {
        MailerError::NotNow(said(error))
    }
}

/// 530 to 538 ask for a login or refuse ours (RFC 4954, 6).
fn is_about_us(error: &Error) -> bool {
    error.status().is_some_and(|code| (530..540).contains(&u16::from(code)))
}

fn said(error: &Error) -> String {
    let words = match (error.status(), error.source()) {
        (Some(code), Some(words)) => format!("{code} {words}"),
        (Some(code), None) => code.to_string(),
        (None, _) => causes(error),
    };
    cleaned(&words, MAX)
}

/// All causes, for a fault of the network is told by the last one; each once.
fn causes(error: &Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(it) = cause {
        let more = it.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        cause = it.source();
    }
    words
}
