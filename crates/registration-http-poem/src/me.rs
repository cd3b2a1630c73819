//! What concerns the caller alone: who they are, and where they belong.
use poem_openapi::OpenApi;
use registration_domain::{
    membership::MembershipId, platform::VerbError, use_case::authenticate::NotSignedIn,
};

use crate::{
    caller::Signed,
    deployment::Deployment,
    etag::{Known, Tagged},
    listing::{Cursor, Limit, List, Part, Query},
    path::Path,
    reply::{Done, Outcome},
    shape::request,
    tag::Tag,
    view::{Account, Membership},
};

request! {
    /// Which part of a list.
    pub(crate) struct PartQuery {
        /// At most so many.
        limit: Option<Limit>,
        /// From where on: the `next_cursor` of the part before.
        cursor: Option<Cursor>,
    }
}

pub(crate) struct Me(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Me")]
#[expect(clippy::unused_async, reason = "the framework takes asynchronous handlers only")]
impl Me {
    /// Who am I
    #[oai(path = "/me", method = "get", operation_id = "read_me")]
    async fn read(
        &self,
        signed: Signed,
        #[oai(name = "If-None-Match")] known: Known,
    ) -> Outcome<Tagged<Account>> {
        let account = &signed.0.account;
        let fingerprints = self.0.platform().fingerprints();
        Ok(Tagged::of(account.parts().revision, account.into(), &known, fingerprints))
    }

    /// Where do I belong
    #[oai(path = "/me/memberships", method = "get", operation_id = "list_my_memberships")]
    async fn memberships(&self, signed: Signed, query: Query<PartQuery>) -> Outcome<Part<Membership>> {
        let list = List::of(&self.0, &query, signed.account());
        let page = list.page(query.it.limit, query.it.cursor.clone())?;
        let found = self.0.platform().list_memberships(&signed.caller(), &page).await;
        let found = found.map_err(VerbError::<NotSignedIn>::from)?;
        Ok(list.part(found, Into::into))
    }

    /// Leave an organization
    ///
    /// The last Owner cannot leave.
    #[oai(path = "/me/memberships/:id", method = "delete", operation_id = "leave")]
    async fn leave(&self, id: Path<MembershipId>, signed: Signed) -> Outcome<Done> {
        self.0.platform().leave(&signed.caller(), id.0).await?;
        Ok(Done::new())
    }
}
