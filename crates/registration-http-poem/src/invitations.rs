//! An organization invites an address, follows what becomes of it, and sends it again or takes it back.
mod by_link;
mod own;
mod reply;
mod request;

use poem::http::StatusCode;
use poem_openapi::OpenApi;
use registration_domain::{
    invitation::{InvitationId, Offer},
    organization::OrganizationId,
    use_case::{
        amend_invitation::{AmendInvitation, Amendment},
        invite::Invite,
        revoke_invitation::RevokeInvitation,
    },
};

pub(crate) use by_link::InvitationLinks;
pub(crate) use own::OwnInvitations;
pub(crate) use request::{InvitationsQuery, InviteQuery};

use self::{
    reply::{ExplanationReply, InvitedReply, LinkReply, WouldReply},
    request::{AmendRequest, InviteRequest, RevokeRequest},
};
use crate::{
    body::{Body, Nothing, OptionalBody},
    caller::Signed,
    deployment::Deployment,
    etag::{Known, Tagged},
    idempotency::Retry,
    listing::{List, Part, Query},
    path::Path,
    problem::Problem,
    reply::{Created, Either, Outcome, Read},
    tag::Tag,
    view::Invitation,
};

pub(crate) struct Invitations(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Invitations")]
impl Invitations {
    /// Invite an address
    ///
    /// The mail follows the commit. Where an invitation of the address is pending, the problem names it.
    #[oai(path = "/organizations/:org/invitations", method = "post", operation_id = "invite")]
    async fn invite(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        query: Query<InviteQuery>,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<InviteRequest>,
    ) -> Outcome<Either<Created<InvitedReply>, Read<WouldReply>>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.bytes);
        let InviteRequest { email, purpose, access, expires_in_days, message, locale } = body.it;
        let platform = self.0.platform();
        let term = expires_in_days.unwrap_or(platform.settings().lifetimes.invitation);
        let offer = Offer { email, purpose, term, note: message.0, locale };
        let command = Invite { by: signed.caller(), organization: org.0, offer, access, once };
        if query.it.validate_only.is_some_and(|it| it.0) {
            let would = platform.would_invite(&command).await?;
            return Ok(Either::Other(Read::of((&would).into())));
        }
        let invited = platform.invite(command).await?;
        let now = self.0.now();
        Ok(Either::One(Created::answer(invited, |it| InvitedReply { invitation: Invitation::at(now, it) })))
    }

    /// List invitations
    ///
    /// Newest first.
    #[oai(path = "/organizations/:org/invitations", method = "get", operation_id = "list_invitations")]
    async fn list(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        query: Query<InvitationsQuery>,
    ) -> Outcome<Part<Invitation>> {
        let list = List::of(&self.0, &query, signed.account());
        let page = list.page(query.it.limit, query.it.cursor.clone())?;
        let filter = query.it.filter();
        let found = self.0.platform().list_invitations(&signed.caller(), org.0, &filter, &page).await?;
        let now = self.0.now();
        Ok(list.part(found, |it| Invitation::at(now, it)))
    }

    /// Read an invitation
    #[oai(path = "/organizations/:org/invitations/:id", method = "get", operation_id = "read_invitation")]
    async fn read(
        &self,
        org: Path<OrganizationId>,
        id: Path<InvitationId>,
        signed: Signed,
        #[oai(name = "If-None-Match")] known: Known,
    ) -> Outcome<Tagged<Invitation>> {
        let found = self.0.platform().find_invitation(&signed.caller(), org.0, id.0).await?;
        let revision = found.invitation.parts().revision;
        let shown = Invitation::at(self.0.now(), found);
        Ok(Tagged::of(revision, shown, &known, self.0.platform().fingerprints()))
    }

    /// Correct an invitation
    ///
    /// A new link is mailed for a full new term, and the older ones no longer hold.
    #[oai(
        path = "/organizations/:org/invitations/:id",
        method = "patch",
        operation_id = "correct_invitation"
    )]
    async fn correct(
        &self,
        org: Path<OrganizationId>,
        id: Path<InvitationId>,
        signed: Signed,
        body: Body<AmendRequest>,
    ) -> Outcome<Read<Invitation>> {
        let AmendRequest { email, access } = body.it;
        let amendment = Amendment::Correct { email, access };
        let (by, organization, invitation) = (signed.caller(), org.0, id.0);
        let command = AmendInvitation { by, organization, invitation, amendment, once: None };
        let corrected = self.0.platform().amend_invitation(command).await?;
        Ok(Read::answer(corrected, |it| Invitation::at(self.0.now(), it)))
    }

    /// Send an invitation again
    ///
    /// A new link is mailed for a full new term, whether the old one expired or not; the older ones no
    /// longer hold.
    #[oai(
        path = "/organizations/:org/invitations/:id/resend",
        method = "post",
        operation_id = "resend_invitation"
    )]
    async fn resend(
        &self,
        org: Path<OrganizationId>,
        id: Path<InvitationId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: OptionalBody<Nothing>,
    ) -> Outcome<Read<Invitation>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.0.bytes);
        let (by, organization, invitation) = (signed.caller(), org.0, id.0);
        let command = AmendInvitation { by, organization, invitation, amendment: Amendment::Resend, once };
        let resent = self.0.platform().amend_invitation(command).await?;
        Ok(Read::answer(resent, |it| Invitation::at(self.0.now(), it)))
    }

    /// Take an invitation back
    #[oai(
        path = "/organizations/:org/invitations/:id/revoke",
        method = "post",
        operation_id = "revoke_invitation"
    )]
    async fn revoke(
        &self,
        org: Path<OrganizationId>,
        id: Path<InvitationId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: OptionalBody<RevokeRequest>,
    ) -> Outcome<Read<Invitation>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.0.bytes);
        let (by, organization, invitation) = (signed.caller(), org.0, id.0);
        let command = RevokeInvitation { by, organization, invitation, reason: body.0.it.reason.0, once };
        let revoked = self.0.platform().revoke_invitation(command).await?;
        Ok(Read::answer(revoked, |it| Invitation::at(self.0.now(), it)))
    }

    /// Why is an invitation as it is
    #[oai(
        path = "/organizations/:org/invitations/:id/explain",
        method = "get",
        operation_id = "explain_invitation"
    )]
    async fn explain(
        &self,
        org: Path<OrganizationId>,
        id: Path<InvitationId>,
        signed: Signed,
    ) -> Outcome<Read<ExplanationReply>> {
        let explained = self.0.platform().explain_invitation(&signed.caller(), org.0, id.0).await?;
        Ok(Read::of(explained.into()))
    }

    /// A link to hand over
    ///
    /// Disabled on this platform: invitations reach people by mail only.
    #[oai(
        path = "/organizations/:org/invitations/:id/link",
        method = "post",
        operation_id = "hand_over_link"
    )]
    async fn link(
        &self,
        org: Path<OrganizationId>,
        id: Path<InvitationId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] _retry: Retry,
        _body: OptionalBody<Nothing>,
    ) -> Outcome<Read<LinkReply>> {
        self.0.platform().find_invitation(&signed.caller(), org.0, id.0).await?;
        let detail = "invitations reach people by mail only on this platform";
        Err(Problem::told(StatusCode::FORBIDDEN, "handing_over_disabled", detail))
    }
}
