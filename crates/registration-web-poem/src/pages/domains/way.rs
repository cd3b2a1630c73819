//! What the visitor's own address opens: to join at once, to ask, or to wait for an invitation.
use poem::handler;
use registration_domain::{
    email_domain::PolicyKind,
    use_case::join_by_email_domain::{JoinByEmailDomain, OwnEmailDomain},
};

use crate::{
    failure::Failure,
    shell::Answer,
    visit::{self, Notice, Visit, see_other},
    words::Phrase,
};

/// As a page offers it.
pub(crate) struct Way {
    pub(crate) id: String,
    pub(crate) organization: String,
    pub(crate) words: Phrase,
    pub(crate) joins: bool,
    pub(crate) asks: bool,
}

impl Way {
    /// Nothing where nobody has verified the domain of the address, or the visitor belongs there.
    pub(crate) async fn of(visit: &Visit) -> Result<Option<Self>, Failure> {
        let found = visit.platform().find_own_email_domain(&visit.caller()?).await?;
        Ok(found.filter(|it| !it.is_member).map(|it| Self::shown(visit, it)))
    }

    fn shown(visit: &Visit, found: OwnEmailDomain) -> Self {
        let OwnEmailDomain { name, organization, policy, is_member: _ } = found;
        let parts = organization.into_parts();
        let words = match policy {
            PolicyKind::Admit => visit.t("own-domain-admits"),
            PolicyKind::Review => visit.t("own-domain-reviews"),
            PolicyKind::InvitationOnly => visit.t("own-domain-invites-only"),
        };
        let organization = parts.name.as_str().to_owned();
        let words = words.with("domain", name).with("organization", &organization);
        Self {
            id: parts.id.to_string(),
            organization,
            words,
            joins: policy == PolicyKind::Admit,
            asks: policy == PolicyKind::Review,
        }
    }
}

/// `POST /join/email-domain`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let organization = visit::id(visit.form().value("organization"))?;
    let command =
        JoinByEmailDomain { by: visit.caller()?, organization, once: visit.once("join-by-email-domain") };
    let joined = visit.platform().join_by_email_domain(command).await?.what;
    visit.tell(Notice::of("notice-joined").with("organization", &joined.organization.parts().name));
    Ok(see_other(&format!("/o/{}", joined.organization.id())))
}
