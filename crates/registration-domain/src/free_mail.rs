//! At a free-mail provider everybody can have an address, so no organization speaks for its domain.
mod providers;

use std::collections::BTreeSet;

use crate::domain_name::DomainName;

/// The domains at which everybody can have an address, as a platform sees them.
///
/// The list holds the mailbox providers that most people use and the domains that their customers write from.
/// It is no list of throw-away addresses: those domains have owners, too, who may or may not let everybody in.
/// Domains are compared as a whole, for the company behind a provider may use a subdomain for itself.
///
/// ```
/// use registration_domain::{domain_name::DomainName, free_mail::FreeMail};
///
/// let (gmail, acme) = (DomainName::parse("gmail.com")?, DomainName::parse("acme.example")?);
/// let known = FreeMail::default();
/// assert!(known.has(&gmail) && !known.has(&acme));
/// let ours = FreeMail { also: [acme.clone()].into(), but_not: [gmail.clone()].into() };
/// assert!(ours.has(&acme) && !ours.has(&gmail));
/// # Ok::<(), registration_domain::domain_name::NotADomainName>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FreeMail {
    /// What the platform adds to the list.
    pub also: BTreeSet<DomainName>,
    /// What the platform takes from the list.
    pub but_not: BTreeSet<DomainName>,
}

impl FreeMail {
    /// Whether everybody can have an address there.
    pub fn has(&self, domain: &DomainName) -> bool {
        let is_listed = providers::LIST.split_whitespace().any(|it| it == domain.as_str());
        self.also.contains(domain) || (is_listed && !self.but_not.contains(domain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_canonical_and_names_nothing_twice() {
        let listed = providers::LIST.split_whitespace().collect::<Vec<_>>();
        assert!(listed.len() > 200, "{}", listed.len());
        for it in &listed {
            assert_eq!(DomainName::parse(it).map(|it| it.as_str().to_owned()).as_deref(), Ok(*it));
        }
        let mut sorted = listed.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(listed, sorted);
    }

    #[test]
    fn a_platform_adds_to_the_list_and_takes_from_it() {
        let domain = |text: &str| DomainName::parse(text).unwrap();
        let both = domain("both.example");
        let ours = FreeMail {
            also: [domain("uni.example"), both.clone()].into(),
            but_not: [domain("web.de"), both.clone()].into(),
        };
        for (text, expected) in [
            ("GMAIL.com", true),
            ("web.de", false),
            ("gmx.de", true),
            ("uni.example", true),
            ("students.uni.example", false),
            ("corp.mail.ru", false),
        ] {
            assert_eq!(ours.has(&domain(text)), expected, "{text}");
        }
        assert!(ours.has(&both), "what is added is refused");
    }
}
