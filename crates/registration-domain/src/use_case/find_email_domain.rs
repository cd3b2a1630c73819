//! An e-mail domain is shown with what holds for its addresses now, which may be less than its policy says.
use std::collections::HashMap;

use crate::{
    account::AccountId,
    email_domain::{DomainPolicy, EmailDomain, EmailDomainId, PolicyKind},
    organization::OrganizationId,
    page::{Listing, Page},
    permit::Standing,
    platform::{Answer, Platform, VerbError, shown},
    port::{Moment, PortError},
    receipt::Outcome,
    refusal::Refusal,
    session::Caller,
    use_case::managed_email_domain::{EmailDomainRefusal, effective, permit},
    view::EmailDomainView,
};

/// An e-mail domain, as those see it who may change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownEmailDomain {
    /// The e-mail domain.
    pub view: EmailDomainView,
    /// What holds for its addresses now: nothing while it is not verified, and a review where it would let
    /// people in and whoever chose that could not give the access any more.
    pub effective: Option<PolicyKind>,
}

impl Platform {
    /// The e-mail domains of an organization, in the order in which they were added.
    ///
    /// # Errors
    /// [`EmailDomainRefusal`], or what every verb may meet.
    pub async fn list_email_domains(
        &self,
        by: &Caller,
        organization: OrganizationId,
        page: &Page,
    ) -> Result<Listing<ShownEmailDomain>, VerbError<EmailDomainRefusal>> {
        let moment = self.moment_of_domains(by, organization).await?;
        let found = moment.email_domains(organization, page).await?;
        let mut makers = HashMap::new();
        for view in &found.rows {
            if let Some(maker) = maker(&view.domain) {
                makers.insert(maker, moment.standing(maker, organization).await?);
            }
        }
        Ok(found.map(|view| self.shown_with(view, |it| makers.get(&it).cloned().flatten())))
    }

    /// One e-mail domain of an organization.
    ///
    /// # Errors
    /// [`EmailDomainRefusal`], or what every verb may meet.
    pub async fn find_email_domain(
        &self,
        by: &Caller,
        organization: OrganizationId,
        id: EmailDomainId,
    ) -> Result<ShownEmailDomain, VerbError<EmailDomainRefusal>> {
        let moment = self.moment_of_domains(by, organization).await?;
        let found = moment.email_domain_view(id).await?;
        let found = found.filter(|it| {
            it.domain.parts().organization == organization && it.domain.clone().live().is_some()
        });
        let found = found.ok_or(VerbError::Refused(EmailDomainRefusal::NotFound))?;
        Ok(self.shown_domain(&*moment, found).await?)
    }

    /// The one that a verb made or changed, as it is now.
    pub(crate) async fn answer_email_domain<R: Refusal + 'static>(
        &self,
        answer: Answer<Outcome>,
    ) -> Result<Answer<ShownEmailDomain>, VerbError<R>> {
        let Outcome::EmailDomain { domain } = answer.what else { return Err(VerbError::KeyReused) };
        let moment = self.ports.reads.moment().await?;
        let view = shown(moment.email_domain_view(domain).await?, "email_domain", &domain)?;
        let shown = self.shown_domain(&*moment, view).await?;
        Ok(answer.map(|_| shown))
    }

    async fn shown_domain(
        &self,
        moment: &dyn Moment,
        view: EmailDomainView,
    ) -> Result<ShownEmailDomain, PortError> {
        let maker = match maker(&view.domain) {
            Some(maker) => moment.standing(maker, view.domain.parts().organization).await?,
            None => None,
        };
        Ok(self.shown_with(view, |_| maker.clone()))
    }

    fn shown_with(
        &self,
        view: EmailDomainView,
        standing: impl Fn(AccountId) -> Option<Standing>,
    ) -> ShownEmailDomain {
        let maker = maker(&view.domain).and_then(standing);
        ShownEmailDomain { effective: effective(&view.domain, maker.as_ref(), &self.settings), view }
    }

    /// A moment in which the caller may see them.
    async fn moment_of_domains(
        &self,
        by: &Caller,
        organization: OrganizationId,
    ) -> Result<Box<dyn Moment>, VerbError<EmailDomainRefusal>> {
        let moment = self.ports.reads.moment().await?;
        let standing = moment.standing(by.account, organization).await?;
        permit(standing.as_ref(), &self.settings).map_err(|it| VerbError::Refused(it.into()))?;
        Ok(moment)
    }
}

/// Who must still be able to give what the domain admits with.
pub(crate) fn maker(domain: &EmailDomain) -> Option<AccountId> {
    match &domain.parts().policy {
        DomainPolicy::Admit { maker, .. } => Some(*maker),
        DomainPolicy::Review | DomainPolicy::InvitationOnly => None,
    }
}
