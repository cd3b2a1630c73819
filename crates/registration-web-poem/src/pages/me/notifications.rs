//! What happened to the reader: each line explains itself, and leads to the next step.
use askama::{Template, filters::Safe};
use poem::handler;
use registration_domain::{
    access::Access,
    notification::{Notification, NotificationKind, Which},
    view::NotificationView,
};

use crate::{
    access, listing,
    shell::{Answer, Shell, page},
    visit::{self, Visit, see_other},
    words::{Moment, Phrase},
};

#[derive(Template)]
#[template(path = "me/notifications.html")]
struct Page<'a> {
    shell: Shell<'a>,
    rows: Vec<Row>,
    has_unread: bool,
    next: Option<String>,
    first: Option<String>,
}

struct Row {
    id: String,
    at: Moment,
    is_new: bool,
    words: Phrase,
    note: Option<String>,
    step: Option<(String, Phrase)>,
}

/// `GET /me/notifications`: looking changes nothing.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    let caller = visit.caller()?;
    let found = visit.platform().list_notifications(&caller, &listing::part(&visit)?).await?;
    let has_unread = visit.platform().count_unread(&caller).await?.number() > 0;
    let (next, first) = (listing::next(&visit, &found)?, listing::first(&visit));
    let rows = found.rows.into_iter().map(|it| Row::of(&visit, it)).collect();
    let shell = Shell::new(&visit, visit.t("notifications-title"));
    page(&Page { shell, rows, has_unread, next, first })
}

/// `POST /me/notifications`: one of them was read, or all.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let caller = visit.caller()?;
    let which = match visit.form().value("id") {
        "" => Which::All,
        id => Which::One(visit::id(id)?),
    };
    let once = visit.once("read-notifications");
    visit.platform().read_notifications(&caller, which, once.as_ref()).await?;
    Ok(see_other("/me/notifications"))
}

impl Row {
    fn of(visit: &Visit, view: NotificationView) -> Self {
        let NotificationView { notification, organization, read_at } = view;
        let Notification { id, account: _, organization: place, at, kind } = notification;
        let words = visit.t(format!("notified-{}", kind.key()));
        let name = organization.map(|it| it.parts().name.to_string()).unwrap_or_default();
        let words = words.with("organization", &name);
        let base = place.map(|it| format!("/o/{it}")).unwrap_or_default();
        let named = |it: &Access| access::named(visit, it);
        let to = |path: String, key: &'static str| Some((path, visit.t(key).with("organization", &name)));
        let (words, note, step) = match kind {
            NotificationKind::AccessChanged { membership: _, by, before, after } => {
                let words = words.with("who", by).with("before", named(&before)).with("after", named(&after));
                (words, None, to(base, "state-go-to"))
            }
            NotificationKind::AccessRemoved { membership: _, by, reason } => {
                (words.with("who", by), reason.map(|it| it.to_string()), None)
            }
            NotificationKind::OwnershipHandedOver { membership: _, from } => {
                (words.with("who", from), None, to(format!("{base}/users"), "notified-open-users"))
            }
            NotificationKind::InvitationAccepted { invitation: _, person, email, access } => {
                let words = words.with("who", person).with("email", email).with("access", named(&access));
                (words, None, to(format!("{base}/users"), "notified-open-users"))
            }
            NotificationKind::InvitationDeclined { invitation, email, reason } => {
                let step = to(format!("{base}/invitations/{invitation}"), "notified-open-invitation");
                (words.with("email", email), reason.map(|it| it.to_string()), step)
            }
            NotificationKind::NewInvitationWished { invitation, email } => {
                let step = to(format!("{base}/invitations/{invitation}"), "notified-resend");
                (words.with("email", email), None, step)
            }
            NotificationKind::JoinRequestApproved { request: _, access } => {
                (words.with("access", named(&access)), None, to(base, "state-go-to"))
            }
            NotificationKind::JoinRequestRejected { request, reason } => {
                let step = to(format!("/join/requests/{request}"), "notified-open-request");
                (words, reason.map(|it| it.to_string()), step)
            }
            NotificationKind::JoinRequestExpired { request } => {
                (words, None, to(format!("/join/requests/{request}"), "notified-open-request"))
            }
            NotificationKind::JoinRequestWaits { request, person, email } => {
                let step = to(format!("{base}/requests/{request}"), "notified-review");
                (words.with("who", person).with("email", email), None, step)
            }
        };
        Self { id: id.to_string(), at: visit.moment(at), is_new: read_at.is_none(), words, note, step }
    }
    fn html(&self) -> Safe<String> {
        self.words.html()
    }
}
