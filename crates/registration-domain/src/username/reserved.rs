//! A name that speaks for the platform, or looks as if it did, is nobody's username.

use std::sync::LazyLock;

use unicode_security::skeleton;

/// Names that people take for the platform itself, or programs for nobody.
const RESERVED: &[&str] = &[
    "abuse",
    "admin",
    "administrator",
    "anonymous",
    "api",
    "billing",
    "everyone",
    "help",
    "helpdesk",
    "hostmaster",
    "info",
    "me",
    "moderator",
    "nobody",
    "noreply",
    "null",
    "official",
    "operator",
    "platform",
    "postmaster",
    "registration",
    "root",
    "security",
    "self",
    "service",
    "staff",
    "superuser",
    "support",
    "sysadmin",
    "system",
    "undefined",
    "webmaster",
];

/// Whether the name is reserved, or is one to the eye: `adrnin`, `r00t`, `аdmin` with a Cyrillic `а`.
pub(super) fn resembles_reserved(name: &str) -> bool {
    static LOOKS: LazyLock<Vec<String>> = LazyLock::new(|| RESERVED.iter().map(|name| looks(name)).collect());
    LOOKS.contains(&looks(name))
}

/// The skeleton of UTS 39, blind to case, with punctuation left out: `ad.min` fools the hurried.
fn looks(name: &str) -> String {
    let letters: String = name.chars().filter(|c| !c.is_ascii_punctuation()).collect();
    skeleton(&letters).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reserved_name_is_refused() {
        for name in RESERVED {
            assert!(resembles_reserved(name), "{name}");
        }
    }

    #[test]
    fn what_looks_like_a_reserved_name_is_refused() {
        for name in ["adrnin", "r00t", "nul1", "аdmin", "аdmіn", "ѕupport", "ad.min", "_root_", "no-reply"]
        {
            assert!(resembles_reserved(name), "{name}");
        }
    }

    #[test]
    fn a_name_that_only_holds_a_reserved_one_is_free() {
        for name in ["admin2", "rooty", "ana.admin", "meg", "owner", "alice", "bob"] {
            assert!(!resembles_reserved(name), "{name}");
        }
    }
}
