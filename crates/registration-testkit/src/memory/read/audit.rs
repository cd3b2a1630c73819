//! The audit log is read newest first, each line with who did it.
use async_trait::async_trait;
use registration_domain::{
    account::AccountId,
    audit::{AuditEvent, Subject},
    count::Count,
    organization::OrganizationId,
    page::{Listing, Page, SortKey},
    port::{AuditTrail, PortError},
    view::{AuditFilter, AuditView, Involved},
};

use super::super::{
    Tables,
    list::{self, From},
};

#[async_trait]
impl AuditTrail for Tables {
    async fn audit_events(
        &self,
        of: OrganizationId,
        filter: &AuditFilter,
        page: &Page,
    ) -> Result<Listing<AuditView>, PortError> {
        self.lines(page, |it| it.organization == Some(of) && passes(it, filter))
    }
    async fn count_audit_events(&self, of: OrganizationId, filter: &AuditFilter) -> Result<Count, PortError> {
        let shown = self.audit.rows().filter(|it| it.organization == Some(of) && passes(it, filter));
        Ok(Count::of(shown.count() as u64))
    }
    async fn audit_events_of(
        &self,
        account: AccountId,
        involved: Involved,
        page: &Page,
    ) -> Result<Listing<AuditView>, PortError> {
        let own = self.seats.rows().map(|it| it.membership.parts()).filter(|it| it.account == account);
        let own = own.map(|it| Subject::from(it.id)).chain([account.into()]).collect::<Vec<_>>();
        self.lines(page, |it| match involved {
            Involved::Acting => it.actor == Some(account),
            Involved::Concerned => it.actor != Some(account) && own.contains(&it.subject),
        })
    }
}

impl Tables {
    fn lines(
        &self,
        page: &Page,
        shows: impl Fn(&AuditEvent) -> bool,
    ) -> Result<Listing<AuditView>, PortError> {
        let shown = self.audit.rows().filter(|it| shows(it));
        let views = shown.map(|it| {
            let actor = it.actor.map(|id| self.person(&it.id, id)).transpose()?;
            Ok(AuditView { event: it.clone(), actor })
        });
        let views = views.collect::<Result<Vec<_>, PortError>>()?;
        let keyed = views.into_iter().map(|it| (SortKey::Time(it.event.at), it.event.id.uuid(), it));
        Ok(list::page(keyed, From::Greatest, page))
    }
}

fn passes(event: &AuditEvent, filter: &AuditFilter) -> bool {
    filter.action.is_none_or(|action| event.action == action)
        && filter.actor.is_none_or(|actor| event.actor == Some(actor))
        && filter.about.as_ref().is_none_or(|about| event.label == *about)
        && filter.since.is_none_or(|since| event.at >= since)
        && filter.until.is_none_or(|until| event.at < until)
}
