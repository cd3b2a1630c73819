//! E-mail domains in every state, with every policy.
use proptest::{option, prelude::*};
use registration_domain::{
    account::AccountId,
    domain_name::DomainName,
    email_domain::{DomainPolicy, EmailDomain, EmailDomainParts, EmailDomainState, ProofRecord, ProofToken},
    message::{EmailDomainLetter, EmailDomainNews},
    organization::OrganizationId,
};

use super::{access, id, organization_name, person_name, revision, timestamp};

/// Domains of several labels and scripts.
pub fn domain_name() -> impl Strategy<Value = DomainName> {
    let label = prop_oneof!["[a-z0-9]{1,10}", "[A-Z][a-z]{1,8}", Just("bücher".into()), Just("李".into())];
    let top = prop_oneof![Just("org"), Just("EXAMPLE"), Just("co.test"), Just("рф")];
    (proptest::collection::vec(label, 1..4), top).prop_filter_map("no domain", |(labels, top)| {
        DomainName::parse(&format!("{}.{top}", labels.join("."))).ok()
    })
}

/// Any 128 bits.
pub fn proof_token() -> impl Strategy<Value = ProofToken> {
    any::<[u8; 16]>().prop_map(ProofToken::from_bytes)
}

/// Each policy.
pub fn domain_policy() -> impl Strategy<Value = DomainPolicy> {
    id().prop_flat_map(domain_policy_of)
}

fn domain_policy_of(maker: AccountId) -> impl Strategy<Value = DomainPolicy> {
    prop_oneof![
        access().prop_map(move |access| DomainPolicy::Admit { access, maker }),
        Just(DomainPolicy::Review),
        Just(DomainPolicy::InvitationOnly),
    ]
}

/// Each state of an e-mail domain.
pub fn email_domain_state() -> impl Strategy<Value = EmailDomainState> {
    prop_oneof![
        Just(EmailDomainState::Pending),
        (timestamp(), option::of(timestamp()))
            .prop_map(|(at, missing_since)| EmailDomainState::Verified { at, missing_since }),
        timestamp().prop_map(|at| EmailDomainState::Lapsed { at }),
        (timestamp(), id()).prop_map(|(at, by)| EmailDomainState::Removed { at, by }),
    ]
}

/// Any e-mail domain.
pub fn email_domain() -> impl Strategy<Value = EmailDomain> {
    (id(), id()).prop_flat_map(|(organization, account)| email_domain_of(organization, account))
}

/// An e-mail domain of this organization, which this account added, and by which it admits perhaps.
pub fn email_domain_of(
    organization: OrganizationId,
    added_by: AccountId,
) -> impl Strategy<Value = EmailDomain> {
    let what = (id(), domain_name(), domain_policy_of(added_by), proof_token());
    (what, timestamp(), email_domain_state(), revision()).prop_map(
        move |(what, created_at, state, revision)| {
            let (id, name, policy, token) = what;
            EmailDomain::from_parts(EmailDomainParts {
                id,
                organization,
                name,
                policy,
                token,
                added_by,
                created_at,
                state,
                revision,
            })
        },
    )
}

fn proof_record() -> impl Strategy<Value = ProofRecord> {
    (domain_name(), proof_token()).prop_map(|(name, token)| ProofRecord::of(&name, &token))
}

/// Each mail about an e-mail domain.
pub(super) fn email_domain_letter() -> impl Strategy<Value = EmailDomainLetter> {
    let news = prop_oneof![
        (person_name(), domain_policy()).prop_map(|(by, policy)| EmailDomainNews::Verified { by, policy }),
        (proof_record(), timestamp())
            .prop_map(|(record, until)| EmailDomainNews::RecordMissing { record, until }),
        proof_record().prop_map(|record| EmailDomainNews::Lapsed { record }),
    ];
    (id(), domain_name(), id(), organization_name(), news).prop_map(
        |(domain, name, organization, organization_name, news)| EmailDomainLetter {
            domain,
            name,
            organization,
            organization_name,
            news,
        },
    )
}
