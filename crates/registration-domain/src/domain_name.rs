//! A domain is compared as DNS knows it, in lower-case A-labels, and shown as people write it.

use std::fmt;

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

use crate::refusal::Fault;
use crate::text;

/// RFC 1035, 3.1, less the length octets of the first label and the root.
const MAX_OCTETS: usize = 253;
/// What is asked of DNS about a domain is asked below it: `_registration-challenge.` and the domain.
const MAX_OCTETS_BELOW_A_LABEL: usize = MAX_OCTETS - 24;

/// A domain of two labels or more, in canonical form: lower-case A-labels (UTS 46, non-transitional).
///
/// Equal domains are equal to the letter. A subdomain is another domain: nothing is cut off.
///
/// ```
/// use registration_domain::domain_name::DomainName;
///
/// let domain = DomainName::parse(" Bücher.EXAMPLE ")?;
/// assert_eq!(domain.as_str(), "xn--bcher-kva.example");
/// assert_eq!(domain.to_string(), "bücher.example");
/// assert_ne!(domain, DomainName::parse("shop.bücher.example")?);
/// # Ok::<(), registration_domain::domain_name::NotADomainName>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DomainName(String);

impl DomainName {
    /// Reads a domain, white space around it put aside.
    ///
    /// # Errors
    ///
    /// [`NotADomainName::TooLong`] where a name below it would not fit into DNS (229 octets), else
    /// [`NotADomainName::Malformed`] for a single label such as `com` or `localhost`, an IP address, an
    /// e-mail address, a web address, and what no domain can be.
    ///
    /// ```
    /// use registration_domain::domain_name::{DomainName, NotADomainName};
    ///
    /// for text in ["com", "localhost", "192.0.2.7", "ana@acme.example", "https://acme.example"] {
    ///     assert_eq!(DomainName::parse(text), Err(NotADomainName::Malformed), "{text}");
    /// }
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotADomainName> {
        let text = text::trimmed(text);
        // Before any work is done on it: no domain grows shorter in A-labels.
        if text.chars().count() > MAX_OCTETS {
            return Err(NotADomainName::TooLong);
        }
        let domain = to_a_labels(text).ok_or(NotADomainName::Malformed)?;
        if domain.len() > MAX_OCTETS_BELOW_A_LABEL {
            return Err(NotADomainName::TooLong);
        }
        Ok(Self(domain))
    }

    /// In lower-case A-labels, as DNS knows it; parsing it again gives it again.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As people write it: labels of other scripts are not encoded.
impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (shown, _) = Uts46::new().to_unicode(self.0.as_bytes(), AsciiDenyList::STD3, Hyphens::Check);
        f.write_str(&shown)
    }
}

/// The domain in canonical form, if it is one of two labels or more and no IP address.
pub(crate) fn to_a_labels(domain: &str) -> Option<String> {
    // UTS 46 passes over some invisible characters; what is shown would differ from what is meant.
    if domain.chars().any(text::is_treacherous) {
        return None;
    }
    let ascii = Uts46::new()
        .to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::Check, DnsLength::Verify)
        .ok()?;
    let (_, top) = ascii.rsplit_once('.')?;
    let is_top_level = top.starts_with("xn--") || top.bytes().all(|b| b.is_ascii_alphabetic());
    is_top_level.then(|| ascii.into_owned())
}

/// Why a text is no domain that can be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotADomainName {
    /// It is not made like the domain of an e-mail address.
    #[error("this is not a domain such as acme.example")]
    Malformed,
    /// A name below it would not fit into DNS.
    #[error("a domain has at most 229 characters as DNS writes it")]
    TooLong,
}

impl Fault for NotADomainName {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "invalid_domain",
            Self::TooLong => "too_long",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(text: &str) -> Result<String, NotADomainName> {
        DomainName::parse(text).map(|it| it.0)
    }

    #[test]
    fn a_domain_is_canonical_in_lower_case_a_labels() {
        for (text, expected) in [
            ("acme.example", "acme.example"),
            ("ACME.Example", "acme.example"),
            (" mail.acme.example\u{A0}", "mail.acme.example"),
            ("straße.example", "xn--strae-oqa.example"),
            ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
            ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
            ("acme。example", "acme.example"),
            ("1and1.example", "1and1.example"),
        ] {
            assert_eq!(canonical(text).as_deref(), Ok(expected), "{text}");
            assert_eq!(canonical(expected).as_deref(), Ok(expected), "again: {expected}");
        }
    }

    #[test]
    fn a_domain_is_shown_as_people_write_it() {
        for (text, shown) in [
            ("ACME.example", "acme.example"),
            ("xn--bcher-kva.example", "bücher.example"),
            ("XN--E1AFMKFD.xn--p1ai", "пример.рф"),
        ] {
            assert_eq!(DomainName::parse(text).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_domain_of_an_organization_is_refused() {
        for text in [
            "",
            " ",
            ".",
            "com",
            "localhost",
            "acme.",
            ".acme.example",
            "acme..example",
            "acme.example.",
            "-acme.example",
            "acme-.example",
            "ac_me.example",
            "ac me.example",
            "*.acme.example",
            "192.0.2.7",
            "[192.0.2.7]",
            "2001:db8::7",
            "acme.123",
            "@acme.example",
            "ana@acme.example",
            "https://acme.example",
            "acme.example/",
            "acme.example:53",
            "acme.exa\0mple",
            "acme.example\n",
            "ac\u{AD}me.example",
            "ac\u{200B}me.example",
            "\u{202E}emca.example",
            "xn--a.example",
            "ab--c.example",
        ] {
            assert_eq!(canonical(text), Err(NotADomainName::Malformed), "{text:?}");
        }
    }

    #[test]
    fn a_name_below_a_domain_fits_into_dns() {
        let of_octets = |octets: usize| {
            let mut text = String::new();
            while text.len() + 64 < octets - 4 {
                text.push_str(&"a".repeat(63));
                text.push('.');
            }
            format!("{text}{}.org", "b".repeat(octets - 4 - text.len()))
        };
        assert_eq!(canonical(&of_octets(229)).map(|it| it.len()), Ok(229));
        assert_eq!(canonical(&of_octets(230)), Err(NotADomainName::TooLong));
        assert_eq!(canonical(&"a.".repeat(100_000)), Err(NotADomainName::TooLong));
        assert_eq!(canonical(&format!("{}.org", "a".repeat(64))), Err(NotADomainName::Malformed));
    }
}
