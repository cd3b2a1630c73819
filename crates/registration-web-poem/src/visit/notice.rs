//! What was just done is told once, at the top of the page that follows.
use super::Visit;
use crate::words::Phrase;

/// A phrase for the next page. Its key begins with `notice-`, so that nobody can make a page say anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    key: String,
    values: Vec<(&'static str, String)>,
}

/// The values that a notice may hold.
const NAMES: [&str; 10] =
    ["who", "email", "organization", "when", "gained", "lost", "access", "count", "day", "domain"];

impl Notice {
    /// The notice of this key.
    pub(crate) fn of(key: &'static str) -> Self {
        Self { key: key.to_owned(), values: Vec::new() }
    }
    /// With this in it; other names than the known ones are not carried.
    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }
    /// In the visitor's language.
    pub(crate) fn phrase(&self, visit: &Visit) -> Phrase {
        self.values.iter().fold(visit.t(self.key.clone()), |phrase, (name, value)| phrase.with(name, value))
    }

    /// As the value of a cookie.
    pub(super) fn written(&self) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.append_pair("key", &self.key);
        for (name, value) in &self.values {
            text.append_pair(name, value);
        }
        text.finish()
    }
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut pairs = form_urlencoded::parse(text.as_bytes());
        let (_, key) = pairs.next().filter(|(name, key)| name == "key" && key.starts_with("notice-"))?;
        let known = |(name, value): (_, std::borrow::Cow<'_, str>)| {
            let name = NAMES.into_iter().find(|it| *it == name)?;
            Some((name, value.into_owned()))
        };
        Some(Self { key: key.into_owned(), values: pairs.filter_map(known).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_comes_back_from_its_cookie() {
        let notice = Notice::of("notice-removed").with("who", "Ana; Ruiz & = ü");
        assert_eq!(Notice::read(&notice.written()), Some(notice));
        assert_eq!(Notice::read("key=error-internal"), None);
        assert_eq!(Notice::read("who=x"), None);
        assert_eq!(Notice::read("key=notice-x&else=y").unwrap().values, []);
    }
}
