//! Reads of e-mail domains from a warped moment.
use async_trait::async_trait;
use registration_domain::{
    domain_name::DomainName,
    email_domain::{EmailDomain, EmailDomainId},
    organization::OrganizationId,
    page::{Listing, Page},
    port::{EmailDomains, PortError},
    time::Timestamp,
    view::EmailDomainView,
};

use super::reads::{Warp, WarpedMoment};

#[async_trait]
impl EmailDomains for WarpedMoment {
    async fn email_domain(&self, id: EmailDomainId) -> Result<Option<EmailDomain>, PortError> {
        self.sound().await?.email_domain(id).await
    }
    async fn email_domain_of(
        &self,
        organization: OrganizationId,
        name: &DomainName,
    ) -> Result<Option<EmailDomain>, PortError> {
        self.sound().await?.email_domain_of(organization, name).await
    }
    async fn verified_email_domain(&self, name: &DomainName) -> Result<Option<EmailDomain>, PortError> {
        self.sound().await?.verified_email_domain(name).await
    }
    async fn email_domain_view(&self, id: EmailDomainId) -> Result<Option<EmailDomainView>, PortError> {
        self.sound().await?.email_domain_view(id).await
    }
    async fn email_domains(
        &self,
        of: OrganizationId,
        page: &Page,
    ) -> Result<Listing<EmailDomainView>, PortError> {
        self.sound().await?.email_domains(of, page).await
    }
    async fn email_domains_to_check(
        &self,
        before: Timestamp,
        limit: u16,
    ) -> Result<Vec<EmailDomain>, PortError> {
        let end_of_time = Timestamp::from_micros(i64::MAX);
        let before = if self.warp == Warp::ChecksAtOnce { end_of_time } else { before };
        self.sound().await?.email_domains_to_check(before, limit).await
    }
}
