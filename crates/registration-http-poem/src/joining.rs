//! People ask to join, somebody decides; and organizations hand out codes that back it or let in at once.
mod code;
mod own;
mod reply;
mod request;

use poem_openapi::OpenApi;
use registration_domain::{
    join_request::JoinRequestId,
    organization::OrganizationId,
    use_case::{
        ask_to_join::AskToJoin,
        decide_join_request::{DecideJoinRequest, DecideJoinRequests, Decision},
    },
    view::{JoinRequestFilter, JoinRequestView, RequesterHistory},
};

pub(crate) use code::{CodesQuery, EmployeeCodes};
pub(crate) use own::OwnJoinRequests;
pub(crate) use request::RequestsQuery;

use self::{
    reply::{AskedReply, Decided, DecidedReply, ReviewedRequest},
    request::{ApproveRequest, AskRequest, DecideRequest, RejectRequest},
};
use crate::{
    body::{Body, OptionalBody},
    caller::Signed,
    deployment::Deployment,
    etag::{Known, Tagged},
    idempotency::Retry,
    listing::{List, Part, Query},
    organizations::Count,
    path::Path,
    problem::Problem,
    reply::{Created, Outcome, Read},
    tag::Tag,
};

pub(crate) struct JoinRequests(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Joining")]
impl JoinRequests {
    /// Ask to join an organization
    ///
    /// With `approval`, somebody there decides; the organization lets itself be found. With `employee_code`, a right
    /// code backs the request or lets in at once, as its maker chose; whatever ails another one is told alike.
    #[oai(path = "/organizations/:org/join-requests", method = "post", operation_id = "ask_to_join")]
    async fn ask(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<AskRequest>,
    ) -> Outcome<Created<AskedReply>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.bytes);
        let (by, organization, with) = (signed.caller(), org.0, body.it.brings()?);
        let asked = self.0.platform().ask_to_join(AskToJoin { by, organization, with, once }).await?;
        let (now, settings) = (self.0.now(), self.0.platform().settings());
        Ok(Created::answer(asked, |it| AskedReply::of(it, now, settings)))
    }

    /// List join requests
    ///
    /// Oldest first, each with what the organization knows of the requester from before.
    #[oai(path = "/organizations/:org/join-requests", method = "get", operation_id = "list_join_requests")]
    async fn list(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        query: Query<RequestsQuery>,
    ) -> Outcome<Part<ReviewedRequest>> {
        let list = List::of(&self.0, &query, signed.account());
        let page = list.page(query.it.limit, query.it.cursor.clone())?;
        let filter = JoinRequestFilter { state: query.it.state };
        let found = self.0.platform().list_join_requests(&signed.caller(), org.0, &filter, &page).await?;
        let now = self.0.now();
        Ok(list.part(found, |it| ReviewedRequest::of(it, now)))
    }

    /// Count the join requests that wait
    #[oai(
        path = "/organizations/:org/join-requests/waiting-count",
        method = "get",
        operation_id = "count_join_requests"
    )]
    async fn count(&self, org: Path<OrganizationId>, signed: Signed) -> Outcome<Read<Count>> {
        let count = self.0.platform().count_join_requests(&signed.caller(), org.0).await?;
        Ok(Read::of(count.into()))
    }

    /// Read a join request
    #[oai(path = "/organizations/:org/join-requests/:id", method = "get", operation_id = "read_join_request")]
    async fn read(
        &self,
        org: Path<OrganizationId>,
        id: Path<JoinRequestId>,
        signed: Signed,
        #[oai(name = "If-None-Match")] known: Known,
    ) -> Outcome<Tagged<ReviewedRequest>> {
        let found = self.0.platform().find_join_request(&signed.caller(), org.0, id.0).await?;
        let revision = found.0.request.parts().revision;
        let shown = ReviewedRequest::of(found, self.0.now());
        Ok(Tagged::of(revision, shown, &known, self.0.platform().fingerprints()))
    }

    /// Approve a join request
    ///
    /// The requester belongs at once, with this access; nobody gives more than they hold.
    #[oai(
        path = "/organizations/:org/join-requests/:id/approve",
        method = "post",
        operation_id = "approve_join_request"
    )]
    async fn approve(
        &self,
        org: Path<OrganizationId>,
        id: Path<JoinRequestId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<ApproveRequest>,
    ) -> Outcome<Read<ReviewedRequest>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.bytes);
        let decision = Decision::Approve { access: body.it.access };
        let (by, organization, request) = (signed.caller(), org.0, id.0);
        self.decide_one(DecideJoinRequest { by, organization, request, decision, once }).await
    }

    /// Reject a join request
    ///
    /// The requester reads the reason, and may ask again a day later.
    #[oai(
        path = "/organizations/:org/join-requests/:id/reject",
        method = "post",
        operation_id = "reject_join_request"
    )]
    async fn reject(
        &self,
        org: Path<OrganizationId>,
        id: Path<JoinRequestId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: OptionalBody<RejectRequest>,
    ) -> Outcome<Read<ReviewedRequest>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.0.bytes);
        let decision = Decision::Reject { reason: body.0.it.reason.0 };
        let (by, organization, request) = (signed.caller(), org.0, id.0);
        self.decide_one(DecideJoinRequest { by, organization, request, decision, once }).await
    }

    /// Decide several join requests
    ///
    /// One by one: what is refused for one holds up none of the others. One result for each, in their order.
    #[oai(
        path = "/organizations/:org/join-requests/decide",
        method = "post",
        operation_id = "decide_join_requests"
    )]
    async fn decide(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<DecideRequest>,
    ) -> Outcome<Read<DecidedReply>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.bytes);
        let (by, organization, items) = (signed.caller(), org.0, body.it.items()?);
        let ids = items.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        let command = DecideJoinRequests { by, organization, items, once };
        let answer = self.0.platform().decide_join_requests(command).await?;
        let now = self.0.now();
        let render = |results: Vec<_>| {
            let results = ids.into_iter().zip(results);
            DecidedReply { data: results.map(|(id, it)| Decided::of(id, it, now)).collect() }
        };
        Ok(Read::answer(answer, render))
    }

    async fn decide_one(&self, command: DecideJoinRequest) -> Outcome<Read<ReviewedRequest>> {
        let (by, organization) = (command.by.clone(), command.organization);
        let decided = self.0.platform().decide_join_request(command).await?;
        let repeated = decided.repeated;
        let shown = self.with_history(&by, organization, decided.what).await?;
        let now = self.0.now();
        let answer = registration_domain::platform::Answer { what: shown, repeated };
        Ok(Read::answer(answer, |it| ReviewedRequest::of(it, now)))
    }

    /// Whoever decided may have lost the right to look meanwhile: then there is nothing from before.
    async fn with_history(
        &self,
        by: &registration_domain::session::Caller,
        organization: OrganizationId,
        view: JoinRequestView,
    ) -> Result<(JoinRequestView, RequesterHistory), Problem> {
        let found = self.0.platform().find_join_request(by, organization, view.request.id()).await;
        Ok(found.unwrap_or_else(|_| (view, RequesterHistory::default())))
    }
}
