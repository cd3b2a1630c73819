//! A URL is shown without what its user part and its query may keep secret.

/// The same URL with `***` for its password, and for all of its query.
pub(super) fn mask(url: &str) -> String {
    let (url, query) = url.split_once('?').map_or((url, ""), |(url, _)| (url, "?***"));
    let Some((scheme, rest)) = url.split_once("://") else { return format!("{url}{query}") };
    // A password may hold an `@`; a host may not.
    let Some((user, host)) = rest.rsplit_once('@') else { return format!("{scheme}://{rest}{query}") };
    let user = user.split_once(':').map_or(user.to_owned(), |(name, _)| format!("{name}:***"));
    format!("{scheme}://{user}@{host}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_masked_however_they_are_written() {
        for (url, shown) in [
            ("postgres://ana:hunter2@db/n", "postgres://ana:***@db/n"),
            ("postgres://ana:hun@ter:2/@db/n", "postgres://ana:***@db/n"),
            ("postgres://ana@db/n?password=hunter2", "postgres://ana@db/n?***"),
            ("smtps://mail.example", "smtps://mail.example"),
            ("sqlite:data/a.db", "sqlite:data/a.db"),
            ("mailbox:", "mailbox:"),
        ] {
            assert_eq!(mask(url), shown);
        }
    }
}
