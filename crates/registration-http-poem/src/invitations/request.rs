//! What clients send about invitations, from both sides.
use registration_domain::{
    access::Access,
    email::Email,
    invitation::{Purpose, Term},
    locale::Locale,
    person_name::NamePart,
    secret::Secret,
    username::Username,
    view::{InvitationFilter, ListedDelivery, ListedState},
};

use crate::{
    body::{MayBeEmpty, NewPassword, Words},
    listing::{Cursor, Flag, Limit, Needle},
    shape::request,
};

request! {
    /// Whom to invite, as what, and with how much access.
    pub(crate) struct InviteRequest {
        /// The address of whoever is invited.
        email: Email,
        /// As what.
        purpose: Purpose,
        /// With how much access; nobody gives more than they hold.
        access: Access,
        /// How many days each link holds, 1 to 30; the platform's term where nothing is said.
        expires_in_days: Option<Term>,
        /// What the inviter says to the invitee.
        message: Words,
        /// The language of the mail.
        locale: Option<Locale>,
    }
}

request! {
    /// Whether to do it, or only to say what would be done.
    pub(crate) struct InviteQuery {
        /// With `true` nothing is done: the answer is what would be, or the same problem.
        validate_only: Option<Flag>,
    }
}

request! {
    /// Which invitations, and which part of the list.
    pub(crate) struct InvitationsQuery {
        /// In this state.
        state: Option<ListedState>,
        /// To be this.
        purpose: Option<Purpose>,
        /// Whose newest mail was given up, or was not.
        delivery: Option<ListedDelivery>,
        /// Whose address holds this text.
        email: Option<Needle>,
        /// At most so many.
        limit: Option<Limit>,
        /// From where on: the `next_cursor` of the part before.
        cursor: Option<Cursor>,
    }
}

request! {
    /// What is to be corrected; a new link is mailed, and the older ones no longer hold.
    pub(crate) struct AmendRequest {
        /// The right address.
        email: Option<Email>,
        /// The right access.
        access: Option<Access>,
    }
}

request! {
    /// Why an invitation is taken back.
    pub(crate) struct RevokeRequest {
        /// For the organization.
        reason: Words,
    }
}

impl MayBeEmpty for RevokeRequest {}

request! {
    /// A link's token.
    pub(crate) struct TokenRequest {
        /// The last segment of the link.
        token: Secret,
    }
}

request! {
    /// A link's token, and who a new person is. Somebody who is signed in sends the token alone.
    pub(crate) struct AcceptRequest {
        /// The last segment of the link.
        token: Secret,
        /// The name to sign in with.
        username: Option<Username>,
        /// The person's first name.
        first_name: Option<NamePart>,
        /// The person's last name.
        last_name: Option<NamePart>,
        /// A password within the platform's policy.
        password: Option<NewPassword>,
        /// The language of mails and pages.
        locale: Option<Locale>,
    }
}

request! {
    /// A link's token, and why not.
    pub(crate) struct DeclineRequest {
        /// The last segment of the link.
        token: Secret,
        /// For the inviter.
        reason: Words,
        /// Whether this organization shall invite the address no more.
        block: Option<bool>,
    }
}

request! {
    /// Why not, for the inviter.
    pub(crate) struct DeclineOwnRequest {
        /// For the inviter.
        reason: Words,
        /// Whether this organization shall invite the address no more.
        block: Option<bool>,
    }
}

impl MayBeEmpty for DeclineOwnRequest {}

impl InvitationsQuery {
    /// As the domain takes it.
    pub(super) fn filter(&self) -> InvitationFilter {
        let email = Needle::sought(self.email.as_ref());
        InvitationFilter { state: self.state, purpose: self.purpose, delivery: self.delivery, email }
    }
}
