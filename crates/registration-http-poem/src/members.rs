//! Who belongs to an organization, and how much they may do there; a change holds at their next request.
mod export;

pub(crate) use export::access_cell;

use poem_openapi::OpenApi;
use registration_domain::{
    access::Access,
    membership::{MembershipId, MembershipState},
    organization::OrganizationId,
    use_case::{
        change_access::ChangeAccess,
        hand_over_ownership::{HandOverOwnership, HandedOver},
        remove_member::RemoveMember,
    },
    view::{MemberFilter, MemberOrder},
};

use crate::{
    body::Body,
    caller::Signed,
    csv::Csv,
    deployment::Deployment,
    etag::{Changed, Known, RestsOn, Tagged},
    idempotency::Retry,
    listing::{Cursor, Limit, List, MemberState, Needle, Part, Query},
    path::Path,
    problem::Problem,
    reply::{Done, Outcome, Read},
    shape::{reply, request},
    tag::Tag,
    view::Member,
};

request! {
    /// Which members, in which order, and which part of the list.
    pub(crate) struct MembersQuery {
        /// Those whose name, username or address holds this text.
        query: Option<Needle>,
        /// In which order; by name where nothing is said.
        sort: Option<MemberOrder>,
        /// Those who belong, or those who did; the former where nothing is said.
        state: Option<MemberState>,
        /// At most so many.
        limit: Option<Limit>,
        /// From where on: the `next_cursor` of the part before.
        cursor: Option<Cursor>,
    }
}

request! {
    /// Which members, and in which order.
    pub(crate) struct MembersFileQuery {
        /// Those whose name, username or address holds this text.
        query: Option<Needle>,
        /// In which order; by name where nothing is said.
        sort: Option<MemberOrder>,
        /// Those who belong, or those who did; the former where nothing is said.
        state: Option<MemberState>,
    }
}

request! {
    /// Who is to have the ownership.
    pub(crate) struct HandOverRequest {
        /// The member's id.
        member_id: MembershipId,
    }
}

reply! {
    /// The ownership went from one member to another.
    pub(crate) struct HandedOverReply {
        /// Who had it, and keeps the whole catalogue.
        from: Member,
        /// Who has it.
        to: Member,
    }
}

pub(crate) struct Members(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Members")]
impl Members {
    /// List members
    #[oai(path = "/organizations/:org/members", method = "get", operation_id = "list_members")]
    async fn list(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        query: Query<MembersQuery>,
    ) -> Outcome<Part<Member>> {
        let list = List::of(&self.0, &query, signed.account());
        let page = list.page(query.it.limit, query.it.cursor.clone())?;
        let MembersQuery { query, sort, state, .. } = &query.it;
        let filter = filter(query.as_ref(), *sort, *state);
        let found = self.0.platform().list_members(&signed.caller(), org.0, &filter, &page).await?;
        Ok(list.part(found, Into::into))
    }

    /// Members as a file
    ///
    /// RFC 4180, in UTF-8; what a spreadsheet would take for a formula begins with an apostrophe.
    #[oai(path = "/organizations/:org/members.csv", method = "get", operation_id = "export_members")]
    async fn export(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        query: Query<MembersFileQuery>,
    ) -> Outcome<Csv> {
        let MembersFileQuery { query, sort, state } = &query.it;
        export::members(&self.0, signed.caller(), org.0, filter(query.as_ref(), *sort, *state)).await
    }

    /// Read a member
    ///
    /// Whoever was removed can still be read.
    #[oai(path = "/organizations/:org/members/:id", method = "get", operation_id = "read_member")]
    async fn read(
        &self,
        org: Path<OrganizationId>,
        id: Path<MembershipId>,
        signed: Signed,
        #[oai(name = "If-None-Match")] known: Known,
    ) -> Outcome<Tagged<Member>> {
        let found = self.0.platform().find_member(&signed.caller(), org.0, id.0).await?;
        let revision = found.membership.parts().revision;
        Ok(Tagged::of(revision, found.into(), &known, self.0.platform().fingerprints()))
    }

    /// Remove a member
    ///
    /// It holds at their next request. The last Owner cannot be removed.
    #[oai(path = "/organizations/:org/members/:id", method = "delete", operation_id = "remove_member")]
    async fn remove(
        &self,
        org: Path<OrganizationId>,
        id: Path<MembershipId>,
        signed: Signed,
    ) -> Outcome<Done> {
        let (by, organization, member) = (signed.caller(), org.0, id.0);
        self.0.platform().remove_member(RemoveMember { by, organization, member, reason: None }).await?;
        Ok(Done::new())
    }

    /// How much may a member do
    #[oai(path = "/organizations/:org/members/:id/access", method = "get", operation_id = "read_access")]
    async fn read_access(
        &self,
        org: Path<OrganizationId>,
        id: Path<MembershipId>,
        signed: Signed,
        #[oai(name = "If-None-Match")] known: Known,
    ) -> Outcome<Tagged<Access>> {
        let found = self.0.platform().find_member(&signed.caller(), org.0, id.0).await?;
        let it = found.membership.into_parts();
        if it.state != MembershipState::Active {
            return Err(Problem::not_found());
        }
        Ok(Tagged::plain(it.revision, it.access, &known))
    }

    /// Change how much a member may do
    ///
    /// It holds at their next request. Nobody gives what they do not hold, nobody changes their own access,
    /// and only an Owner makes or unmakes an Owner.
    #[oai(path = "/organizations/:org/members/:id/access", method = "put", operation_id = "change_access")]
    async fn change_access(
        &self,
        org: Path<OrganizationId>,
        id: Path<MembershipId>,
        signed: Signed,
        #[oai(name = "If-Match")] rests_on: RestsOn,
        body: Body<Access>,
    ) -> Outcome<Changed<Access>> {
        let (seen, access) = (rests_on.revision()?, body.it);
        let command = ChangeAccess { by: signed.caller(), organization: org.0, member: id.0, access, seen };
        let changed = self.0.platform().change_access(command).await?.membership.into_parts();
        Ok(Changed::plain(changed.revision, changed.access))
    }

    /// Hand the ownership over
    ///
    /// The other member becomes Owner in the caller's place, who keeps the whole catalogue.
    #[oai(
        path = "/organizations/:org/ownership-transfers",
        method = "post",
        operation_id = "hand_over_ownership"
    )]
    async fn hand_over(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<HandOverRequest>,
    ) -> Outcome<Read<HandedOverReply>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.bytes);
        let (by, organization, to) = (signed.caller(), org.0, body.it.member_id);
        let command = HandOverOwnership { by, organization, to, once };
        let handed = self.0.platform().hand_over_ownership(command).await?;
        Ok(Read::answer(handed, |HandedOver { from, to }| HandedOverReply {
            from: from.into(),
            to: to.into(),
        }))
    }
}

fn filter(query: Option<&Needle>, sort: Option<MemberOrder>, state: Option<MemberState>) -> MemberFilter {
    let query = Needle::sought(query);
    let removed = matches!(state, Some(MemberState::Removed));
    MemberFilter { query, removed, order: sort.unwrap_or_default() }
}
