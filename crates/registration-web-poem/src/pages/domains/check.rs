//! Check now: DNS is asked, and what it said is told.
use poem::{handler, web::Path};
use registration_domain::{
    platform::VerbError,
    use_case::{managed_email_domain::EmailDomainRefusal, verify_email_domain::VerifyEmailDomain},
};

use super::{find, require, show};
use crate::{
    place::Place,
    shell::Answer,
    visit::{Notice, Visit, see_other},
};

/// `POST /o/{org}/email-domains/{id}/check`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let found = find(&visit, &place, &id).await?;
    let (by, organization, domain) = (visit.caller()?, place.id(), found.view.domain.id());
    let command = VerifyEmailDomain { by, organization, domain, once: visit.once("check-email-domain") };
    match visit.platform().verify_email_domain(command).await {
        Ok(verified) => {
            let name = &verified.what.view.domain.parts().name;
            visit.tell(Notice::of("notice-domain-verified").with("domain", name));
            Ok(see_other(&super::path(&place, &found)))
        }
        Err(VerbError::Refused(EmailDomainRefusal::NotProven(why))) => {
            show::unproven(&visit, &place, &found, &why)
        }
        Err(VerbError::Refused(EmailDomainRefusal::TakenElsewhere)) => {
            show::answered(&visit, &place, &found, visit.t("refusal-email_domain_taken"), Vec::new())
        }
        Err(VerbError::Refused(EmailDomainRefusal::Fields(_))) => {
            show::answered(&visit, &place, &found, visit.t("fault-free_mail_domain"), Vec::new())
        }
        Err(error) => Err(error.into()),
    }
}
