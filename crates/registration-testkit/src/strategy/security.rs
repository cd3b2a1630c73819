//! Attempts to sign in, and links that set a new password.
use proptest::{option, prelude::*, sample::select};
use registration_domain::{
    password_reset::{PasswordReset, PasswordResetParts, ResetRequest, ResetState},
    sign_in_log::{SignInAttempt, SignInMethod, SignInOutcome},
};

use super::{account::origin, email, generation, id, revision, timestamp};

/// An attempt to sign in, of each outcome, as somebody and as nobody.
pub fn sign_in_attempt() -> impl Strategy<Value = SignInAttempt> {
    let what = (select(&SignInMethod::ALL[..]), select(&SignInOutcome::ALL[..]));
    (id(), option::of(id()), timestamp(), option::of("\\PC{1,60}"), origin(), what).prop_map(
        |(id, account, at, device, origin, (method, outcome))| SignInAttempt {
            id,
            account,
            at,
            method,
            device,
            origin,
            outcome,
        },
    )
}

/// What became of an account's links: each state.
pub fn password_reset() -> impl Strategy<Value = PasswordReset> {
    let state = prop_oneof![Just(ResetState::Open), timestamp().prop_map(|at| ResetState::Used { at })];
    (id(), generation(), email(), generation(), timestamp(), state, revision()).prop_map(
        |(account, account_generation, email, generation, expires_at, state, revision)| {
            PasswordReset::from_parts(PasswordResetParts {
                account,
                account_generation,
                email,
                generation,
                expires_at,
                state,
                revision,
            })
        },
    )
}

/// Somebody who wants a link.
pub fn reset_request() -> impl Strategy<Value = ResetRequest> {
    (id(), email(), origin(), timestamp(), timestamp())
        .prop_map(|(id, email, origin, at, due_at)| ResetRequest { id, email, origin, at, due_at })
}
