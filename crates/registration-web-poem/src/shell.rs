//! What stands around every page: title, navigation, notice, footer.
use askama::{Template, filters::Safe};
use poem::{Response, http::StatusCode};

use crate::{
    failure::Failure,
    person,
    place::Place,
    visit::{Theme, Visit},
    words::{Phrase, Words},
};

/// What stands around a page.
pub(crate) struct Shell<'a> {
    visit: &'a Visit,
    place: Option<&'a Place>,
    section: &'static str,
    title: String,
    is_faulty: bool,
}

/// What a handler answers.
pub(crate) type Answer = Result<Response, Failure>;

/// A page.
pub(crate) fn page(template: &impl Template) -> Answer {
    page_with(StatusCode::OK, template)
}

/// A page that says no.
pub(crate) fn page_with(status: StatusCode, template: &impl Template) -> Answer {
    Ok(Response::builder().status(status).content_type("text/html; charset=utf-8").body(template.render()?))
}

impl<'a> Shell<'a> {
    /// Around a page of this title.
    pub(crate) fn new(visit: &'a Visit, title: impl ToString) -> Self {
        Self { visit, place: None, section: "", title: title.to_string(), is_faulty: false }
    }
    /// In an organization, in this part of it.
    pub(crate) fn at(self, place: Option<&'a Place>, section: &'static str) -> Self {
        Self { place, section, ..self }
    }
    /// Its form was refused.
    pub(crate) fn faulty(self, is_faulty: bool) -> Self {
        Self { is_faulty, ..self }
    }

    /// A phrase in the visitor's language; not `say`, for it stands in every line of a template.
    pub(crate) fn t(&self, key: &'static str) -> Phrase {
        self.visit.t(key)
    }
    pub(crate) fn visit(&self) -> &Visit {
        self.visit
    }
    /// The heading.
    pub(crate) fn heading(&self) -> &str {
        &self.title
    }
    /// The title of the window, which ends with the product's name.
    pub(crate) fn title(&self) -> String {
        let error = if self.is_faulty { format!("{} ", self.t("error-prefix")) } else { String::new() };
        format!("{error}{} – {}", self.title, self.product())
    }
    pub(crate) fn product(&self) -> &str {
        &self.visit.platform().settings().product
    }
    pub(crate) fn language(&self) -> &'static str {
        self.visit.words().tag()
    }
    /// Every language, and whether it is the page's.
    pub(crate) fn languages(&self) -> Vec<(Words, bool)> {
        Words::all().map(|it| (it, it.tag() == self.language())).collect()
    }
    pub(crate) fn themes(&self) -> [(&'static str, Phrase); 3] {
        Theme::ALL.map(|it| (it.key(), self.visit.t(format!("theme-{}", it.key()))))
    }
    pub(crate) fn theme(&self) -> &'static str {
        self.visit.theme().key()
    }
    /// Whether people may come by themselves.
    pub(crate) fn sign_up_is_open(&self) -> bool {
        self.visit.platform().settings().sign_up_is_open
    }
    pub(crate) fn asset(&self, name: &str) -> String {
        self.visit.assets().path(name)
    }
    pub(crate) fn notice(&self) -> Option<Phrase> {
        self.visit.notice().map(|it| it.phrase(self.visit))
    }

    /// What every form has, unseen.
    pub(crate) fn hidden(&self) -> Safe<String> {
        let (token, key) = (self.visit.csrf_token(), self.visit.form_key());
        Safe(format!(
            "<input type=\"hidden\" name=\"csrf\" value=\"{token}\"><input type=\"hidden\" name=\"form_key\" value=\"{key}\">"
        ))
    }

    pub(crate) fn place(&self) -> Option<&Place> {
        self.place
    }
    /// Whether this part of the navigation is where the page is.
    pub(crate) fn is_in(&self, section: &str) -> bool {
        self.section == section
    }
    pub(crate) fn name(&self) -> Option<String> {
        self.visit.who().map(|it| it.account.parts().name.full())
    }
    pub(crate) fn initials(&self) -> String {
        self.visit.who().map(|it| person::initials(&it.account.parts().name)).unwrap_or_default()
    }
    pub(crate) fn email(&self) -> String {
        self.visit.who().map(|it| it.account.parts().email.to_string()).unwrap_or_default()
    }
    /// After how many seconds without a request whoever is signed in is so no longer.
    pub(crate) fn idle(&self) -> Option<u64> {
        self.visit.who().map(|_| self.visit.platform().settings().lifetimes.session_idle.as_secs())
    }
    /// Whether administrators of the platform are to be told that no mail leaves it.
    pub(crate) fn keeps_mail(&self) -> bool {
        self.visit.is_administrator() && self.visit.mailbox().is_some()
    }
}
