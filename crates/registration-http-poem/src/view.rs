//! What clients are shown of people, organizations, memberships and invitations, wherever they are shown.
use registration_domain::{
    access::Access,
    account::{self, AccountId, AccountState},
    contact::Contact,
    email::Email,
    invitation::{InvitationId, Purpose},
    membership::{MembershipId, MembershipState},
    message,
    note::Note,
    organization::{self, JoiningAccess, OrganizationId, OrganizationKind},
    organization_name::OrganizationName,
    person_name::NamePart,
    time::Timestamp,
    username::Username,
    view::{InvitationView, ListedState, MemberView, MembershipView},
};

use crate::shape::{Maybe, Shape, Shown, reply, words};

reply! {
    /// One person's login.
    pub(crate) struct Account {
        /// Its id.
        id: AccountId,
        /// The verified address that mail goes to.
        email: Email,
        /// The name to sign in with.
        username: Username,
        /// The person's first name.
        first_name: NamePart,
        /// The person's last name.
        last_name: NamePart,
        /// Whether it can be used.
        state: AccountWord,
        /// When it was made.
        created_at: Timestamp,
    }
}

reply! {
    /// Who somebody is, for those who may see them.
    pub(crate) struct Person {
        /// Their account.
        id: AccountId,
        /// Their address.
        email: Email,
        /// Their username.
        username: Username,
        /// Their first name.
        first_name: NamePart,
        /// Their last name.
        last_name: NamePart,
    }
}

reply! {
    /// A tenant in which people work together.
    pub(crate) struct Organization {
        /// Its id.
        id: OrganizationId,
        /// Its name.
        name: OrganizationName,
        /// What it is to the platform.
        kind: OrganizationKind,
        /// The organization that manages it.
        managed_by: Option<OrganizationId>,
        /// Whether people who search for it find it.
        discoverable: bool,
        /// Whom those may ask whom it turned away.
        contact: Option<Contact>,
        /// The access that is proposed to whoever approves a request to join.
        joining_access: JoiningAccess,
        /// When it was founded.
        created_at: Timestamp,
    }
}

reply! {
    /// An organization by its name.
    pub(crate) struct NamedOrganization {
        /// Its id.
        id: OrganizationId,
        /// Its name.
        name: OrganizationName,
    }
}

reply! {
    /// An account's place in an organization, as its holder sees it.
    pub(crate) struct Membership {
        /// Its id.
        id: MembershipId,
        /// Where it is.
        organization: NamedOrganization,
        /// Whose it is.
        account: Account,
        /// How much its holder may do.
        access: Access,
        /// When they came.
        joined_at: Timestamp,
    }
}

reply! {
    /// An account's place in an organization, as the organization sees it.
    pub(crate) struct Member {
        /// The membership's id.
        id: MembershipId,
        /// Whether they still belong.
        state: MemberWord,
        /// Whose it is.
        account: Account,
        /// How much they may do.
        access: Access,
        /// When they last signed in.
        last_sign_in_at: Option<Timestamp>,
        /// When they came.
        joined_at: Timestamp,
        /// Who let them in; nobody let a founder in.
        joined_by: Option<Person>,
        /// When their membership ended, if it did.
        removed_at: Maybe<Timestamp>,
        /// Who ended it: themselves where they left.
        removed_by: Maybe<Person>,
        /// Why, where somebody said so.
        removed_reason: Maybe<Note>,
    }
}

reply! {
    /// An offer to one address to come into an organization.
    pub(crate) struct Invitation {
        /// Its id.
        id: InvitationId,
        /// Whom.
        email: Email,
        /// As what.
        purpose: Purpose,
        /// With how much access.
        access: Access,
        /// What became of it.
        state: ListedState,
        /// Into which organization.
        organization: NamedOrganization,
        /// Who stands behind it.
        invited_by: Person,
        /// What the inviter says.
        message: Option<Note>,
        /// When it was made.
        created_at: Timestamp,
        /// Until when its newest link holds.
        expires_at: Timestamp,
        /// How far its newest mail came.
        delivery: Delivery,
    }
}

reply! {
    /// How far a mail came.
    pub(crate) struct Delivery {
        /// How far.
        state: message::DeliveryState,
        /// What the mail server said last.
        reason: Option<String>,
        /// Since when.
        at: Timestamp,
    }
}

/// Whether an account can be used.
#[derive(Debug, Clone, Copy)]
pub(crate) enum AccountWord {
    Active,
    Suspended,
    Closed,
}

/// Whether somebody still belongs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum MemberWord {
    Active,
    Removed,
}

impl From<&account::Account> for Account {
    fn from(account: &account::Account) -> Self {
        let it = account.parts();
        Self {
            id: it.id,
            email: it.email.clone(),
            username: it.username.clone(),
            first_name: it.name.first.clone(),
            last_name: it.name.last.clone(),
            state: match it.state {
                AccountState::Active => AccountWord::Active,
                AccountState::Suspended { .. } => AccountWord::Suspended,
                AccountState::Closed { .. } => AccountWord::Closed,
            },
            created_at: it.created_at,
        }
    }
}

impl From<registration_domain::view::Person> for Person {
    fn from(person: registration_domain::view::Person) -> Self {
        let registration_domain::view::Person { id, email, username, name } = person;
        Self { id, email, username, first_name: name.first, last_name: name.last }
    }
}

impl From<&organization::Organization> for Organization {
    fn from(organization: &organization::Organization) -> Self {
        let it = organization.parts();
        Self {
            id: it.id,
            name: it.name.clone(),
            kind: it.kind,
            managed_by: it.managed_by,
            discoverable: it.discoverable,
            contact: it.contact.clone(),
            joining_access: it.joining_access.clone(),
            created_at: it.created_at,
        }
    }
}

impl From<&organization::Organization> for NamedOrganization {
    fn from(organization: &organization::Organization) -> Self {
        Self { id: organization.id(), name: organization.parts().name.clone() }
    }
}

impl From<MembershipView> for Membership {
    fn from(view: MembershipView) -> Self {
        let MembershipView { membership, organization, account } = view;
        let it = membership.into_parts();
        Self {
            id: it.id,
            organization: (&organization).into(),
            account: (&account).into(),
            access: it.access,
            joined_at: it.joined_at,
        }
    }
}

impl From<MemberView> for Member {
    fn from(view: MemberView) -> Self {
        let MemberView { membership, account, last_sign_in_at, joined_by, removed_by } = view;
        let it = membership.into_parts();
        let (state, removed_at, removed_reason) = match it.state {
            MembershipState::Active => (MemberWord::Active, None, None),
            MembershipState::Removed { at, by: _, reason } => (MemberWord::Removed, Some(at), reason),
        };
        Self {
            id: it.id,
            state,
            account: (&account).into(),
            access: it.access,
            last_sign_in_at,
            joined_at: it.joined_at,
            joined_by: joined_by.map(Into::into),
            removed_at: Maybe(removed_at),
            removed_by: Maybe(removed_by.map(Into::into)),
            removed_reason: Maybe(removed_reason),
        }
    }
}

impl Invitation {
    /// As it is at this time.
    pub(crate) fn at(now: Timestamp, view: InvitationView) -> Self {
        let InvitationView { invitation, organization, inviter, delivery } = view;
        let state = ListedState::of(&invitation, now);
        let it = invitation.into_parts();
        Self {
            id: it.id,
            email: it.email,
            purpose: it.purpose,
            access: it.access,
            state,
            organization: (&organization).into(),
            invited_by: inviter.into(),
            message: it.note,
            created_at: it.created_at,
            expires_at: it.expires_at,
            delivery: Delivery { state: delivery.state, reason: delivery.reason, at: delivery.at },
        }
    }
}

macro_rules! shown_words {
    ($($type:ty: $keys:expr, $key:expr;)*) => {
        $(
            impl Shape for $type {
                fn schema() -> poem_openapi::registry::MetaSchemaRef {
                    words($keys)
                }
            }
            impl Shown for $type {
                fn shown(self) -> serde_json::Value {
                    let key: fn($type) -> &'static str = $key;
                    key(self).into()
                }
            }
        )*
    };
}

shown_words! {
    AccountWord: ["active", "suspended", "closed"], |it| match it {
        AccountWord::Active => "active",
        AccountWord::Suspended => "suspended",
        AccountWord::Closed => "closed",
    };
    MemberWord: ["active", "removed"], |it| match it {
        MemberWord::Active => "active",
        MemberWord::Removed => "removed",
    };
    ListedState: ListedState::ALL.map(ListedState::key), ListedState::key;
    message::DeliveryState: message::DeliveryState::ALL.map(message::DeliveryState::key),
        message::DeliveryState::key;
}
