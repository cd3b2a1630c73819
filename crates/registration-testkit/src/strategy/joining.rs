//! Employee codes and join requests in every state, and the mails about them.
use std::num::NonZeroU32;

use proptest::{option, prelude::*};
use registration_domain::{
    employee_code::{
        CodeLabel, CountedCode, EmployeeCode, EmployeeCodeParts, EmployeeCodeState, Entry, RefusedTries,
    },
    join_request::{JoinRequest, JoinRequestParts, JoinRequestState, Method, SettledBy},
    message::{Asking, JoiningLetter},
};

use super::{
    access, digest, domain_name, email, id, note, organization_name, person_name, revision, timestamp,
};

/// A few words on one line.
pub fn code_label() -> impl Strategy<Value = CodeLabel> {
    organization_name().prop_filter_map("no label", |it| CodeLabel::parse(it.as_str()).ok().flatten())
}

/// Any employee code, and how often it was used and refused.
pub fn counted_code() -> impl Strategy<Value = CountedCode> {
    let what = (id(), id(), id(), id(), option::of(code_label()), digest());
    let uses = option::of(prop_oneof![1..4_u32, Just(u32::MAX)].prop_filter_map("none", NonZeroU32::new));
    let rest = (uses, option::of(timestamp()), entry(), timestamp(), employee_code_state(), revision());
    let refused =
        (0..3_u32, 0..3_u32, 0..3_u32, 0..3_u32).prop_map(|(revoked, expired, used_up, elsewhere)| {
            RefusedTries { revoked, expired, used_up, elsewhere }
        });
    (what, rest, 0..4_u32, refused).prop_map(|(what, rest, used, refused)| {
        let (id, organization, batch, maker, label, digest) = what;
        let (uses, expires_at, entry, created_at, state, revision) = rest;
        let code = EmployeeCode::from_parts(EmployeeCodeParts {
            id,
            organization,
            batch,
            maker,
            label,
            digest,
            uses,
            expires_at,
            entry,
            created_at,
            state,
            revision,
        });
        CountedCode { code, used, refused }
    })
}

/// For review, with and without a thought of the maker, and admitting.
pub fn entry() -> impl Strategy<Value = Entry> {
    prop_oneof![
        option::of(access()).prop_map(|suggested| Entry::Review { suggested }),
        access().prop_map(|access| Entry::Admit { access }),
    ]
}

/// Each state of a code.
pub fn employee_code_state() -> impl Strategy<Value = EmployeeCodeState> {
    prop_oneof![
        Just(EmployeeCodeState::Active),
        (timestamp(), id()).prop_map(|(at, by)| EmployeeCodeState::Revoked { at, by }),
    ]
}

/// Any join request.
pub fn join_request() -> impl Strategy<Value = JoinRequest> {
    let what = (id(), id(), id(), method(), timestamp(), timestamp());
    let rest = (option::of(timestamp()), option::of(timestamp()), join_request_state(), revision());
    (what, rest).prop_map(|(what, rest)| {
        let (id, organization, account, method, created_at, expires_at) = what;
        let (warn_at, reminded_at, state, revision) = rest;
        JoinRequest::from_parts(JoinRequestParts {
            id,
            organization,
            account,
            method,
            created_at,
            expires_at,
            warn_at,
            reminded_at,
            state,
            revision,
        })
    })
}

/// With words, without, with a code, and by an address.
pub fn method() -> impl Strategy<Value = Method> {
    prop_oneof![
        option::of(note()).prop_map(|note| Method::Approval { note }),
        id().prop_map(|code| Method::EmployeeCode { code }),
        (id(), domain_name(), option::of(note())).prop_map(|(domain, name, note)| Method::EmailDomain {
            domain,
            name,
            note
        }),
    ]
}

/// Each state of a join request.
pub fn join_request_state() -> impl Strategy<Value = JoinRequestState> {
    prop_oneof![
        Just(JoinRequestState::Pending),
        (timestamp(), id(), access()).prop_map(|(at, by, access)| JoinRequestState::Approved {
            at,
            by,
            access
        }),
        (timestamp(), id(), option::of(note())).prop_map(|(at, by, reason)| JoinRequestState::Rejected {
            at,
            by,
            reason
        }),
        timestamp().prop_map(|at| JoinRequestState::Withdrawn { at }),
        (timestamp(), settled_by()).prop_map(|(at, by)| JoinRequestState::Settled { at, by }),
        timestamp().prop_map(|at| JoinRequestState::Expired { at }),
    ]
}

/// Each other way in.
pub fn settled_by() -> impl Strategy<Value = SettledBy> {
    prop_oneof![
        id().prop_map(SettledBy::Invitation),
        id().prop_map(SettledBy::EmployeeCode),
        id().prop_map(SettledBy::EmailDomain),
    ]
}

/// Each letter about joining.
pub fn joining_letter() -> impl Strategy<Value = JoiningLetter> {
    let outcome = (id(), id(), organization_name(), access(), option::of(note()), timestamp(), 0..4_u8);
    let outcome = outcome.prop_map(|(subject, organization, name, access, reason, at, kind)| match kind {
        0 => JoiningLetter::Approved { request: subject, organization, name, access },
        1 => JoiningLetter::Rejected { request: subject, name, reason, ask_again_at: at },
        2 => JoiningLetter::Expired { request: subject, name, asked_at: at },
        _ => {
            let membership = registration_domain::id::Id::new(subject.uuid());
            JoiningLetter::JoinedByCode { membership, organization, name, access }
        }
    });
    let reviewed = (asking(), 0..3_u8).prop_map(|(asking, kind)| match kind {
        0 => JoiningLetter::Requested(asking),
        1 => JoiningLetter::RequestReminder(asking),
        _ => JoiningLetter::RequestExpiring(asking),
    });
    prop_oneof![reviewed, outcome]
}

fn asking() -> impl Strategy<Value = Asking> {
    let who = (id(), id(), organization_name(), person_name(), email());
    (who, option::of(note()), any::<bool>(), option::of(domain_name()), timestamp(), timestamp()).prop_map(
        |((request, organization, name, person, email), note, has_code, domain, asked_at, expires_at)| {
            Asking {
                request,
                organization,
                name,
                person,
                email,
                note,
                has_code,
                domain,
                asked_at,
                expires_at,
            }
        },
    )
}
