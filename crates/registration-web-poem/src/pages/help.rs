//! What stands at the foot of every page: help, accessibility, privacy, language and look.
use askama::Template;
use poem::{Response, handler};

use crate::{
    shell::{Answer, Shell, page},
    visit::{Cookie, Theme, Visit, own_path, see_other},
    words::Words,
};

#[derive(Template)]
#[template(path = "help/text.html")]
struct Text<'a> {
    shell: Shell<'a>,
    topic: &'static str,
}

/// `GET /help`.
#[handler]
pub(crate) fn help(visit: Visit) -> Answer {
    text(&visit, "help")
}

/// `GET /accessibility`.
#[handler]
pub(crate) fn accessibility(visit: Visit) -> Answer {
    text(&visit, "accessibility")
}

/// `GET /privacy`.
#[handler]
pub(crate) fn privacy(visit: Visit) -> Answer {
    text(&visit, "privacy")
}

/// `POST /preferences`: a cookie each, so that the choice works without a script and without an account.
#[handler]
pub(crate) fn preferences(visit: Visit) -> Response {
    let form = visit.form();
    if form.has("theme") {
        visit.send(Cookie::theme(Theme::parse(form.value("theme"))));
    }
    if let Some(words) = Words::wished(form.value("language")) {
        visit.send(Cookie::language(words.tag()));
    }
    see_other(own_path(form.value("return_to")).unwrap_or("/"))
}

fn text(visit: &Visit, topic: &'static str) -> Answer {
    page(&Text { shell: Shell::new(visit, visit.t(topic)), topic })
}
