//! Changes of address in every state, and mails about one's own account.
use proptest::prelude::*;
use registration_domain::{
    email_change::{EmailChange, EmailChangeParts, EmailChangeState},
    message::OwnLetter,
    verification_code::CodeTerm,
};

use super::{email, generation, id, person_name, revision, timestamp};

/// Any change of address.
pub fn email_change() -> impl Strategy<Value = EmailChange> {
    let code = (generation(), timestamp(), timestamp())
        .prop_map(|(generation, expires_at, resend_at)| CodeTerm { generation, expires_at, resend_at });
    let who = (id(), id(), generation(), email(), code);
    (who, timestamp(), timestamp(), email_change_state(), revision()).prop_map(
        |((id, account, account_generation, email, code), created_at, expires_at, state, revision)| {
            EmailChange::from_parts(EmailChangeParts {
                id,
                account,
                account_generation,
                email,
                code,
                created_at,
                expires_at,
                state,
                revision,
            })
        },
    )
}

/// Each state of one.
pub fn email_change_state() -> impl Strategy<Value = EmailChangeState> {
    prop_oneof![
        Just(EmailChangeState::AwaitingCode),
        Just(EmailChangeState::Decoy),
        timestamp().prop_map(|at| EmailChangeState::Verified { at }),
        timestamp().prop_map(|at| EmailChangeState::Replaced { at }),
    ]
}

/// Each kind of mail about one's own account.
pub fn own_letter() -> impl Strategy<Value = OwnLetter> {
    let facts = (id(), generation(), timestamp(), id(), person_name(), 0..4_u8);
    facts.prop_map(|(change, generation, at, account, person, kind)| match kind {
        0 => OwnLetter::AddressCode { change, generation, expires_at: at },
        1 => OwnLetter::AddressInUse { change, generation },
        2 => OwnLetter::AddressChanged { account, person, at },
        _ => OwnLetter::AccountClosed { account, person, at },
    })
}
