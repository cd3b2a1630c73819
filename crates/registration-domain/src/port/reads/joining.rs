//! Reads of who asks to join, and of the codes that they may bring.
use async_trait::async_trait;

use crate::{
    account::AccountId,
    count::Count,
    employee_code::{CountedCode, EmployeeCodeId},
    join_request::{JoinRequest, JoinRequestId},
    organization::OrganizationId,
    page::{Listing, Page},
    port::PortError,
    receipt::Digest,
    time::Timestamp,
    view::{CodeFilter, EmployeeCodeView, JoinRequestFilter, JoinRequestView, RequesterHistory},
};

/// Reads of join requests.
#[async_trait]
pub trait JoinRequests: Send + Sync {
    /// The request of this id, in any state.
    async fn join_request(&self, id: JoinRequestId) -> Result<Option<JoinRequest>, PortError>;
    /// The pending one of this account there, expired or not.
    async fn pending_request(
        &self,
        of: AccountId,
        within: OrganizationId,
    ) -> Result<Option<JoinRequest>, PortError>;
    /// The one of this account that was rejected last there.
    async fn last_rejection(
        &self,
        of: AccountId,
        within: OrganizationId,
    ) -> Result<Option<JoinRequest>, PortError>;
    /// The same as [`join_request`](Self::join_request), with what belongs beside it.
    async fn join_request_view(&self, id: JoinRequestId) -> Result<Option<JoinRequestView>, PortError>;
    /// The requests of an organization, oldest first. What is expired, `now` tells.
    async fn join_requests(
        &self,
        of: OrganizationId,
        filter: &JoinRequestFilter,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<JoinRequestView>, PortError>;
    /// The requests of an account, newest first.
    async fn join_requests_by(
        &self,
        account: AccountId,
        page: &Page,
    ) -> Result<Listing<JoinRequestView>, PortError>;
    /// How many wait in an organization at this time.
    async fn count_join_requests(&self, of: OrganizationId, now: Timestamp) -> Result<Count, PortError>;
    /// What an organization knows of each of these accounts from before, in their order.
    async fn requester_histories(
        &self,
        within: OrganizationId,
        of: &[AccountId],
    ) -> Result<Vec<RequesterHistory>, PortError>;
    /// Some of the pending ones, of any organization, whose reviewers are to be told by now that they expire.
    async fn requests_to_warn_of(&self, now: Timestamp, limit: u16) -> Result<Vec<JoinRequest>, PortError>;
    /// Some of the pending ones, of any organization, that have expired by now; oldest first.
    async fn lapsed_requests(&self, now: Timestamp, limit: u16) -> Result<Vec<JoinRequest>, PortError>;
}

/// Reads of employee codes.
#[async_trait]
pub trait EmployeeCodes: Send + Sync {
    /// The code of this id, in any state.
    async fn employee_code(&self, id: EmployeeCodeId) -> Result<Option<CountedCode>, PortError>;
    /// The code of this digest, in any state and of any organization.
    async fn employee_code_of(&self, digest: Digest) -> Result<Option<CountedCode>, PortError>;
    /// Those that were made together with this one, in the order of their ids.
    async fn employee_codes_of_batch(
        &self,
        batch: EmployeeCodeId,
    ) -> Result<Vec<EmployeeCodeView>, PortError>;
    /// The same as [`employee_code`](Self::employee_code), with what belongs beside it.
    async fn employee_code_view(&self, id: EmployeeCodeId) -> Result<Option<EmployeeCodeView>, PortError>;
    /// The codes of an organization, newest first. What is expired, `now` tells.
    async fn employee_codes(
        &self,
        of: OrganizationId,
        filter: &CodeFilter,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<EmployeeCodeView>, PortError>;
}
