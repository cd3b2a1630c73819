//! An e-mail address is compared in canonical form, and mail goes to the form that was given.

use std::fmt;

use uuid::Uuid;

use crate::domain_name::to_a_labels;
use crate::refusal::Fault;
use crate::text;

/// RFC 5321, 4.5.3.1.1.
const MAX_LOCAL_OCTETS: usize = 64;
/// RFC 5321, 4.5.3.1.3, less the angle brackets of a path.
const MAX_OCTETS: usize = 254;

/// An address to which mail can be sent over the public network.
///
/// The canonical form has the domain as lower-case A-labels (UTS 46, non-transitional) and the local
/// part folded in ASCII only. Dots and plus signs mean what the mail server of the domain makes of them,
/// so they are left alone. Two addresses are the same mailbox when their canonical forms are equal;
/// `==` compares the spelling too.
///
/// ```
/// use registration_domain::email::Email;
///
/// let email = Email::parse(" Ana.Ruiz@BÜCHER.example ")?;
/// assert_eq!(email.as_str(), "Ana.Ruiz@BÜCHER.example");
/// assert_eq!(email.canonical(), "ana.ruiz@xn--bcher-kva.example");
/// assert!(email.is_same_mailbox(&Email::parse("ANA.RUIZ@bücher.example")?));
/// # Ok::<(), registration_domain::email::NotAnEmail>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Email {
    address: String,
    canonical: String,
}

impl Email {
    /// Reads an address, white space around it put aside.
    ///
    /// The local part is a dot-atom of RFC 5322, or of RFC 6531 when it is not ASCII, and then in NFKC
    /// as the e-mail profile of UTS 39 asks. Comments, quoted local parts, address literals, encoded
    /// words and domains without a dot are refused: they are legal somewhere, and an attack here.
    ///
    /// # Errors
    ///
    /// [`NotAnEmail::TooLong`] for a local part over 64 or an address over 254 octets, else
    /// [`NotAnEmail::Malformed`].
    ///
    /// ```
    /// use registration_domain::email::{Email, NotAnEmail};
    ///
    /// assert_eq!(Email::parse("ana@[192.0.2.7]"), Err(NotAnEmail::Malformed));
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotAnEmail> {
        let address = text::trimmed(text);
        if address.len() > MAX_OCTETS {
            return Err(NotAnEmail::TooLong);
        }
        let (local, domain) = address.split_once('@').ok_or(NotAnEmail::Malformed)?;
        if !is_local_part(local) {
            return Err(NotAnEmail::Malformed);
        }
        let domain = to_a_labels(domain).ok_or(NotAnEmail::Malformed)?;
        let canonical = format!("{}@{domain}", local.to_ascii_lowercase());
        if local.len() > MAX_LOCAL_OCTETS || canonical.len() > MAX_OCTETS {
            return Err(NotAnEmail::TooLong);
        }
        Ok(Self { address: address.to_owned(), canonical })
    }

    /// What stands in the place of an address that was erased: no mail ever reaches it (RFC 6761, 6.4).
    pub(crate) fn of_nobody(id: Uuid) -> Self {
        let address = format!("closed-{}@closed.invalid", id.simple());
        Self { canonical: address.clone(), address }
    }

    /// The address as it was given: the one that mail goes to and people see.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// The form in which addresses are compared and found; parsing it again gives it again.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// Whether mail to both reaches one mailbox, by the rules that this product goes by.
    ///
    /// ```
    /// # use registration_domain::email::Email;
    /// let ana = Email::parse("ana@example.org")?;
    /// assert!(ana.is_same_mailbox(&Email::parse("ANA@Example.org")?));
    /// assert!(!ana.is_same_mailbox(&Email::parse("ana+news@example.org")?));
    /// # Ok::<(), registration_domain::email::NotAnEmail>(())
    /// ```
    pub fn is_same_mailbox(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }

    /// The part before the `@`, as it was given.
    pub fn local(&self) -> &str {
        self.address.split_once('@').map_or("", |(local, _)| local)
    }

    /// The domain in lower-case A-labels, as DNS knows it.
    pub fn domain(&self) -> &str {
        self.canonical.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// The same mailbox for an SMTP envelope: the local part as given, the domain as A-labels, so that
    /// an internationalized domain alone asks no SMTPUTF8 (RFC 6531) of the servers on the way.
    ///
    /// ```
    /// # use registration_domain::email::Email;
    /// assert_eq!(Email::parse("Ana@bücher.example")?.envelope(), "Ana@xn--bcher-kva.example");
    /// # Ok::<(), registration_domain::email::NotAnEmail>(())
    /// ```
    pub fn envelope(&self) -> String {
        format!("{}@{}", self.local(), self.domain())
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.address)
    }
}

/// Atoms with single dots between them.
fn is_local_part(local: &str) -> bool {
    local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom_character))
        && !local.contains("=?")
        && text::is_nfkc(local)
}

fn is_atom_character(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
    } else {
        !c.is_whitespace() && !text::is_treacherous(c)
    }
}

/// Why a text is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAnEmail {
    /// It is not made like one that mail could be sent to.
    #[error("this is not an e-mail address")]
    Malformed,
    /// The local part is over 64 or the whole over 254 octets.
    #[error("an e-mail address has at most 64 characters before the @ and 254 in all")]
    TooLong,
}

impl Fault for NotAnEmail {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "invalid_email",
            Self::TooLong => "too_long",
        }
    }
}

#[cfg(test)]
mod tests;
