//! Several invitations are looked at before they are sent, and each tells afterwards what came of it.
use askama::Template;
use poem::{handler, web::Path};
use registration_domain::{email::Email, platform::VerbError, use_case::invite::InviteRefusal};

use super::{
    addresses::Addresses,
    invite::{Wish, mended, pasted, read, refused, require},
    not_invited::{Row, refused_row, unsound},
};
use crate::{
    access,
    form::Form,
    place::Place,
    shell::{Answer, Shell, page},
    visit::Visit,
    words::Moment,
};

#[derive(Template)]
#[template(path = "organization/invite_check.html")]
struct Check<'a> {
    shell: Shell<'a>,
    ready: Vec<String>,
    others: Vec<Row>,
    /// The addresses that are sent, those too that were invited before: only what is left of them will tell.
    sound: String,
    access: String,
    until: Option<Moment>,
    note: Option<String>,
    kept: Vec<(String, String)>,
    all: String,
    has_unsound: bool,
}

#[derive(Template)]
#[template(path = "organization/invite_results.html")]
struct Results<'a> {
    shell: Shell<'a>,
    sent: Vec<String>,
    others: Vec<Row>,
}

/// What would come of each address; nothing is sent yet.
pub(super) async fn check(visit: &Visit, place: &Place, wish: &Wish) -> Answer {
    let mut others: Vec<_> = wish.addresses.unsound.iter().map(|it| unsound(visit, it)).collect();
    let (mut ready, mut until) = (Vec::new(), None);
    for email in &wish.addresses.sound {
        match visit.platform().would_invite(&wish.command(visit, place, email)?).await {
            Ok(invitation) => {
                until = Some(visit.moment(invitation.parts().expires_at));
                ready.push(email.to_string());
            }
            Err(VerbError::Refused(InviteRefusal::NotPermitted(why))) => {
                return Err(VerbError::<InviteRefusal>::Refused(why.into()).into());
            }
            Err(error) => others.push(refused_row(visit, place, email.as_str(), &error).await),
        }
    }
    let has_unsound = !wish.addresses.unsound.is_empty();
    if ready.is_empty() && !has_unsound {
        return results(visit, place, ready, others);
    }
    let form = visit.form();
    let kept = access::written(Form::default(), &wish.access);
    let kept = ["message", "expires", "language"].iter().fold(kept, |kept, it| kept.set(it, form.value(it)));
    let title = visit.t("check-title").count("count", ready.len());
    page(&Check {
        shell: Shell::new(visit, title).at(Some(place), "users"),
        ready,
        others,
        sound: wish.addresses.sound.iter().map(Email::as_str).collect::<Vec<_>>().join("\n"),
        access: access::named(visit, &wish.access),
        until,
        note: wish.note.as_ref().map(ToString::to_string),
        kept: kept.fields().to_vec(),
        all: pasted(form),
        has_unsound,
    })
}

/// `POST /o/{org}/users/invite/send`.
#[handler]
pub(crate) async fn send(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let (filled, wish) = read(&visit, &place);
    let Some(wish) = wish else { return refused(&visit, &place, filled) };
    // What was mended a moment ago has been looked at by nobody.
    if !Addresses::read(&mended(visit.form())).sound.is_empty() {
        return check(&visit, &place, &wish).await;
    }
    let mut others: Vec<_> = wish.addresses.unsound.iter().map(|it| unsound(&visit, it)).collect();
    let mut sent = Vec::new();
    for email in &wish.addresses.sound {
        let mut command = wish.command(&visit, &place, email)?;
        // Each address has a key of its own, so that the same form sent again repeats each answer.
        command.once = visit.once("invite-many").map(|mut once| {
            once.key = format!("{}-{}", once.key, email.canonical())
                .chars()
                .filter(char::is_ascii_graphic)
                .take(255)
                .collect();
            once
        });
        match visit.platform().invite(command).await {
            Ok(_) => sent.push(email.to_string()),
            Err(VerbError::Refused(InviteRefusal::NotPermitted(why))) => {
                return Err(VerbError::<InviteRefusal>::Refused(why.into()).into());
            }
            Err(error) => others.push(refused_row(&visit, &place, email.as_str(), &error).await),
        }
    }
    results(&visit, &place, sent, others)
}

/// What came of each address.
pub(super) fn results(visit: &Visit, place: &Place, sent: Vec<String>, others: Vec<Row>) -> Answer {
    let title = if sent.is_empty() {
        visit.t("results-none-title")
    } else {
        visit.t("results-title").count("count", sent.len())
    };
    page(&Results { shell: Shell::new(visit, title).at(Some(place), "users"), sent, others })
}
