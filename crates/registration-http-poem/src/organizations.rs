//! Whoever founds an organization is its first Owner; its members see it, and those who may edit it do.
use poem_openapi::OpenApi;
use registration_domain::{
    count,
    organization::{JoiningAccess, OrganizationId, OrganizationKind},
    organization_name::OrganizationName,
    platform::VerbError,
    use_case::{
        authenticate::NotSignedIn,
        change_organization::{ChangeOrganization, NewContact},
        found_organization::FoundOrganization,
    },
    view::{self, DiscoverableOrganization, MembershipView},
};

use crate::{
    body::{Body, ContactLine},
    caller::Signed,
    deployment::Deployment,
    etag::{Changed, Known, Tagged},
    idempotency::Retry,
    listing::{Cursor, Limit, List, Needle, Part, Query},
    path::Path,
    reply::{Created, Outcome, Read},
    shape::{Maybe, reply, request},
    tag::Tag,
    view::{Membership, NamedOrganization, Organization, Person},
};

request! {
    /// An organization to be.
    pub(crate) struct FoundRequest {
        /// Its name.
        name: OrganizationName,
        /// What it is to the platform; a company where nothing is said.
        kind: Option<OrganizationKind>,
    }
}

request! {
    /// What is to be changed.
    pub(crate) struct ChangeOrganizationRequest {
        /// A new name.
        name: Option<OrganizationName>,
        /// Whether people who search for it find it.
        discoverable: Option<bool>,
        /// Whom those may ask whom it turned away; an empty text names nobody.
        contact: Option<ContactLine>,
        /// The access that is proposed to whoever approves a request to join; never an Owner's.
        joining_access: Option<JoiningAccess>,
    }
}

request! {
    /// Which organizations, and which part of them.
    pub(crate) struct OrganizationsQuery {
        /// A part of the name, blind to case, accents and umlauts; without it, the first ones.
        query: Option<Needle>,
        /// How many at once.
        limit: Option<Limit>,
        /// Where to begin.
        cursor: Option<Cursor>,
    }
}

reply! {
    /// An organization, founded.
    pub(crate) struct FoundedReply {
        /// The organization.
        organization: Organization,
        /// The founder's place in it.
        membership: Membership,
    }
}

reply! {
    /// How many there are.
    pub(crate) struct Count {
        /// So many, or more.
        number: u64,
        /// Whether there are no more: nobody counts beyond 10,000.
        exact: bool,
    }
}

reply! {
    /// How many memberships an organization has.
    pub(crate) struct MemberCounts {
        /// Who belong.
        active: Count,
        /// Who did.
        removed: Count,
    }
}

reply! {
    /// How many open invitations an organization has; each is in one of these.
    pub(crate) struct InvitationCounts {
        /// In time, and the newest mail was not given up.
        pending: Count,
        /// In time, and the newest mail was given up.
        failed: Count,
        /// Out of time.
        expired: Count,
    }
}

reply! {
    /// How many people belong to an organization, did, and are invited.
    pub(crate) struct PeopleCountsReply {
        /// Who belong, and who did.
        members: MemberCounts,
        /// Who are invited; only for those who may see invitations.
        invitations: Maybe<InvitationCounts>,
        /// How many of the members are Owners who can act.
        owners: u64,
    }
}

reply! {
    /// Whom to ask for more access.
    pub(crate) struct AccessGiversReply {
        /// Up to three people, Owners first.
        data: Vec<Person>,
    }
}

pub(crate) struct Organizations(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Organizations")]
impl Organizations {
    /// Found an organization
    ///
    /// The founder becomes its Owner.
    #[oai(path = "/organizations", method = "post", operation_id = "found_organization")]
    async fn found(
        &self,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<FoundRequest>,
    ) -> Outcome<Created<FoundedReply>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.bytes);
        let FoundRequest { name, kind } = body.it;
        let kind = kind.unwrap_or(OrganizationKind::Company);
        let command = FoundOrganization { by: signed.caller(), name, kind, once };
        let founded = self.0.platform().found_organization(command).await?;
        Ok(Created::answer(founded, |view: MembershipView| FoundedReply {
            organization: (&view.organization).into(),
            membership: view.into(),
        }))
    }

    /// Search organizations
    ///
    /// Those that let themselves be found, by name; all that is told of them to whoever is signed in.
    #[oai(path = "/organizations", method = "get", operation_id = "search_organizations")]
    async fn search(
        &self,
        signed: Signed,
        query: Query<OrganizationsQuery>,
    ) -> Outcome<Part<NamedOrganization>> {
        let list = List::of(&self.0, &query, signed.account());
        let OrganizationsQuery { query: needle, limit, cursor } = &query.it;
        let page = list.page(*limit, cursor.clone())?;
        let sought = Needle::sought(needle.as_ref()).unwrap_or_default();
        let found = self.0.platform().search_organizations(&signed.caller(), &sought, &page).await;
        let found = found.map_err(VerbError::<NotSignedIn>::from)?;
        let named = |DiscoverableOrganization { id, name }| NamedOrganization { id, name };
        Ok(list.part(found, named))
    }

    /// Read an organization
    #[oai(path = "/organizations/:org", method = "get", operation_id = "read_organization")]
    async fn read(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        #[oai(name = "If-None-Match")] known: Known,
    ) -> Outcome<Tagged<Organization>> {
        let found = self.0.platform().find_organization(&signed.caller(), org.0).await?;
        Ok(Tagged::plain(found.parts().revision, (&found).into(), &known))
    }

    /// Count the people of an organization
    ///
    /// The lists with the same filters have as many rows: `state=pending` with `delivery=not_failed` or
    /// `delivery=failed`, and `state=expired`.
    #[oai(path = "/organizations/:org/people-counts", method = "get", operation_id = "count_people")]
    async fn count(&self, org: Path<OrganizationId>, signed: Signed) -> Outcome<Read<PeopleCountsReply>> {
        let counts = self.0.platform().count_people(&signed.caller(), org.0).await?;
        Ok(Read::of(counts.into()))
    }

    /// Whom to ask for more access
    ///
    /// Up to three members who may change what others may do, Owners first; never the caller.
    #[oai(path = "/organizations/:org/access-givers", method = "get", operation_id = "list_access_givers")]
    async fn givers(&self, org: Path<OrganizationId>, signed: Signed) -> Outcome<Read<AccessGiversReply>> {
        let found = self.0.platform().who_can_grant(&signed.caller(), org.0).await?;
        Ok(Read::of(AccessGiversReply { data: found.into_iter().map(Person::from).collect() }))
    }

    /// Change an organization
    #[oai(path = "/organizations/:org", method = "patch", operation_id = "change_organization")]
    async fn change(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        body: Body<ChangeOrganizationRequest>,
    ) -> Outcome<Changed<Organization>> {
        let ChangeOrganizationRequest { name, discoverable, contact, joining_access } = body.it;
        let contact = contact.map(|ContactLine(it)| it.map_or(NewContact::None, NewContact::Is));
        let (by, organization) = (signed.caller(), org.0);
        let command = ChangeOrganization { by, organization, name, discoverable, contact, joining_access };
        let changed = self.0.platform().change_organization(command).await?;
        Ok(Changed::plain(changed.parts().revision, (&changed).into()))
    }
}

impl From<count::Count> for Count {
    fn from(count: count::Count) -> Self {
        Self { number: count.number().into(), exact: count.is_exact() }
    }
}

impl From<view::PeopleCounts> for PeopleCountsReply {
    fn from(counts: view::PeopleCounts) -> Self {
        let view::PeopleCounts { members, invitations, owners } = counts;
        let view::MemberCounts { active, removed } = members;
        let invitations = invitations.map(|view::InvitationCounts { pending, failed, expired }| {
            InvitationCounts { pending: pending.into(), failed: failed.into(), expired: expired.into() }
        });
        Self {
            members: MemberCounts { active: active.into(), removed: removed.into() },
            invitations: Maybe(invitations),
            owners: owners.into(),
        }
    }
}
