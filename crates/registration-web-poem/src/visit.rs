//! A visit is one request: who comes, in which language, from where, and with which form.
mod cookies;
mod csrf;
mod desk;
mod draft;
mod notice;
mod return_to;
mod unsafe_methods;

use std::{
    borrow::Borrow,
    sync::{Arc, Mutex, PoisonError},
};

use chrono_tz::Tz;
use poem::{FromRequest, Request, RequestBody, Result};
use registration_domain::{
    count::Count,
    id::Id,
    platform::Platform,
    receipt::Once,
    secret::Secret,
    session::{Caller, Device, Origin},
    time::Timestamp,
    use_case::authenticate::SignedIn,
};

use crate::{
    assets::Assets,
    failure::Failure,
    form::{Filled, Form},
    mailbox::DevelopmentMailbox,
    outgoing_mail::OutgoingMail,
    settings::WebSettings,
    words::{Moment, Phrase, Words},
};

pub(crate) use cookies::Cookie;
pub(crate) use desk::{Desk, see_other};
pub(crate) use draft::Draft;
pub(crate) use notice::Notice;
pub(crate) use return_to::own_path;

/// What all visits share.
pub(crate) struct House {
    pub(crate) platform: Arc<Platform>,
    pub(crate) settings: WebSettings,
    pub(crate) assets: Assets,
}

/// One request.
#[derive(Clone)]
pub(crate) struct Visit(Arc<Came>);

struct Came {
    house: Arc<House>,
    words: Words,
    theme: Theme,
    zone: Option<Tz>,
    who: Option<SignedIn>,
    unread: Option<Count>,
    token: Option<Secret>,
    lost: Option<Lost>,
    draft: Option<Draft>,
    visitor: String,
    invitation: Option<Secret>,
    setup: Option<Secret>,
    reset: Option<Secret>,
    known: Option<Secret>,
    sign_up: Option<Secret>,
    notice: Option<Notice>,
    path: String,
    query: Form,
    form: Form,
    device: Device,
    cookies: Mutex<Vec<Cookie>>,
}

/// A session of this browser that is over.
struct Lost {
    token: Secret,
    /// The page from which the request came.
    page: Option<String>,
}

/// How the pages look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Theme {
    /// As the system does.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Visit {
    /// The platform.
    pub(crate) fn platform(&self) -> &Platform {
        &self.0.house.platform
    }
    /// Style sheet and script.
    pub(crate) fn assets(&self) -> &Assets {
        &self.0.house.assets
    }
    /// The development mailbox.
    pub(crate) fn mailbox(&self) -> Option<&Arc<dyn DevelopmentMailbox>> {
        self.0.house.settings.mailbox.as_ref()
    }
    /// How mail leaves.
    pub(crate) fn mail(&self) -> Option<&Arc<dyn OutgoingMail>> {
        self.0.house.settings.mail.as_ref()
    }
    /// The time on the platform's clock.
    pub(crate) fn now(&self) -> Timestamp {
        self.0.house.settings.clock.now()
    }

    /// The words of the visitor's language.
    pub(crate) fn words(&self) -> Words {
        self.0.words
    }
    /// A phrase in the visitor's language.
    pub(crate) fn t(&self, key: impl Into<std::borrow::Cow<'static, str>>) -> Phrase {
        self.0.words.say(key)
    }
    /// A point in time in the visitor's language.
    pub(crate) fn moment(&self, at: impl Borrow<Timestamp>) -> Moment {
        self.0.words.moment(*at.borrow()).within(self.zone())
    }
    /// The zone in which the visitor lives by the clock: the one they chose, else their browser's.
    pub(crate) fn zone(&self) -> Tz {
        self.chosen_zone().or(self.0.zone).unwrap_or(Tz::UTC)
    }
    fn chosen_zone(&self) -> Option<Tz> {
        let chosen = self.who()?.account.parts().time_zone.as_ref()?;
        chosen.as_str().parse().ok()
    }
    /// The cookie in which the browser is to say by which clock it goes; none where somebody chose one.
    pub(crate) fn zone_cookie(&self) -> Option<String> {
        let https = self.platform().settings().public_url.is_https();
        self.chosen_zone().is_none().then(|| cookies::name(cookies::ZONE, https))
    }
    /// How much of what they were told they have not read.
    pub(crate) fn unread(&self) -> Option<Count> {
        self.0.unread.filter(|it| it.number() > 0)
    }
    /// How the visitor wants the pages to look.
    pub(crate) fn theme(&self) -> Theme {
        self.0.theme
    }

    /// Who is signed in, if anybody is.
    pub(crate) fn who(&self) -> Option<&SignedIn> {
        self.0.who.as_ref()
    }
    /// Who is signed in.
    ///
    /// # Errors
    /// [`Failure::SignedOut`].
    pub(crate) fn signed_in(&self) -> Result<&SignedIn, Failure> {
        self.who().ok_or(Failure::SignedOut)
    }
    /// The same, as verbs take it.
    ///
    /// # Errors
    /// [`Failure::SignedOut`].
    pub(crate) fn caller(&self) -> Result<Caller, Failure> {
        self.signed_in().map(SignedIn::caller)
    }
    /// Whether somebody is signed in who administers the platform.
    pub(crate) fn is_administrator(&self) -> bool {
        self.who().is_some_and(|it| it.account.parts().administrator)
    }
    /// Whether a session of this browser is over.
    pub(crate) fn lost_session(&self) -> bool {
        self.0.lost.is_some()
    }
    /// Keeps what somebody typed while their session ran out, and answers whether it waits for them.
    pub(crate) async fn keep_draft(&self) -> bool {
        let Some(lost) = self.0.lost.as_ref().filter(|_| !self.form().fields().is_empty()) else {
            return false;
        };
        let Ok(Some(holder)) = self.platform().former_holder(&lost.token).await else { return false };
        let draft = Cookie::draft(&Draft::of(holder, self.page(), self.form()));
        draft.map(|it| self.send(it)).is_some()
    }
    /// A form to be filled in: as it was left where its writer was signed out meanwhile, else with this in it.
    pub(crate) fn filled(&self, otherwise: &Form) -> Filled {
        let typed = self.0.draft.as_ref().zip(self.who());
        let typed = typed.and_then(|(draft, who)| draft.typed(who.account.id(), self.path()));
        Filled::of(typed.unwrap_or(otherwise))
    }
    /// The page on which a form stood, or this one.
    pub(crate) fn page(&self) -> &str {
        self.0.lost.as_ref().and_then(|it| it.page.as_deref()).unwrap_or(self.path())
    }
    /// What the visitor uses.
    pub(crate) fn device(&self) -> Device {
        self.0.device.clone()
    }
    /// From where they come.
    pub(crate) fn origin(&self) -> Origin {
        self.0.device.origin.clone()
    }
    /// The invitation that they opened.
    pub(crate) fn invitation(&self) -> Option<&Secret> {
        self.0.invitation.as_ref()
    }
    /// The setup link that they opened.
    pub(crate) fn setup(&self) -> Option<&Secret> {
        self.0.setup.as_ref()
    }
    /// The link to set a new password that they opened.
    pub(crate) fn reset(&self) -> Option<&Secret> {
        self.0.reset.as_ref()
    }
    /// What this browser is known by, where somebody signed in on it before.
    pub(crate) fn known(&self) -> Option<Secret> {
        self.0.known.clone()
    }
    /// The sign-up that this browser began, sealed.
    pub(crate) fn sign_up(&self) -> Option<&Secret> {
        self.0.sign_up.as_ref()
    }
    /// What the page before wanted this one to say.
    pub(crate) fn notice(&self) -> Option<&Notice> {
        self.0.notice.as_ref()
    }

    /// The path of this page, with its query.
    pub(crate) fn path(&self) -> &str {
        &self.0.path
    }
    /// What the address asks for.
    pub(crate) fn query(&self) -> &Form {
        &self.0.query
    }
    /// What was filled in; checked before any handler saw it.
    pub(crate) fn form(&self) -> &Form {
        &self.0.form
    }
    /// What makes this very form recognized when it is sent again.
    pub(crate) fn once(&self, route: &'static str) -> Option<Once> {
        let key = Some(self.0.form.value("form_key")).filter(|it| !it.is_empty() && it.len() <= 64)?;
        let caller = self.who().map(|it| it.account.id().to_string());
        let request = [self.0.path.as_bytes(), b"\n", self.0.form.bytes()].concat();
        Some(self.platform().once(caller.as_deref(), route, key, &request))
    }
    /// A fresh key for a form.
    pub(crate) fn form_key(&self) -> String {
        self.0.house.settings.ids.uuid().simple().to_string()
    }
    /// What proves that a form came from a page of ours.
    pub(crate) fn csrf_token(&self) -> String {
        csrf::token(self.platform(), self.0.token.as_ref(), &self.0.visitor)
    }

    /// Sends this cookie with the answer.
    pub(crate) fn send(&self, cookie: Cookie) {
        self.0.cookies.lock().unwrap_or_else(PoisonError::into_inner).push(cookie);
    }
    /// Wants the next page to say this.
    pub(crate) fn tell(&self, notice: Notice) {
        self.send(Cookie::notice(&notice));
    }
    fn cookies(&self) -> Vec<Cookie> {
        self.0.cookies.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Begins a session in this browser.
    pub(crate) fn admit(&self, token: &Secret) {
        self.send(Cookie::session(token, self.platform().settings().lifetimes.session));
        if let Some(device) = self.platform().device_of(token) {
            self.send(Cookie::device(&device));
        }
    }
}

impl std::fmt::Debug for Visit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Visit").field("words", &self.0.words).finish_non_exhaustive()
    }
}

impl<'a> FromRequest<'a> for Visit {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        request.data::<Self>().cloned().ok_or_else(|| Failure::Internal.into())
    }
}

/// The id in a part of a path.
///
/// # Errors
/// [`Failure::NotFound`], for what is no id names nothing.
pub(crate) fn id<Of>(text: &str) -> Result<Id<Of>, Failure> {
    text.parse().map(Id::new).map_err(|_: uuid::Error| Failure::NotFound)
}

impl Theme {
    /// Every look.
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The stable word for it.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
    /// As the system does, for any other word.
    pub(crate) fn parse(key: &str) -> Self {
        Self::ALL.into_iter().find(|it| it.key() == key).unwrap_or_default()
    }
}
