//! What clients are shown of invitations beside the invitation itself.
use registration_domain::{
    access::Access,
    email::Email,
    invitation::{self, Purpose},
    note::Note,
    organization_name::OrganizationName,
    secret::Secret,
    time::Timestamp,
    use_case::{
        accept_invitation::Accepted,
        explain_invitation::{Explanation, NextStep},
        look_up_invitation::LookedUp,
    },
    view::ListedState,
};

use crate::{
    shape::{Maybe, Shape, Shown, reply, words},
    view,
};

reply! {
    /// An invitation, made.
    pub(crate) struct InvitedReply {
        /// The invitation.
        invitation: view::Invitation,
    }
}

reply! {
    /// What would be done.
    pub(crate) struct WouldReply {
        /// The invitation to be.
        would: Offer,
    }
}

reply! {
    /// An invitation to be.
    pub(crate) struct Offer {
        /// Whom.
        email: Email,
        /// As what.
        purpose: Purpose,
        /// With how much access.
        access: Access,
        /// Until when its link would hold.
        expires_at: Timestamp,
    }
}

reply! {
    /// Why an invitation is as it is, and what can be done about it.
    pub(crate) struct ExplanationReply {
        /// What became of it.
        state: ListedState,
        /// The reason, in words.
        why: String,
        /// Since when.
        since: Timestamp,
        /// What can be done now, the most useful first.
        next: Vec<NextStep>,
    }
}

reply! {
    /// What a link offers.
    pub(crate) struct LookedUpReply {
        /// The offer.
        invitation: OfferedInvitation,
        /// Always `pending`: everything else is told as a problem.
        state: ListedState,
    }
}

reply! {
    /// What a link offers, as its holder may see it.
    pub(crate) struct OfferedInvitation {
        /// Into which organization.
        organization_name: OrganizationName,
        /// By whom.
        inviter_name: String,
        /// Whom.
        email: Email,
        /// As what.
        purpose: Purpose,
        /// With how much access.
        access: Access,
        /// What the inviter says.
        message: Option<Note>,
        /// Until when.
        expires_at: Timestamp,
    }
}

reply! {
    /// Somebody came in.
    pub(crate) struct AcceptedReply {
        /// A new person's account.
        account: Maybe<view::Account>,
        /// Their place in the organization.
        membership: view::Membership,
        /// A new person's session, to be sent as `Authorization: Bearer`.
        token: Maybe<Secret>,
    }
}

reply! {
    /// A link to hand over.
    pub(crate) struct LinkReply {
        /// Another secret than the mailed one.
        url: Secret,
    }
}

impl From<&invitation::Invitation> for WouldReply {
    fn from(invitation: &invitation::Invitation) -> Self {
        let it = invitation.parts();
        let (email, access) = (it.email.clone(), it.access.clone());
        Self { would: Offer { email, purpose: it.purpose, access, expires_at: it.expires_at } }
    }
}

impl From<Explanation> for ExplanationReply {
    fn from(explanation: Explanation) -> Self {
        let Explanation { state, why, since, next } = explanation;
        Self { state, why, since, next }
    }
}

impl From<LookedUp> for LookedUpReply {
    fn from(offer: LookedUp) -> Self {
        let LookedUp { organization, inviter, email, purpose, access, note, expires_at } = offer;
        let invitation = OfferedInvitation {
            organization_name: organization,
            inviter_name: inviter.full(),
            email,
            purpose,
            access,
            message: note,
            expires_at,
        };
        Self { invitation, state: ListedState::Pending }
    }
}

impl From<Accepted> for AcceptedReply {
    fn from(accepted: Accepted) -> Self {
        let Accepted { membership, token } = accepted;
        let account = token.is_some().then(|| (&membership.account).into());
        Self { account: Maybe(account), membership: membership.into(), token: Maybe(token) }
    }
}

impl Shape for NextStep {
    fn schema() -> poem_openapi::registry::MetaSchemaRef {
        words(["wait", "resend", "correct", "revoke", "invite_again"])
    }
}
impl Shown for NextStep {
    fn shown(self) -> serde_json::Value {
        self.key().into()
    }
}
