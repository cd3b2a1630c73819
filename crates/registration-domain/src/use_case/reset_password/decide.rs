//! The rules of a password that is set by a link, without a port in sight.
use super::{Fresh, ResetPassword, ResetRefusal, Snapshot};
use crate::{
    audit::{Action, AuditEvent},
    change::{Change, ChangeSet},
    password::{Password, PasswordHash},
    refusal::FieldFault,
    revision::Generation,
    settings::Settings,
    time::Timestamp,
    use_case::change_password::told,
};

/// Every refusal, before the password is hashed.
///
/// # Errors
/// [`ResetRefusal`]: what is wrong with the link, else everything that stands against the password.
pub fn consider(
    snapshot: &Snapshot,
    command: &ResetPassword,
    link: Generation,
    settings: &Settings,
    now: Timestamp,
) -> Result<Password, ResetRefusal> {
    let Snapshot { reset, account } = snapshot;
    reset.clone().usable(link, account, now)?;
    let it = account.parts();
    let checked = settings.password.check(command.password.expose(), Some(&it.email), Some(&it.username));
    checked.map_err(|wrong| {
        ResetRefusal::Fields(wrong.iter().map(|it| FieldFault::of("password", it)).collect())
    })
}

/// What a new password writes: the link is used up, and whatever rested on the older password is over.
///
/// # Errors
/// [`ResetRefusal::NotUsable`], where time or the snapshot no longer bear what was considered.
pub fn decide(
    snapshot: Snapshot,
    command: &ResetPassword,
    link: Generation,
    password: PasswordHash,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, ResetRefusal> {
    let Snapshot { reset, account } = snapshot;
    let usable = reset.usable(link, &account, now)?;
    let account = account.with_password(password);
    let (id, email, origin) = (account.id(), &account.parts().email, &command.device.origin);
    let event = AuditEvent::unnamed(origin, fresh.event, Action::PasswordReset, id, email, now);
    let notice = told(&account, &command.device, fresh.message, now);
    Ok(ChangeSet::new()
        .with(Change::UpdatePasswordReset(usable.use_up(now)))
        .with(Change::UpdateAccount(account))
        .with(Change::Send(notice))
        .with(Change::Record(event)))
}
