//! Whoever is signed in as the invited address needs no mail: the same verbs as by a link, without its token.
use poem_openapi::OpenApi;
use registration_domain::{
    access::Access,
    invitation::{InvitationId, Purpose},
    note::Note,
    platform::VerbError,
    time::Timestamp,
    use_case::{
        accept_invitation::AcceptInvitation, authenticate::NotSignedIn,
        decline_invitation::DeclineInvitation, registration::Registration,
    },
    view::InvitationView,
};

use super::{reply::AcceptedReply, request::DeclineOwnRequest};
use crate::{
    body::{Nothing, OptionalBody},
    caller::{Client, Signed},
    deployment::Deployment,
    idempotency::Retry,
    listing::{List, Part, Query},
    me::PartQuery,
    path::Path,
    reply::{Created, Done, Outcome},
    shape::reply,
    tag::Tag,
    view::NamedOrganization,
};

reply! {
    /// An invitation, as whoever has its address sees it.
    pub(crate) struct OwnInvitation {
        /// Its id.
        id: InvitationId,
        /// Into which organization.
        organization: NamedOrganization,
        /// By whom.
        inviter_name: String,
        /// As what.
        purpose: Purpose,
        /// With how much access.
        access: Access,
        /// What the inviter says.
        message: Option<Note>,
        /// When it was made.
        created_at: Timestamp,
        /// Until when it can be accepted.
        expires_at: Timestamp,
    }
}

pub(crate) struct OwnInvitations(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Me")]
impl OwnInvitations {
    /// What waits for me
    ///
    /// The open invitations of the caller's address, newest first. Nothing is accepted by being seen.
    #[oai(path = "/me/invitations", method = "get", operation_id = "list_my_invitations")]
    async fn list(&self, signed: Signed, query: Query<PartQuery>) -> Outcome<Part<OwnInvitation>> {
        let list = List::of(&self.0, &query, signed.account());
        let page = list.page(query.it.limit, query.it.cursor.clone())?;
        let found = self.0.platform().list_own_invitations(&signed.caller(), &page).await;
        Ok(list.part(found.map_err(VerbError::<NotSignedIn>::from)?, Into::into))
    }

    /// Accept an invitation of mine
    ///
    /// As the account that has the invited address: the same as accepting by its newest link.
    #[oai(path = "/me/invitations/:id/accept", method = "post", operation_id = "accept_my_invitation")]
    async fn accept(
        &self,
        id: Path<InvitationId>,
        signed: Signed,
        client: Client,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: OptionalBody<Nothing>,
    ) -> Outcome<Created<AcceptedReply>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.0.bytes);
        let platform = self.0.platform();
        let token = platform.own_invitation_token(&signed.caller(), id.0).await?;
        let (by, registration) = (Some(signed.caller()), Registration::default());
        let command = AcceptInvitation { token, by, registration, device: client.0, once };
        Ok(Created::answer(platform.accept_invitation(command).await?, Into::into))
    }

    /// Decline an invitation of mine
    #[oai(path = "/me/invitations/:id/decline", method = "post", operation_id = "decline_my_invitation")]
    async fn decline(
        &self,
        id: Path<InvitationId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: OptionalBody<DeclineOwnRequest>,
    ) -> Outcome<Done> {
        let once = retry.once(&self.0, Some(signed.account()), &body.0.bytes);
        let (platform, by) = (self.0.platform(), signed.caller());
        let token = platform.own_invitation_token(&by, id.0).await?;
        let DeclineOwnRequest { reason, block } = body.0.it;
        let (reason, block) = (reason.0, block.unwrap_or(false));
        let command = DeclineInvitation { token, reason, block, origin: by.origin, once };
        Ok(Done::answer(&platform.decline_invitation(command).await?))
    }
}

impl From<InvitationView> for OwnInvitation {
    fn from(view: InvitationView) -> Self {
        let InvitationView { invitation, organization, inviter, delivery: _ } = view;
        let it = invitation.into_parts();
        Self {
            id: it.id,
            organization: (&organization).into(),
            inviter_name: inviter.name.full(),
            purpose: it.purpose,
            access: it.access,
            message: it.note,
            created_at: it.created_at,
            expires_at: it.expires_at,
        }
    }
}
