//! What is done with the people of a domain, as a form asks for it.
use registration_domain::{
    email_domain::{DomainPolicy, PolicyKind},
    refusal::FieldFault,
    use_case::managed_email_domain::PolicyWish,
};

use crate::{
    access::{self, Choice},
    form::{Filled, Form},
    pages::organization::invite::at_choice,
    place::Place,
    visit::Visit,
};

/// The fields, in the order in which a page has them.
pub(super) const ORDER: [&str; 6] =
    ["domain", "policy-admit", "policy-review", "access-all", "access-chosen", "role"];

/// What can be chosen: a domain makes nobody an Owner, and only who may invite lets a domain in.
pub(super) fn choice(visit: &Visit, place: &Place) -> Choice {
    Choice { owner: false, ..Choice::of(visit, place) }
}

/// What the form asks for; what is wrong with it is said in the form.
pub(super) fn read(visit: &Visit, place: &Place, filled: &mut Filled) -> Option<PolicyWish> {
    let form = visit.form();
    match PolicyKind::parse(form.value("policy")) {
        Some(PolicyKind::Admit) if place.may_invite() => {
            let first = choice(visit, place).first();
            access::read(visit, filled, form, first).map(PolicyWish::Admit)
        }
        Some(PolicyKind::Review) => Some(PolicyWish::Review),
        Some(PolicyKind::InvitationOnly) => Some(PolicyWish::InvitationOnly),
        Some(PolicyKind::Admit) | None => {
            let first = if place.may_invite() { "policy-admit" } else { "policy-review" };
            filled.phrase(first, &visit.t("fault-policy-required"));
            None
        }
    }
}

/// The fields that stand for a policy.
pub(super) fn written(form: Form, policy: &DomainPolicy) -> Form {
    let form = form.set("policy", policy.kind().key());
    match policy {
        DomainPolicy::Admit { access, maker: _ } => access::written(form, access),
        DomainPolicy::Review | DomainPolicy::InvitationOnly => form,
    }
}

/// Each fault beside its field.
pub(super) fn refuse(visit: &Visit, filled: &mut Filled, faults: &[FieldFault]) {
    for fault in faults {
        let is_of_access = fault.field.starts_with("access");
        let fault = if is_of_access { at_choice(fault) } else { fault.clone() };
        filled.refuse(visit.words(), &fault);
    }
}
