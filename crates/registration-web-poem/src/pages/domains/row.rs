//! A domain as people read it: how it stands, what that means, and what comes next.
use registration_domain::{
    email_domain::{DomainPolicy, EmailDomainState, PolicyKind},
    use_case::find_email_domain::ShownEmailDomain,
};

use crate::{access, place::Place, visit::Visit, words::Phrase};

/// A domain on a page.
pub(super) struct Row {
    /// As people write it.
    pub(super) name: String,
    /// As DNS knows it, where that differs.
    pub(super) encoded: Option<String>,
    pub(super) path: String,
    pub(super) class: &'static str,
    pub(super) state: Phrase,
    /// What the state means, and the next step.
    pub(super) words: Phrase,
    /// What is done with its people once it is verified.
    pub(super) policy: Phrase,
    /// That less is done now, and why.
    pub(super) falls_back: Option<Phrase>,
    /// Whether its record is to be published, or published again.
    pub(super) waits: bool,
    /// Whether its policy holds.
    pub(super) holds: bool,
}

impl Row {
    pub(super) fn of(visit: &Visit, place: &Place, shown: &ShownEmailDomain) -> Self {
        let parts = shown.view.domain.parts();
        let (name, encoded) = (parts.name.to_string(), parts.name.as_str().to_owned());
        let (class, state, words) = state(visit, &parts.state);
        Self {
            path: super::path(place, shown),
            class,
            state,
            words: words.with("domain", &name),
            policy: policy(visit, &parts.policy).with("domain", &name),
            falls_back: falls_back(visit, shown),
            waits: waits(&parts.state),
            holds: shown.effective.is_some(),
            encoded: (encoded != name).then_some(encoded),
            name,
        }
    }
}

fn state(visit: &Visit, state: &EmailDomainState) -> (&'static str, Phrase, Phrase) {
    match state {
        EmailDomainState::Pending | EmailDomainState::Removed { .. } => {
            ("warn", visit.t("state-domain-pending"), visit.t("domain-pending-words"))
        }
        EmailDomainState::Verified { at, missing_since: None } => {
            let words = visit.t("domain-verified-words").with("when", visit.moment(at).day());
            ("ok", visit.t("state-domain-verified"), words)
        }
        EmailDomainState::Verified { missing_since: Some(since), .. } => {
            let until = since.plus(visit.platform().settings().lifetimes.domain_grace);
            let words = visit.t("domain-missing-words").with("until", visit.moment(until));
            ("warn", visit.t("state-domain-missing"), words)
        }
        EmailDomainState::Lapsed { at } => {
            let words = visit.t("domain-lapsed-words").with("when", visit.moment(at).day());
            ("bad", visit.t("state-domain-lapsed"), words)
        }
    }
}

fn policy(visit: &Visit, policy: &DomainPolicy) -> Phrase {
    match policy {
        DomainPolicy::Admit { access, maker: _ } => {
            visit.t("domain-admits").with("access", access::named(visit, access))
        }
        DomainPolicy::Review => visit.t("domain-reviews"),
        DomainPolicy::InvitationOnly => visit.t("domain-invites-only"),
    }
}

/// Who chose the access could not give it any more.
fn falls_back(visit: &Visit, shown: &ShownEmailDomain) -> Option<Phrase> {
    let admits = shown.view.domain.parts().policy.kind() == PolicyKind::Admit;
    let maker = shown.view.maker.as_ref().map(|it| it.name.full()).unwrap_or_default();
    let less = admits && shown.effective == Some(PolicyKind::Review);
    less.then(|| visit.t("domain-falls-back").with("who", maker))
}

fn waits(state: &EmailDomainState) -> bool {
    match state {
        EmailDomainState::Pending
        | EmailDomainState::Lapsed { .. }
        | EmailDomainState::Verified { missing_since: Some(_), .. } => true,
        EmailDomainState::Verified { missing_since: None, .. } | EmailDomainState::Removed { .. } => false,
    }
}
