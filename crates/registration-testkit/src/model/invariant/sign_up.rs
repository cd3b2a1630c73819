//! What must always hold of people who come by themselves.
use registration_domain::{
    account::Account,
    sign_up::{SignUp, SignUpParts, SignUpState},
    time::Timestamp,
};

use super::{Broken, State, holds};

pub(super) fn check(before: &State, after: &State, at: Timestamp) -> Result<(), Broken> {
    before.sign_ups.iter().try_for_each(|old| {
        let new = after.sign_ups.iter().find(|it| it.id() == old.id());
        let new = new.ok_or_else(|| format!("sign-up {} is gone", old.id()))?;
        it_ends_once_and_in_time(old, new, at)
    })?;
    let accounts = |it: &State| it.accounts.iter().map(Account::id).collect::<Vec<_>>();
    let (were, are) = (accounts(before), accounts(after));
    after.sign_ups.iter().map(SignUp::parts).try_for_each(|it| {
        let account = after.accounts.iter().find(|account| account.id() == it.typed.id);
        let is_verified = matches!(it.state, SignUpState::Verified { .. });
        holds(account.is_some() == is_verified, || format!("sign-up {} is no account, or is one", it.id))?;
        let came = account.filter(|_| are.contains(&it.typed.id) && !were.contains(&it.typed.id));
        came.map_or(Ok(()), |account| it_is_what_was_typed(it, account))
    })
}

fn it_ends_once_and_in_time(old: &SignUp, new: &SignUp, at: Timestamp) -> Result<(), Broken> {
    let (was, is) = (old.parts(), new.parts());
    holds(is.typed == was.typed, || format!("what was typed into sign-up {} changed", is.id))?;
    holds(is.code.generation >= was.code.generation, || format!("a code of sign-up {} came back", is.id))?;
    match (was.state, is.state) {
        (SignUpState::Verified { .. }, _) => {
            holds(new == old, || format!("sign-up {} moved after its end", is.id))
        }
        (SignUpState::Decoy, SignUpState::Verified { .. }) => {
            Err(format!("sign-up {} of an address that was taken became an account", is.id))
        }
        (SignUpState::AwaitingCode, SignUpState::Verified { .. }) => {
            holds(at < was.code.expires_at, || format!("sign-up {} was verified too late", is.id))
        }
        (SignUpState::AwaitingCode | SignUpState::Decoy, SignUpState::AwaitingCode | SignUpState::Decoy) => {
            Ok(())
        }
    }
}

/// But for the username, which somebody may have taken meanwhile.
fn it_is_what_was_typed(it: &SignUpParts, account: &Account) -> Result<(), Broken> {
    let (typed, is) = (&it.typed, account.parts());
    let same = (&typed.email, &typed.name, &typed.password) == (&is.email, &is.name, &is.password);
    holds(same, || format!("the account of sign-up {} is another's", it.id))
}

#[cfg(test)]
mod tests;
