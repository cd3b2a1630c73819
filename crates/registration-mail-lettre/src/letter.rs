//! A letter says the same in text and in HTML: both parts are given the same facts.
mod facts;
mod plain;
mod words;

use registration_domain::{catalogue::Catalogue, port::Mail, settings::PublicUrl};

pub(crate) use words::cleaned;

/// A mail in words. It holds what its link holds: not for a log.
pub(crate) struct Rendered {
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

/// What a platform says in all of its letters.
pub(crate) struct Letterhead {
    /// What the platform calls itself.
    pub(crate) product: String,
    /// Where it is reached; browsers fill in a code that a mail binds to its host.
    pub(crate) public_url: PublicUrl,
    /// What its permissions and roles are called.
    pub(crate) catalogue: Catalogue,
}

impl Letterhead {
    /// The same words for the same mail, whenever they are asked for.
    pub(crate) fn render(&self, mail: &Mail) -> askama::Result<Rendered> {
        let drafted = facts::draft(self, mail)?;
        Ok(Rendered {
            subject: plain::one_line(&drafted.subject),
            text: plain::wrapped(&drafted.text),
            html: plain::without_blank_lines(&drafted.html),
        })
    }
}

#[cfg(test)]
mod tests;
