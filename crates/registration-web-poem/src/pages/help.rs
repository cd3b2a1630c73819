//! What stands at the foot of every page: help, accessibility, privacy, language and look.
use askama::Template;
use poem::handler;
use registration_domain::{
    locale::Locale,
    use_case::change_details::{ChangeDetails, Details},
};

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

/// `POST /preferences`: a cookie each, so that the choice works without a script and without an account. Whoever
/// has one takes the language along to their other browsers.
#[handler]
pub(crate) async fn preferences(visit: Visit) -> Answer {
    let form = visit.form();
    if form.has("theme") {
        visit.send(Cookie::theme(Theme::parse(form.value("theme"))));
    }
    if let Some(words) = Words::wished(form.value("language")) {
        visit.send(Cookie::language(words.tag()));
        if let (Ok(by), Ok(locale)) = (visit.caller(), Locale::parse(words.tag())) {
            let details = Details { locale: Some(locale), ..Details::default() };
            visit.platform().change_details(ChangeDetails { by, details, seen: None }).await?;
        }
    }
    Ok(see_other(own_path(form.value("return_to")).unwrap_or("/")))
}

fn text(visit: &Visit, topic: &'static str) -> Answer {
    page(&Text { shell: Shell::new(visit, visit.t(topic)), topic })
}
