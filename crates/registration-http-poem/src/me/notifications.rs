//! What the caller was told, and that they read it.
use poem_openapi::OpenApi;
use registration_domain::{
    access::Access,
    email::Email,
    invitation::InvitationId,
    join_request::JoinRequestId,
    membership::MembershipId,
    note::Note,
    notification::{Notification as Told, NotificationId, NotificationKind, Which},
    platform::VerbError,
    time::Timestamp,
    use_case::authenticate::NotSignedIn,
    view::NotificationView,
};

use super::PartQuery;
use crate::{
    body::{MayBeEmpty, OptionalBody},
    caller::Signed,
    deployment::Deployment,
    idempotency::Retry,
    listing::{List, Part, Query},
    organizations::Count,
    reply::{Done, Outcome, Read},
    shape::{Maybe, reply, request, words},
    tag::Tag,
    view::NamedOrganization,
};

request! {
    /// Which notifications were read: one, or all that came so far where none is named.
    pub(crate) struct ReadNotificationsRequest {
        /// This one.
        id: Option<NotificationId>,
    }
}

impl MayBeEmpty for ReadNotificationsRequest {}

/// What happened, in a stable word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KindWord(&'static str);

reply! {
    /// What happened to the caller. Which members stand beside, the kind says.
    pub(crate) struct Notification {
        /// Its id.
        id: NotificationId,
        /// What happened; unknown kinds are to be expected.
        kind: KindWord,
        /// When.
        at: Timestamp,
        /// When it was read.
        read_at: Option<Timestamp>,
        /// Where it happened.
        organization: Option<NamedOrganization>,
        /// The membership that it is about.
        membership_id: Maybe<MembershipId>,
        /// The invitation that it is about.
        invitation_id: Maybe<InvitationId>,
        /// The join request that it concerns.
        join_request_id: Maybe<JoinRequestId>,
        /// Who did it, or who asks, by their name.
        by: Maybe<String>,
        /// The address that was invited, or of who asks.
        email: Maybe<Email>,
        /// What could be done before.
        access_before: Maybe<Access>,
        /// What can be done now.
        access: Maybe<Access>,
        /// The reason that was given.
        reason: Maybe<Note>,
    }
}

pub(crate) struct Notifications(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Me")]
impl Notifications {
    /// What was I told
    ///
    /// Newest first; what is more than a year old is forgotten.
    #[oai(path = "/me/notifications", method = "get", operation_id = "list_my_notifications")]
    async fn list(&self, signed: Signed, query: Query<PartQuery>) -> Outcome<Part<Notification>> {
        let list = List::of(&self.0, &query, signed.account());
        let page = list.page(query.it.limit, query.it.cursor.clone())?;
        let found = self.0.platform().list_notifications(&signed.caller(), &page).await;
        let found = found.map_err(VerbError::<NotSignedIn>::from)?;
        Ok(list.part(found, Into::into))
    }

    /// How much of it did I not read
    #[oai(
        path = "/me/notifications/unread-count",
        method = "get",
        operation_id = "count_my_unread_notifications"
    )]
    async fn count(&self, signed: Signed) -> Outcome<Read<Count>> {
        let count = self.0.platform().count_unread(&signed.caller()).await;
        Ok(Read::of(count.map_err(VerbError::<NotSignedIn>::from)?.into()))
    }

    /// I read it
    ///
    /// One, or all that came so far. What is not there, or not the caller's, is passed over.
    #[oai(path = "/me/notifications/read", method = "post", operation_id = "read_my_notifications")]
    async fn read(
        &self,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: OptionalBody<ReadNotificationsRequest>,
    ) -> Outcome<Done> {
        let once = retry.once(&self.0, Some(signed.account()), &body.0.bytes);
        let which = body.0.it.id.map_or(Which::All, Which::One);
        Ok(Done::answer(&self.0.platform().read_notifications(&signed.caller(), which, once.as_ref()).await?))
    }
}

impl Notification {
    /// Without what the kind tells.
    fn bare(view: &NotificationView) -> Self {
        let NotificationView { notification: Told { id, account: _, organization: _, at, kind }, .. } = view;
        Self {
            id: *id,
            kind: KindWord(kind.key()),
            at: *at,
            read_at: view.read_at,
            organization: view.organization.as_ref().map(Into::into),
            membership_id: Maybe(None),
            invitation_id: Maybe(None),
            join_request_id: Maybe(None),
            by: Maybe(None),
            email: Maybe(None),
            access_before: Maybe(None),
            access: Maybe(None),
            reason: Maybe(None),
        }
    }
}

impl From<NotificationView> for Notification {
    fn from(view: NotificationView) -> Self {
        let bare = Self::bare(&view);
        match view.notification.kind {
            NotificationKind::AccessChanged { membership, by, before, after } => Self {
                membership_id: Maybe(Some(membership)),
                by: Maybe(Some(by.full())),
                access_before: Maybe(Some(before)),
                access: Maybe(Some(after)),
                ..bare
            },
            NotificationKind::AccessRemoved { membership, by, reason } => Self {
                membership_id: Maybe(Some(membership)),
                by: Maybe(Some(by.full())),
                reason: Maybe(reason),
                ..bare
            },
            NotificationKind::OwnershipHandedOver { membership, from } => {
                Self { membership_id: Maybe(Some(membership)), by: Maybe(Some(from.full())), ..bare }
            }
            NotificationKind::InvitationAccepted { invitation, person, email, access } => Self {
                invitation_id: Maybe(Some(invitation)),
                by: Maybe(Some(person.full())),
                email: Maybe(Some(email)),
                access: Maybe(Some(access)),
                ..bare
            },
            NotificationKind::InvitationDeclined { invitation, email, reason } => Self {
                invitation_id: Maybe(Some(invitation)),
                email: Maybe(Some(email)),
                reason: Maybe(reason),
                ..bare
            },
            NotificationKind::NewInvitationWished { invitation, email } => {
                Self { invitation_id: Maybe(Some(invitation)), email: Maybe(Some(email)), ..bare }
            }
            NotificationKind::JoinRequestApproved { request, access } => {
                Self { join_request_id: Maybe(Some(request)), access: Maybe(Some(access)), ..bare }
            }
            NotificationKind::JoinRequestRejected { request, reason } => {
                Self { join_request_id: Maybe(Some(request)), reason: Maybe(reason), ..bare }
            }
            NotificationKind::JoinRequestExpired { request } => {
                Self { join_request_id: Maybe(Some(request)), ..bare }
            }
            NotificationKind::JoinRequestWaits { request, person, email } => Self {
                join_request_id: Maybe(Some(request)),
                by: Maybe(Some(person.full())),
                email: Maybe(Some(email)),
                ..bare
            },
        }
    }
}

impl crate::shape::Shape for KindWord {
    fn schema() -> poem_openapi::registry::MetaSchemaRef {
        words(NotificationKind::KEYS.iter().copied())
    }
}
impl crate::shape::Shown for KindWord {
    fn shown(self) -> serde_json::Value {
        self.0.into()
    }
}
