//! Several invitations are looked at before they are sent, and each tells afterwards what came of it.
use askama::Template;
use poem::{handler, web::Path};
use registration_domain::{
    platform::VerbError,
    refusal::{Fact, Refusal as _},
    use_case::invite::InviteRefusal,
};

use super::invite::{Wish, read, refused, require};
use crate::{
    access,
    form::Form,
    place::Place,
    shell::{Answer, Shell, page},
    visit::Visit,
    words::{Moment, Phrase},
};

#[derive(Template)]
#[template(path = "organization/invite_check.html")]
struct Check<'a> {
    shell: Shell<'a>,
    ready: Vec<String>,
    others: Vec<Row>,
    access: String,
    until: Option<Moment>,
    note: Option<String>,
    kept: Vec<(String, String)>,
    all: String,
}

#[derive(Template)]
#[template(path = "organization/invite_results.html")]
struct Results<'a> {
    shell: Shell<'a>,
    sent: Vec<String>,
    others: Vec<Row>,
}

/// An address that is not invited, why, and what can be done about it.
pub(super) struct Row {
    email: String,
    words: Phrase,
    resend: Option<String>,
    step: Option<(Phrase, String)>,
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
            Err(error) => others.push(refused_row(visit, place, email.as_str(), &error)),
        }
    }
    let form = visit.form();
    let kept = access::written(Form::default(), &wish.access);
    let kept = ["message", "expires", "language"].iter().fold(kept, |kept, it| kept.set(it, form.value(it)));
    let title = visit.t("check-title").count("count", ready.len());
    page(&Check {
        shell: Shell::new(visit, title).at(Some(place), "users"),
        ready,
        others,
        access: access::named(visit, &wish.access),
        until,
        note: wish.note.as_ref().map(ToString::to_string),
        kept: kept.fields().to_vec(),
        all: form.value("emails").to_owned(),
    })
}

/// `POST /o/{org}/users/invite/send`.
#[handler]
pub(crate) async fn send(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let (filled, wish) = read(&visit, &place);
    let Some(wish) = wish else { return refused(&visit, &place, filled) };
    let (mut sent, mut others) = (Vec::new(), Vec::new());
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
            Err(error) => others.push(refused_row(&visit, &place, email.as_str(), &error)),
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

/// Why an address is not invited, and the way on.
pub(super) fn refused_row(
    visit: &Visit,
    place: &Place,
    email: &str,
    error: &VerbError<InviteRefusal>,
) -> Row {
    let resend = error.facts().into_iter().find_map(|it| match it {
        Fact::Invitation(id) => Some(place.path(&format!("invitations/{id}/resend"))),
        Fact::MissingPermission(_)
        | Fact::JoinRequest(_)
        | Fact::Decided(_)
        | Fact::ExceededPermissions(_)
        | Fact::RetryAt(_)
        | Fact::Since(_)
        | Fact::EmailDomain(_)
        | Fact::RecordsFound(_)
        | Fact::TriesLeft(_) => None,
    });
    let mut words = visit.t(format!("refusal-{}", error.code()));
    if let VerbError::Spent { until, .. } = error {
        words = words.with("until", visit.moment(until));
    }
    let query = |name| form_urlencoded::Serializer::new(String::new()).append_pair(name, email).finish();
    let step = (error.code() == "already_member")
        .then(|| (visit.t("open-member"), place.path(&format!("users?{}", query("q")))));
    Row { email: email.to_owned(), words, resend, step }
}

fn unsound(visit: &Visit, text: &str) -> Row {
    Row { email: text.to_owned(), words: visit.t("fault-invalid_email"), resend: None, step: None }
}
