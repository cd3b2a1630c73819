//! One's own join requests: what became of them, taking one back, and reminding those who decide.
use poem_openapi::OpenApi;
use registration_domain::{join_request::JoinRequestId, use_case::own_join_request::OwnJoinRequest};

use super::reply::JoinRequest;
use crate::{
    body::{Nothing, OptionalBody},
    caller::Signed,
    deployment::Deployment,
    etag::{Known, Tagged},
    idempotency::Retry,
    listing::{List, Part, Query},
    me::PartQuery,
    path::Path,
    reply::{Outcome, Read},
    tag::Tag,
};

pub(crate) struct OwnJoinRequests(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Me")]
impl OwnJoinRequests {
    /// List my join requests
    ///
    /// Newest first.
    #[oai(path = "/me/join-requests", method = "get", operation_id = "list_my_join_requests")]
    async fn list(&self, signed: Signed, query: Query<PartQuery>) -> Outcome<Part<JoinRequest>> {
        let list = List::of(&self.0, &query, signed.account());
        let page = list.page(query.it.limit, query.it.cursor.clone())?;
        let found = self.0.platform().list_own_join_requests(&signed.caller(), &page).await;
        let found = found.map_err(
            registration_domain::platform::VerbError::<
                registration_domain::use_case::authenticate::NotSignedIn,
            >::Port,
        )?;
        let (now, settings) = (self.0.now(), self.0.platform().settings());
        Ok(list.part(found, |it| JoinRequest::of(it, now, settings)))
    }

    /// Read a join request of mine
    #[oai(path = "/me/join-requests/:id", method = "get", operation_id = "read_my_join_request")]
    async fn read(
        &self,
        id: Path<JoinRequestId>,
        signed: Signed,
        #[oai(name = "If-None-Match")] known: Known,
    ) -> Outcome<Tagged<JoinRequest>> {
        let found = self.0.platform().find_own_join_request(&signed.caller(), id.0).await?;
        let revision = found.request.parts().revision;
        let shown = JoinRequest::of(found, self.0.now(), self.0.platform().settings());
        Ok(Tagged::of(revision, shown, &known, self.0.platform().fingerprints()))
    }

    /// Withdraw a join request
    #[oai(
        path = "/me/join-requests/:id/withdraw",
        method = "post",
        operation_id = "withdraw_my_join_request"
    )]
    async fn withdraw(
        &self,
        id: Path<JoinRequestId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: OptionalBody<Nothing>,
    ) -> Outcome<Read<JoinRequest>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.0.bytes);
        let command = OwnJoinRequest { by: signed.caller(), request: id.0, once };
        let withdrawn = self.0.platform().withdraw_join_request(command).await?;
        let (now, settings) = (self.0.now(), self.0.platform().settings());
        Ok(Read::answer(withdrawn, |it| JoinRequest::of(it, now, settings)))
    }

    /// Remind those who decide
    ///
    /// Once a day.
    #[oai(path = "/me/join-requests/:id/remind", method = "post", operation_id = "remind_of_my_join_request")]
    async fn remind(
        &self,
        id: Path<JoinRequestId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: OptionalBody<Nothing>,
    ) -> Outcome<Read<JoinRequest>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.0.bytes);
        let command = OwnJoinRequest { by: signed.caller(), request: id.0, once };
        let reminded = self.0.platform().remind_reviewers(command).await?;
        let (now, settings) = (self.0.now(), self.0.platform().settings());
        Ok(Read::answer(reminded, |it| JoinRequest::of(it, now, settings)))
    }
}
