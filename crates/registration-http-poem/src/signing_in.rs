//! Where the caller is signed in, and who tried to sign in as them.
use std::sync::Arc;

use poem_openapi::OpenApi;
use registration_domain::{
    device_name::DeviceName,
    page::{Page, PageSize},
    platform::VerbError,
    session::{Origin, SeenSession, SessionId},
    sign_in_log::{SignInAttempt, SignInAttemptId, SignInMethod, SignInOutcome},
    time::Timestamp,
    use_case::{
        authenticate::{NotSignedIn, SignedIn},
        end_session::EndOtherSessions,
    },
    view::SignInFilter,
};
use registration_edge_poem::csv::CsvFile;
use serde_json::Value;

use crate::{
    body::{Field, Json, Nothing, OptionalBody, Reading, one_of},
    caller::Signed,
    csv::Csv,
    deployment::Deployment,
    idempotency::Retry,
    listing::{Cursor, Limit, List, Part, Query},
    me::PartQuery,
    path::Path,
    problem::Problem,
    reply::{Done, Outcome, Read},
    shape::{Shape, Shown, reply, request, words},
    tag::Tag,
    time::rfc3339,
};

request! {
    /// Which attempts, and which part of them.
    pub(crate) struct SignInsQuery {
        /// That this came of.
        outcome: Option<SignInOutcome>,
        /// At most so many.
        limit: Option<Limit>,
        /// From where on: the `next_cursor` of the part before.
        cursor: Option<Cursor>,
    }
}

request! {
    /// Which attempts.
    pub(crate) struct SignInsFileQuery {
        /// That this came of.
        outcome: Option<SignInOutcome>,
    }
}

reply! {
    /// A session of the caller.
    pub(crate) struct OwnSession {
        /// Its id.
        id: SessionId,
        /// What the device calls itself, in short where it is known.
        device: Option<String>,
        /// From which network address it was begun.
        address: Origin,
        /// When it was begun.
        started_at: Timestamp,
        /// When it was last used, to the minute.
        last_seen_at: Timestamp,
        /// Until when at the latest.
        expires_at: Timestamp,
        /// Whether it is the one of this request.
        current: bool,
    }
}

reply! {
    /// How many sessions ended.
    pub(crate) struct EndedSessions {
        /// How many; nothing where this repeats an earlier answer.
        ended_sessions: Option<u64>,
    }
}

reply! {
    /// An attempt to sign in.
    pub(crate) struct SignIn {
        /// Its id.
        id: SignInAttemptId,
        /// When.
        at: Timestamp,
        /// What came of it.
        outcome: SignInOutcome,
        /// By what.
        method: SignInMethod,
        /// From which network address.
        address: Origin,
        /// What the device calls itself, in short where it is known.
        device: Option<String>,
        /// Whether it began the session of this request.
        current: bool,
    }
}

pub(crate) struct SigningIn(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Me")]
impl SigningIn {
    /// Where am I signed in
    ///
    /// Newest first.
    #[oai(path = "/me/sessions", method = "get", operation_id = "list_my_sessions")]
    async fn sessions(&self, signed: Signed, query: Query<PartQuery>) -> Outcome<Part<OwnSession>> {
        let list = List::of(&self.0, &query, signed.account());
        let page = list.page(query.it.limit, query.it.cursor.clone())?;
        let found = self.0.platform().list_sessions(&signed.0, &page).await;
        let found = found.map_err(VerbError::<NotSignedIn>::from)?;
        Ok(list.part(found, |it| session(it, &signed.0)))
    }

    /// End one session
    ///
    /// That of this request, too: it signs out.
    #[oai(path = "/me/sessions/:id", method = "delete", operation_id = "end_session")]
    async fn end(&self, id: Path<SessionId>, signed: Signed) -> Outcome<Done> {
        self.0.platform().end_session(&signed.0, id.0).await?;
        Ok(Done::new())
    }

    /// End all other sessions
    #[oai(path = "/me/sessions/end-others", method = "post", operation_id = "end_other_sessions")]
    async fn end_others(
        &self,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: OptionalBody<Nothing>,
    ) -> Outcome<Read<EndedSessions>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.0.bytes);
        let command = EndOtherSessions { by: signed.0, once };
        let ended = self.0.platform().end_other_sessions(command).await?;
        Ok(Read::answer(ended, |it| EndedSessions { ended_sessions: it.map(u64::from) }))
    }

    /// Who tried to sign in as me
    ///
    /// Newest first, for 90 days.
    #[oai(path = "/me/sign-ins", method = "get", operation_id = "list_my_sign_ins")]
    async fn sign_ins(&self, signed: Signed, query: Query<SignInsQuery>) -> Outcome<Part<SignIn>> {
        let list = List::of(&self.0, &query, signed.account());
        let page = list.page(query.it.limit, query.it.cursor.clone())?;
        let filter = SignInFilter { outcome: query.it.outcome, since: None };
        let found = self.0.platform().list_sign_ins(&signed.0, &filter, &page).await;
        let found = found.map_err(VerbError::<NotSignedIn>::from)?;
        Ok(list.part(found, |it| sign_in(it, &signed.0)))
    }

    /// The sign-in log as a file
    ///
    /// RFC 4180, in UTF-8; what a spreadsheet would take for a formula begins with an apostrophe.
    #[oai(path = "/me/sign-ins.csv", method = "get", operation_id = "export_my_sign_ins")]
    async fn export(&self, signed: Signed, query: Query<SignInsFileQuery>) -> Outcome<Csv> {
        let filter = SignInFilter { outcome: query.it.outcome, since: None };
        let asked = Arc::new((self.0.clone(), signed.0, filter));
        let fetch = move |after| {
            let asked = Arc::clone(&asked);
            async move {
                let ((deployment, by, filter), size) = (&*asked, PageSize::new(100));
                let page = Page { size: size.unwrap_or(PageSize::DEFAULT), after };
                let found = deployment.platform().list_sign_ins(by, filter, &page).await;
                let found = found.map_err(VerbError::<NotSignedIn>::from)?;
                Ok::<_, Problem>((found.rows, found.next))
            }
        };
        let head = ["at", "outcome", "method", "address", "device"].map(str::to_owned).into();
        Ok(CsvFile::stream("sign-ins.csv", head, fetch, cells).await?.into())
    }
}

fn session(it: SeenSession, who: &SignedIn) -> OwnSession {
    let SeenSession { session, last_seen_at } = it;
    let current = session.id() == who.session.id();
    let parts = session.into_parts();
    OwnSession {
        id: parts.id,
        device: named(parts.device.label),
        address: parts.device.origin,
        started_at: parts.started_at,
        last_seen_at,
        expires_at: parts.expires_at,
        current,
    }
}

fn sign_in(it: SignInAttempt, who: &SignedIn) -> SignIn {
    let current = it.began(who.session.id());
    let SignInAttempt { id, account: _, at, method, device, origin, outcome } = it;
    SignIn { id, at, outcome, method, address: origin, device: named(device), current }
}

fn cells(it: SignInAttempt) -> Vec<String> {
    let SignInAttempt { id: _, account: _, at, method, device, origin, outcome } = it;
    let (outcome, method) = (outcome.key().to_owned(), method.key().to_owned());
    vec![rfc3339(at), outcome, method, origin.0.unwrap_or_default(), named(device).unwrap_or_default()]
}

/// In short, or as the device calls itself.
fn named(label: Option<String>) -> Option<String> {
    label.map(|it| DeviceName::of(&it).map_or(it, |known| known.to_string()))
}

impl Shape for SignInOutcome {
    fn schema() -> poem_openapi::registry::MetaSchemaRef {
        words(Self::ALL.map(Self::key))
    }
}
impl Shown for SignInOutcome {
    fn shown(self) -> Value {
        self.key().into()
    }
}
impl Field for SignInOutcome {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let key = reading.text(json)?;
        one_of(Self::parse(&key), Self::ALL.map(Self::key), reading)
    }
}
impl Shape for SignInMethod {
    fn schema() -> poem_openapi::registry::MetaSchemaRef {
        words(Self::ALL.map(Self::key))
    }
}
impl Shown for SignInMethod {
    fn shown(self) -> Value {
        self.key().into()
    }
}
