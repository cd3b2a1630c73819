//! The reads about joining, of which a few go wrong.
use async_trait::async_trait;
use registration_domain::{
    account::AccountId,
    count::Count,
    employee_code::{CountedCode, EmployeeCodeId},
    join_request::{JoinRequest, JoinRequestId},
    organization::OrganizationId,
    page::{Listing, Page},
    port::{EmployeeCodes, JoinRequests, PortError},
    receipt::Digest,
    time::Timestamp,
    view::{
        CodeFilter, EmployeeCodeView, JoinRequestFilter, JoinRequestView, ListedCodeState, RequesterHistory,
    },
};

use super::super::reads::{Warp, WarpedMoment};

#[async_trait]
impl JoinRequests for WarpedMoment {
    async fn join_request(&self, id: JoinRequestId) -> Result<Option<JoinRequest>, PortError> {
        self.sound().await?.join_request(id).await
    }
    async fn pending_request(
        &self,
        of: AccountId,
        within: OrganizationId,
    ) -> Result<Option<JoinRequest>, PortError> {
        self.sound().await?.pending_request(of, within).await
    }
    async fn last_rejection(
        &self,
        of: AccountId,
        within: OrganizationId,
    ) -> Result<Option<JoinRequest>, PortError> {
        let found = self.sound().await?.last_rejection(of, within).await?;
        Ok(found.filter(|_| self.warp != Warp::ForgetsRejections))
    }
    async fn join_request_view(&self, id: JoinRequestId) -> Result<Option<JoinRequestView>, PortError> {
        self.sound().await?.join_request_view(id).await
    }
    async fn join_requests(
        &self,
        of: OrganizationId,
        filter: &JoinRequestFilter,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<JoinRequestView>, PortError> {
        self.sound().await?.join_requests(of, filter, now, page).await
    }
    async fn join_requests_by(
        &self,
        account: AccountId,
        page: &Page,
    ) -> Result<Listing<JoinRequestView>, PortError> {
        self.sound().await?.join_requests_by(account, page).await
    }
    async fn count_join_requests(&self, of: OrganizationId, now: Timestamp) -> Result<Count, PortError> {
        let at = if self.warp == Warp::CountsLapsedRequests { Timestamp::from_micros(0) } else { now };
        self.sound().await?.count_join_requests(of, at).await
    }
    async fn requester_histories(
        &self,
        within: OrganizationId,
        of: &[AccountId],
    ) -> Result<Vec<RequesterHistory>, PortError> {
        self.sound().await?.requester_histories(within, of).await
    }
    async fn requests_to_warn_of(&self, now: Timestamp, limit: u16) -> Result<Vec<JoinRequest>, PortError> {
        self.sound().await?.requests_to_warn_of(now, limit).await
    }
    async fn lapsed_requests(&self, now: Timestamp, limit: u16) -> Result<Vec<JoinRequest>, PortError> {
        self.sound().await?.lapsed_requests(now, limit).await
    }
}

#[async_trait]
impl EmployeeCodes for WarpedMoment {
    async fn employee_code(&self, id: EmployeeCodeId) -> Result<Option<CountedCode>, PortError> {
        self.sound().await?.employee_code(id).await
    }
    async fn employee_code_of(&self, digest: Digest) -> Result<Option<CountedCode>, PortError> {
        self.sound().await?.employee_code_of(digest).await
    }
    async fn employee_codes_of_batch(
        &self,
        batch: EmployeeCodeId,
    ) -> Result<Vec<EmployeeCodeView>, PortError> {
        self.sound().await?.employee_codes_of_batch(batch).await
    }
    async fn employee_code_view(&self, id: EmployeeCodeId) -> Result<Option<EmployeeCodeView>, PortError> {
        self.sound().await?.employee_code_view(id).await
    }
    async fn employee_codes(
        &self,
        of: OrganizationId,
        filter: &CodeFilter,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<EmployeeCodeView>, PortError> {
        let mut listing = self.sound().await?.employee_codes(of, filter, now, page).await?;
        if self.warp == Warp::KeepsUsedUpCodes && filter.state == Some(ListedCodeState::Active) {
            let used_up = CodeFilter { state: Some(ListedCodeState::UsedUp) };
            listing.rows.extend(self.sound().await?.employee_codes(of, &used_up, now, page).await?.rows);
        }
        Ok(listing)
    }
}
