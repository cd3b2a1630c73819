//! Where a visitor wants to go on is a path of our own, or nowhere.
use poem::http::Uri;

const LONGEST: usize = 2_048;

/// The path and query, where the text is nothing but that. Browsers read `//host` and `/\host` as other hosts,
/// and pass over tabs and line ends.
pub(crate) fn own_path(text: &str) -> Option<&str> {
    let is_plain = text.len() <= LONGEST && text.bytes().all(|it| it.is_ascii_graphic() && it != b'\\');
    let is_path = text.starts_with('/') && !text.starts_with("//");
    let uri: Uri = text.parse().ok().filter(|_| is_plain && is_path)?;
    (uri.authority().is_none() && uri.scheme().is_none()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_our_own_are_gone_to() {
        for path in ["/", "/o/1/users?tab=pending&q=a%20b", "/invitation"] {
            assert_eq!(own_path(path), Some(path));
        }
        for attack in [
            "",
            "o",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "javascript:1",
            "/\t/evil.example",
            "/\n/evil.example",
            " //evil.example",
            "///evil.example",
            "/a b",
            "/\u{2215}evil",
        ] {
            assert_eq!(own_path(attack), None, "{attack:?}");
        }
        assert_eq!(own_path(&format!("/{}", "a".repeat(LONGEST))), None);
    }
}
