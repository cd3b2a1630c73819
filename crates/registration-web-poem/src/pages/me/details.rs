//! One detail a page: what somebody is called, which language they read, and where they live by the clock.
use askama::Template;
use poem::{handler, http::StatusCode};
use registration_domain::{
    account::{Account, AccountParts},
    audit::Action,
    locale::Locale,
    person_name::NamePart,
    platform::VerbError,
    refusal::FieldFault,
    revision::Revision,
    time_zone::{NotATimeZone, TimeZone},
    use_case::change_details::{ChangeDetails, Details, DetailsRefusal},
    username::{NotAUsername, Username},
};

use super::zones::{Area, areas};
use crate::{
    failure::Failure,
    form::{Filled, Form},
    registration,
    shell::{Answer, Shell, page, page_with},
    visit::{Cookie, Notice, Visit, see_other},
    words::Words,
};

/// Which detail a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    Name,
    Username,
    Language,
    TimeZone,
}

#[derive(Template)]
#[template(path = "me/detail.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filled: Filled,
    detail: Detail,
    revision: u32,
    areas: Vec<Area>,
    stale: Option<Stale>,
}

/// What was saved in another window, and when.
struct Stale {
    saved: String,
    time: Option<String>,
}

/// `GET /me/name`, `/me/username`, `/me/language`, `/me/time-zone`.
#[handler]
pub(crate) fn show(visit: Visit) -> Answer {
    let (detail, account) = (Detail::of(&visit)?, &visit.signed_in()?.account);
    page(&form(&visit, detail, account, visit.filled(&detail.as_it_is(&visit, account)), None))
}

/// `POST` to the same.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let (detail, who) = (Detail::of(&visit)?, visit.signed_in()?);
    let mut filled = Filled::of(visit.form());
    let details = detail.read(&visit, &mut filled, &who.account);
    if filled.is_faulty() {
        let faulty = form(&visit, detail, &who.account, filled, None);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &faulty);
    }
    let seen = visit.form().value("revision").parse().ok().map(Revision);
    match visit.platform().change_details(ChangeDetails { by: who.caller(), details, seen }).await {
        Ok(account) => {
            detail.take_effect(&visit, &account);
            visit.tell(Notice::of("notice-saved"));
            Ok(see_other("/me"))
        }
        Err(VerbError::Refused(DetailsRefusal::Stale)) => {
            let stale = stale(&visit, detail, &who.account).await;
            let compared = form(&visit, detail, &who.account, filled, Some(stale));
            page_with(StatusCode::PRECONDITION_FAILED, &compared)
        }
        Err(VerbError::Refused(DetailsRefusal::Fields(faults))) => {
            registration::refuse(&visit, &mut filled, &faults);
            let faulty = form(&visit, detail, &who.account, filled, None);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &faulty)
        }
        Err(error) => Err(error.into()),
    }
}

/// The account is read anew at each request, so it is what was saved.
async fn stale(visit: &Visit, detail: Detail, account: &Account) -> Stale {
    let caller = visit.caller().ok();
    let changed = match &caller {
        Some(caller) => visit.platform().last_own_act(caller, Action::AccountChanged).await.ok().flatten(),
        None => None,
    };
    Stale { saved: detail.told(account), time: changed.map(|at| visit.moment(at).time()) }
}

impl Detail {
    fn of(visit: &Visit) -> Result<Self, Failure> {
        let path = visit.path().split('?').next().unwrap_or_default();
        Ok(match path {
            "/me/name" => Self::Name,
            "/me/username" => Self::Username,
            "/me/language" => Self::Language,
            "/me/time-zone" => Self::TimeZone,
            _ => return Err(Failure::NotFound),
        })
    }
    fn title(self) -> &'static str {
        match self {
            Self::Name => "me-name-title",
            Self::Username => "me-username-title",
            Self::Language => "me-language-title",
            Self::TimeZone => "me-time-zone-title",
        }
    }
    /// The form as the account fills it in.
    fn as_it_is(self, visit: &Visit, account: &Account) -> Form {
        let AccountParts { username, name, locale, .. } = account.parts();
        let empty = Form::default();
        match self {
            Self::Name => empty.set("first_name", name.first.as_str()).set("last_name", name.last.as_str()),
            Self::Username => empty.set("username", username.as_str()),
            Self::Language => {
                let spoken = locale.as_ref().and_then(|it| Words::wished(it.as_str()));
                empty.set("language", spoken.unwrap_or_default().tag())
            }
            Self::TimeZone => empty.set("time_zone", visit.zone().name()),
        }
    }
    fn told(self, account: &Account) -> String {
        let AccountParts { username, name, locale, time_zone, .. } = account.parts();
        match self {
            Self::Name => name.full(),
            Self::Username => username.to_string(),
            Self::Language => {
                let spoken = locale.as_ref().and_then(|it| Words::wished(it.as_str()));
                spoken.unwrap_or_default().name().to_owned()
            }
            Self::TimeZone => time_zone.as_ref().map_or("UTC", TimeZone::as_str).to_owned(),
        }
    }
    fn read(self, visit: &Visit, filled: &mut Filled, account: &Account) -> Details {
        let words = visit.words();
        let nothing = Details::default();
        match self {
            Self::Name => Details {
                first_name: filled.take(words, "first_name", NamePart::parse),
                last_name: filled.take(words, "last_name", NamePart::parse),
                ..nothing
            },
            // A name that is reserved today may be somebody's from before.
            Self::Username => Details {
                username: filled.take(words, "username", |text| {
                    let kept = Username::parse_any(text).ok().filter(|it| *it == account.parts().username);
                    kept.map_or_else(|| Username::parse(text), Ok::<_, NotAUsername>)
                }),
                ..nothing
            },
            Self::Language => Details { locale: language(visit, filled), ..nothing },
            Self::TimeZone => Details { time_zone: filled.take(words, "time_zone", zone), ..nothing },
        }
    }
    /// The choice of an account takes the place of the one that only this browser knew.
    fn take_effect(self, visit: &Visit, account: &Account) {
        if self == Self::Language
            && let Some(locale) = &account.parts().locale
        {
            visit.send(Cookie::language(locale.as_str()));
        }
    }
}

fn language(visit: &Visit, filled: &mut Filled) -> Option<Locale> {
    let spoken = Words::all().find(|it| it.tag() == filled.value("language"));
    let locale = spoken.and_then(|it| Locale::parse(it.tag()).ok());
    if locale.is_none() {
        filled.refuse(visit.words(), &FieldFault::required("language"));
    }
    locale
}

fn zone(text: &str) -> Result<TimeZone, NotATimeZone> {
    let zone = TimeZone::parse(text)?;
    zone.as_str().parse::<chrono_tz::Tz>().map(|_| zone).map_err(|_| NotATimeZone)
}

fn form<'a>(
    visit: &'a Visit,
    detail: Detail,
    account: &Account,
    filled: Filled,
    stale: Option<Stale>,
) -> Page<'a> {
    let areas = if detail == Detail::TimeZone { areas() } else { Vec::new() };
    let shell = Shell::new(visit, visit.t(detail.title())).faulty(filled.is_faulty());
    Page { shell, filled, detail, revision: account.parts().revision.0, areas, stale }
}
