//! Sign-ups in every state, and the mails about them.
use proptest::{option, prelude::*};
use registration_domain::{
    account::NewAccount,
    message::SignUpLetter,
    password::PasswordHash,
    sign_up::{SignUp, SignUpParts, SignUpState},
    verification_code::CodeTerm,
};

use super::{email, generation, id, locale, person_name, revision, timestamp, username};

/// Any sign-up.
pub fn sign_up() -> impl Strategy<Value = SignUp> {
    let typed = (id(), email(), username(), person_name(), option::of(locale()));
    let code = (generation(), timestamp(), timestamp());
    let rest = (id(), timestamp(), timestamp(), sign_up_state(), revision());
    (typed, code, rest).prop_map(|(typed, code, rest)| {
        let (account, email, username, name, locale) = typed;
        let (generation, expires_at, resend_at) = code;
        let code = CodeTerm { generation, expires_at, resend_at };
        let (id, created_at, expires_at, state, revision) = rest;
        let password = PasswordHash::from_phc("$plain$0$00".into());
        let typed = NewAccount { id: account, email, username, name, password, locale };
        SignUp::from_parts(SignUpParts { id, typed, code, created_at, expires_at, state, revision })
    })
}

/// Each state of a sign-up.
pub fn sign_up_state() -> impl Strategy<Value = SignUpState> {
    prop_oneof![
        Just(SignUpState::AwaitingCode),
        Just(SignUpState::Decoy),
        timestamp().prop_map(|at| SignUpState::Verified { at }),
    ]
}

/// Each kind of mail about a sign-up.
pub fn sign_up_letter() -> impl Strategy<Value = SignUpLetter> {
    prop_oneof![
        (id(), generation(), timestamp()).prop_map(|(sign_up, generation, expires_at)| SignUpLetter::Code {
            sign_up,
            generation,
            expires_at
        }),
        (id(), generation())
            .prop_map(|(sign_up, generation)| SignUpLetter::AlreadyRegistered { sign_up, generation }),
    ]
}
