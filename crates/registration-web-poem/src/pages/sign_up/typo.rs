//! An address at a domain that is one slip away from one that many people have is told to look at again.
use registration_domain::email::Email;

/// Where many people have their mail.
const COMMON: [&str; 19] = [
    "aol.com",
    "email.com",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.de",
    "gmx.net",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mail.com",
    "outlook.com",
    "posteo.de",
    "proton.me",
    "t-online.de",
    "web.de",
    "yahoo.com",
    "yahoo.de",
    "ymail.com",
];

/// What somebody may have meant.
pub(super) fn meant(typed: &Email) -> Option<String> {
    let domain = typed.domain();
    if COMMON.contains(&domain) {
        return None;
    }
    let close = COMMON.into_iter().find(|it| is_one_slip(domain.as_bytes(), it.as_bytes()))?;
    Some(format!("{}@{close}", typed.local()))
}

/// One character too many, too few or another one, or two that changed places.
fn is_one_slip(typed: &[u8], meant: &[u8]) -> bool {
    let same = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (typed, meant) = (&typed[same..], &meant[same..]);
    match (typed, meant) {
        ([_, rest @ ..], _) if rest == meant => true,
        (_, [_, rest @ ..]) if rest == typed => true,
        ([_, one @ ..], [_, other @ ..]) if one == other => true,
        ([a, b, one @ ..], [c, d, other @ ..]) => (a, b) == (d, c) && one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(typed: &str) -> Option<String> {
        meant(&Email::parse(typed).unwrap())
    }

    #[test]
    fn one_slip_is_seen() {
        for typed in ["ana@gmial.com", "ana@gmail.con", "ana@gmal.com", "ana@gmaill.com", "ana@Gnail.com"] {
            assert_eq!(of(typed).as_deref(), Some("ana@gmail.com"), "{typed}");
        }
        assert_eq!(of("ana@hotnail.com").as_deref(), Some("ana@hotmail.com"));
    }

    #[test]
    fn what_many_people_have_or_nobody_meant_is_left_alone() {
        for typed in [
            "ana@gmail.com",
            "ana@yahoo.de",
            "ana@acme.example",
            "ana@mail.com",
            "ana@ymail.com",
            "ana@gamil.co",
        ] {
            assert_eq!(of(typed), None, "{typed}");
        }
    }
}
