//! The holder of a link looks, accepts, declines, or asks for a new one; the token comes in the body only.
use poem_openapi::OpenApi;
use registration_domain::use_case::{
    accept_invitation::AcceptInvitation, decline_invitation::DeclineInvitation, registration::Registration,
    wish_for_new_invitation::WishForNewInvitation,
};

use super::{
    reply::{AcceptedReply, LookedUpReply},
    request::{AcceptRequest, DeclineRequest, TokenRequest},
};
use crate::{
    body::Body,
    caller::{Anybody, Client},
    deployment::Deployment,
    idempotency::Retry,
    reply::{Created, Done, Outcome, Read, TakenOn},
    tag::Tag,
};

pub(crate) struct InvitationLinks(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Invitations")]
impl InvitationLinks {
    /// What does a link offer
    ///
    /// Changes nothing, however often. Says nothing of accounts.
    #[oai(path = "/invitations/lookup", method = "post", operation_id = "look_up_invitation")]
    async fn look_up(
        &self,
        #[oai(name = "Idempotency-Key")] _retry: Retry,
        body: Body<TokenRequest>,
    ) -> Outcome<Read<LookedUpReply>> {
        Ok(Read::of(self.0.platform().look_up_invitation(&body.it.token).await?.into()))
    }

    /// Accept an invitation
    ///
    /// A new person says who they are, and is signed in. Whoever has an account of the invited address signs
    /// in first, and sends the token alone. Either way they come in with the access that the invitation
    /// carries; a second acceptance is refused.
    #[oai(path = "/invitations/accept", method = "post", operation_id = "accept_invitation")]
    async fn accept(
        &self,
        anybody: Anybody,
        client: Client,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<AcceptRequest>,
    ) -> Outcome<Created<AcceptedReply>> {
        let by = anybody.0.map(|it| it.caller());
        let once = retry.once(&self.0, by.as_ref().map(|it| it.account), &body.bytes);
        let AcceptRequest { token, username, first_name, last_name, password, locale } = body.it;
        let password = password.map(|it| it.0);
        let registration = Registration { username, first_name, last_name, password, locale };
        let command = AcceptInvitation { token, by, registration, device: client.0, once };
        let accepted = self.0.platform().accept_invitation(command).await?;
        Ok(Created::answer(accepted, Into::into))
    }

    /// Decline an invitation
    #[oai(path = "/invitations/decline", method = "post", operation_id = "decline_invitation")]
    async fn decline(
        &self,
        client: Client,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<DeclineRequest>,
    ) -> Outcome<Done> {
        let once = retry.once(&self.0, None, &body.bytes);
        let DeclineRequest { token, reason, block } = body.it;
        let (block, origin) = (block.unwrap_or(false), client.0.origin);
        let command = DeclineInvitation { token, reason: reason.0, block, origin, once };
        Ok(Done::answer(&self.0.platform().decline_invitation(command).await?))
    }

    /// Ask for a new invitation
    ///
    /// In place of an expired one, once a day: the inviter is told.
    #[oai(path = "/invitations/request-new", method = "post", operation_id = "request_new_invitation")]
    async fn request_new(
        &self,
        client: Client,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<TokenRequest>,
    ) -> Outcome<TakenOn> {
        let once = retry.once(&self.0, None, &body.bytes);
        let command = WishForNewInvitation { token: body.it.token, origin: client.0.origin, once };
        Ok(TakenOn::answer(&self.0.platform().wish_for_new_invitation(command).await?))
    }
}
