//! Who asks to join, for those who may decide; one's own requests; and the codes of an organization.
use crate::{
    audit::Action,
    count::Count,
    employee_code::EmployeeCodeId,
    join_request::JoinRequestId,
    organization::OrganizationId,
    page::{Listing, Page},
    permission::Permission,
    permit::NotPermitted,
    platform::{Platform, VerbError},
    port::PortError,
    session::Caller,
    time::DAY,
    use_case::{
        decide_join_request::ReviewRefusal, find::wrapped, own_join_request::OwnRequestRefusal,
        revoke_employee_code::CodeRefusal,
    },
    view::{AuditFilter, CodeFilter, EmployeeCodeView, JoinRequestFilter, JoinRequestView, RequesterHistory},
};

/// For how many days wrong codes are counted.
const WRONG_CODES_OF: u32 = 30;

impl Platform {
    /// The join requests of an organization, each with what it knows of the requester from before.
    ///
    /// # Errors
    /// [`NotPermitted`], or what every verb may meet.
    pub async fn list_join_requests(
        &self,
        by: &Caller,
        organization: OrganizationId,
        filter: &JoinRequestFilter,
        page: &Page,
    ) -> Result<Listing<(JoinRequestView, RequesterHistory)>, VerbError<NotPermitted>> {
        let moment = self.moment_of(by, organization, &Permission::JOIN_REQUESTS_REVIEW).await?;
        let listing = moment.join_requests(organization, filter, self.ports.clock.now(), page).await?;
        let requesters = listing.rows.iter().map(|it| it.account.id()).collect::<Vec<_>>();
        let histories = moment.requester_histories(organization, &requesters).await?;
        let Listing { rows, next } = listing;
        Ok(Listing { rows: rows.into_iter().zip(histories).collect(), next })
    }

    /// One join request of an organization.
    ///
    /// # Errors
    /// [`ReviewRefusal`], or what every verb may meet.
    pub async fn find_join_request(
        &self,
        by: &Caller,
        organization: OrganizationId,
        id: JoinRequestId,
    ) -> Result<(JoinRequestView, RequesterHistory), VerbError<ReviewRefusal>> {
        let moment = self.moment_of(by, organization, &Permission::JOIN_REQUESTS_REVIEW).await;
        let moment = moment.map_err(wrapped)?;
        let found = moment.join_request_view(id).await?;
        let found = found.filter(|it| it.organization.id() == organization);
        let view = found.ok_or(VerbError::Refused(ReviewRefusal::NotFound))?;
        let history = moment.requester_histories(organization, &[view.account.id()]).await?;
        Ok((view, history.into_iter().next().unwrap_or_default()))
    }

    /// How many requests wait: what a badge shows.
    ///
    /// # Errors
    /// [`NotPermitted`], or what every verb may meet.
    pub async fn count_join_requests(
        &self,
        by: &Caller,
        organization: OrganizationId,
    ) -> Result<Count, VerbError<NotPermitted>> {
        let moment = self.moment_of(by, organization, &Permission::JOIN_REQUESTS_REVIEW).await?;
        Ok(moment.count_join_requests(organization, self.ports.clock.now()).await?)
    }

    /// The caller's own requests, newest first.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn list_own_join_requests(
        &self,
        by: &Caller,
        page: &Page,
    ) -> Result<Listing<JoinRequestView>, PortError> {
        self.ports.reads.moment().await?.join_requests_by(by.account, page).await
    }

    /// One of the caller's own requests.
    ///
    /// # Errors
    /// [`OwnRequestRefusal`], or what every verb may meet.
    pub async fn find_own_join_request(
        &self,
        by: &Caller,
        id: JoinRequestId,
    ) -> Result<JoinRequestView, VerbError<OwnRequestRefusal>> {
        let found = self.ports.reads.moment().await?.join_request_view(id).await?;
        let found = found.filter(|it| it.account.id() == by.account);
        found.ok_or(VerbError::Refused(OwnRequestRefusal::NotFound))
    }

    /// The employee codes of an organization.
    ///
    /// # Errors
    /// [`NotPermitted`], or what every verb may meet.
    pub async fn list_employee_codes(
        &self,
        by: &Caller,
        organization: OrganizationId,
        filter: &CodeFilter,
        page: &Page,
    ) -> Result<Listing<EmployeeCodeView>, VerbError<NotPermitted>> {
        let moment = self.moment_of(by, organization, &Permission::EMPLOYEE_CODES_MANAGE).await?;
        Ok(moment.employee_codes(organization, filter, self.ports.clock.now(), page).await?)
    }

    /// One employee code of an organization.
    ///
    /// # Errors
    /// [`CodeRefusal`], or what every verb may meet.
    pub async fn find_employee_code(
        &self,
        by: &Caller,
        organization: OrganizationId,
        id: EmployeeCodeId,
    ) -> Result<EmployeeCodeView, VerbError<CodeRefusal>> {
        let moment = self.moment_of(by, organization, &Permission::EMPLOYEE_CODES_MANAGE).await;
        let found = moment.map_err(wrapped)?.employee_code_view(id).await?;
        let found = found.filter(|it| it.code.code.parts().organization == organization);
        found.ok_or(VerbError::Refused(CodeRefusal::NotFound))
    }

    /// How often a code was typed for an organization in the last 30 days that is none of its own.
    ///
    /// # Errors
    /// [`NotPermitted`], or what every verb may meet.
    pub async fn count_wrong_codes(
        &self,
        by: &Caller,
        organization: OrganizationId,
    ) -> Result<Count, VerbError<NotPermitted>> {
        let moment = self.moment_of(by, organization, &Permission::EMPLOYEE_CODES_MANAGE).await?;
        let since = Some(self.ports.clock.now().minus(DAY * WRONG_CODES_OF));
        let wrong = AuditFilter { action: Some(Action::EmployeeCodeWrong), since, ..AuditFilter::default() };
        Ok(moment.count_audit_events(organization, &wrong).await?)
    }
}
