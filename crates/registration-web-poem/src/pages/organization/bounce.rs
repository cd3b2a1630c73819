//! What a mail server says when it takes no mail, in plain words: its own stand beside them.

/// The phrase that says what is wrong, by the enhanced status (RFC 3463) or else by the words that servers use.
pub(super) fn meaning(reply: &str) -> Option<&'static str> {
    let told = reply.to_lowercase();
    let by_status = STATUSES.iter().find(|(status, _)| has_status(&told, status));
    let by_words = || WORDS.iter().find(|(words, _)| told.contains(words));
    by_status.or_else(by_words).map(|(_, meaning)| *meaning)
}

const NO_MAILBOX: &str = "bounce-no-mailbox";
const NO_DOMAIN: &str = "bounce-no-domain";
const FULL: &str = "bounce-full";
const TOO_LARGE: &str = "bounce-too-large";
const NOT_WANTED: &str = "bounce-not-wanted";

const STATUSES: [(&str, &str); 13] = [
    ("5.1.1", NO_MAILBOX),
    ("5.1.6", NO_MAILBOX),
    ("5.1.10", NO_MAILBOX),
    ("5.1.0", NO_MAILBOX),
    ("5.2.1", NO_MAILBOX),
    ("5.1.2", NO_DOMAIN),
    ("5.4.4", NO_DOMAIN),
    ("5.2.2", FULL),
    ("4.2.2", FULL),
    ("5.2.3", TOO_LARGE),
    ("5.3.4", TOO_LARGE),
    ("5.7.1", NOT_WANTED),
    ("5.7.26", NOT_WANTED),
];

const WORDS: [(&str, &str); 11] = [
    ("does not exist", NO_MAILBOX),
    ("no such user", NO_MAILBOX),
    ("no such mailbox", NO_MAILBOX),
    ("user unknown", NO_MAILBOX),
    ("unknown user", NO_MAILBOX),
    ("mailbox unavailable", NO_MAILBOX),
    ("quota", FULL),
    ("mailbox full", FULL),
    ("spam", NOT_WANTED),
    ("blocked", NOT_WANTED),
    ("policy", NOT_WANTED),
];

/// Not as a part of a longer one, or of an address.
fn has_status(told: &str, status: &str) -> bool {
    told.split(|it: char| !it.is_ascii_digit() && it != '.').any(|word| word.trim_end_matches('.') == status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_replies_are_understood() {
        for (reply, expected) in [
            ("550 mailbox does not exist", Some(NO_MAILBOX)),
            ("550 5.1.1 <chidi@acme.example>: Recipient address rejected", Some(NO_MAILBOX)),
            ("550 5.1.10 RESOLVER.ADR.RecipientNotFound", Some(NO_MAILBOX)),
            ("552 5.2.2 mailbox is over its limit", Some(FULL)),
            ("452 4.2.2 try later", Some(FULL)),
            ("552 over quota", Some(FULL)),
            ("554 5.7.1 rejected", Some(NOT_WANTED)),
            ("550 5.1.2 bad destination", Some(NO_DOMAIN)),
            ("554 5.3.4 too big", Some(TOO_LARGE)),
            ("554 15.1.1 transaction failed at 5.1.15", None),
            ("", None),
        ] {
            assert_eq!(meaning(reply), expected, "{reply}");
        }
    }
}
