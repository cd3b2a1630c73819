//! What somebody typed while their session ran out waits an hour for them, in their own browser, and for nobody else.
use registration_domain::account::AccountId;

use super::own_path;
use crate::form::{self, Form};

/// A cookie of 4 KiB is all that browsers promise to keep, with its name and what stands around it.
const LONGEST: usize = 3_500;

/// A form that was sent too late.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    of: String,
    page: String,
    form: Form,
}

impl Draft {
    /// Of this person, for the page that they filled in. Passwords and codes are typed anew.
    pub(super) fn of(account: AccountId, page: &str, form: &Form) -> Self {
        let open = form.fields().iter().filter(|(name, _)| !form::is_secret(name));
        let form = open.fold(Form::default(), |form, (name, value)| form.set(name, value));
        Self { of: account.to_string(), page: path(page).to_owned(), form }
    }
    /// As the value of a cookie; none where no browser would keep it.
    pub(super) fn written(&self) -> Option<String> {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.append_pair("of", &self.of).append_pair("page", &self.page);
        text.extend_pairs(self.form.fields());
        Some(text.finish()).filter(|it| it.len() <= LONGEST)
    }
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut pairs = form_urlencoded::parse(text.as_bytes());
        let (_, of) = pairs.next().filter(|(name, _)| name == "of")?;
        let (_, page) = pairs.next().filter(|(name, page)| name == "page" && own_path(page).is_some())?;
        let form = pairs.fold(Form::default(), |form, (name, value)| form.set(&name, value));
        Some(Self { of: of.into_owned(), page: page.into_owned(), form })
    }
    /// What was typed into this page, if it is this person's.
    pub(super) fn typed(&self, account: AccountId, page: &str) -> Option<&Form> {
        (self.of == account.to_string() && self.page == path(page)).then_some(&self.form)
    }
}

fn path(page: &str) -> &str {
    page.split_once('?').map_or(page, |(path, _)| path)
}

#[cfg(test)]
mod tests {
    use registration_domain::id::Id;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_draft_comes_back_to_its_writer_on_its_page_without_what_is_secret() {
        let [ana, bo] = [1, 2].map(|it| Id::new(Uuid::from_u128(it)));
        let form =
            Form::read("permission=a&permission=b&note=J%C3%B6 %3B %26&csrf=x&password=y&code=z".as_bytes());
        let draft = Draft::read(&Draft::of(ana, "/o/1/users?tab=pending", &form).written().unwrap()).unwrap();
        let typed = draft.typed(ana, "/o/1/users?tab=failed").unwrap();
        assert_eq!(typed.values("permission").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(typed.value("note"), "Jö ; &");
        assert!(["csrf", "password", "code"].iter().all(|it| !typed.has(it)));
        assert!(draft.typed(bo, "/o/1/users").is_none(), "of somebody else");
        assert!(draft.typed(ana, "/o/2/users").is_none(), "of another page");
    }

    #[test]
    fn what_no_browser_would_keep_is_no_draft() {
        let form = Form::default().set("emails", "a".repeat(LONGEST));
        assert!(Draft::of(Id::new(Uuid::nil()), "/", &form).written().is_none());
        assert!(Draft::read("page=/&of=1").is_none() && Draft::read("of=1&page=//evil.example").is_none());
    }
}
