//! A removed e-mail domain is found by its id and by nothing else.
use async_trait::async_trait;
use registration_domain::{
    domain_name::DomainName,
    email_domain::{DomainPolicy, EmailDomain, EmailDomainId},
    organization::OrganizationId,
    page::{Listing, Page, SortKey},
    port::{EmailDomains, PortError},
    time::Timestamp,
    view::EmailDomainView,
};

use super::super::{
    Tables,
    list::{self, From},
    row::CheckedDomain,
};

#[async_trait]
impl EmailDomains for Tables {
    async fn email_domain(&self, id: EmailDomainId) -> Result<Option<EmailDomain>, PortError> {
        Ok(self.email_domains.find(&id).map(|it| it.domain.clone()))
    }
    async fn email_domain_of(
        &self,
        organization: OrganizationId,
        name: &DomainName,
    ) -> Result<Option<EmailDomain>, PortError> {
        Ok(self.find_email_domain(organization, name).cloned())
    }
    async fn verified_email_domain(&self, name: &DomainName) -> Result<Option<EmailDomain>, PortError> {
        Ok(self.find_verified_domain(name).cloned())
    }
    async fn email_domain_view(&self, id: EmailDomainId) -> Result<Option<EmailDomainView>, PortError> {
        self.email_domains.find(&id).map(|it| self.email_domain_view_of(it)).transpose()
    }
    async fn email_domains(
        &self,
        of: OrganizationId,
        page: &Page,
    ) -> Result<Listing<EmailDomainView>, PortError> {
        let theirs = self.email_domains.rows().filter(|it| it.domain.parts().organization == of);
        let live = theirs.filter(|it| it.domain.clone().live().is_some());
        let views = live.map(|it| self.email_domain_view_of(it)).collect::<Result<Vec<_>, _>>()?;
        let keyed = views.into_iter().map(|it| {
            let (created_at, id) = (it.domain.parts().created_at, it.domain.id().uuid());
            (SortKey::Time(created_at), id, it)
        });
        Ok(list::page(keyed, From::Smallest, page))
    }
    async fn email_domains_to_check(
        &self,
        before: Timestamp,
        limit: u16,
    ) -> Result<Vec<EmailDomain>, PortError> {
        let verified = self.email_domains.rows().filter(|it| it.domain.clone().in_force().is_some());
        let mut due = verified.filter(|it| it.checked_at <= Some(before)).collect::<Vec<_>>();
        due.sort_by_key(|it| (it.checked_at, it.domain.id()));
        Ok(due.into_iter().take(limit.into()).map(|it| it.domain.clone()).collect())
    }
}

impl Tables {
    pub(in crate::memory) fn find_email_domain(
        &self,
        organization: OrganizationId,
        name: &DomainName,
    ) -> Option<&EmailDomain> {
        let mut theirs = self
            .email_domains
            .rows()
            .map(|it| &it.domain)
            .filter(|it| it.parts().organization == organization && it.parts().name == *name);
        theirs.find(|it| (*it).clone().live().is_some())
    }
    pub(in crate::memory) fn find_verified_domain(&self, name: &DomainName) -> Option<&EmailDomain> {
        let mut all = self.email_domains.rows().map(|it| &it.domain).filter(|it| it.parts().name == *name);
        all.find(|it| (*it).clone().in_force().is_some())
    }
    fn email_domain_view_of(&self, checked: &CheckedDomain) -> Result<EmailDomainView, PortError> {
        let it = checked.domain.parts();
        let maker = match &it.policy {
            DomainPolicy::Admit { maker, .. } => Some(self.person(&it.id, *maker)?),
            DomainPolicy::Review | DomainPolicy::InvitationOnly => None,
        };
        Ok(EmailDomainView {
            domain: checked.domain.clone(),
            added_by: self.person(&it.id, it.added_by)?,
            maker,
            checked_at: checked.checked_at,
        })
    }
}
