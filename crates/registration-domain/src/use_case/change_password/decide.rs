//! The rules of a changed password, without a port in sight.
use super::{ChangePassword, ChangePasswordRefusal, Fresh, Snapshot};
use crate::{
    account::Account,
    audit::{Action, AuditEvent},
    change::{Change, ChangeSet, Touch},
    message::{Letter, Message, MessageId, SecurityLetter},
    password::{Password, PasswordHash},
    refusal::FieldFault,
    session::Device,
    settings::Settings,
    time::Timestamp,
    use_case::authenticate::NotSignedIn,
};

/// Whatever stands against the new password, before a guess at the old one is spent.
///
/// # Errors
/// [`ChangePasswordRefusal::Fields`], with all faults at once.
pub fn consider(command: &ChangePassword, settings: &Settings) -> Result<Password, ChangePasswordRefusal> {
    let (it, new) = (command.by.account.parts(), command.new.expose());
    let mut faults = Vec::new();
    if command.current.expose().is_empty() {
        faults.push(FieldFault::required("current_password"));
    }
    let checked = settings.password.check(new, Some(&it.email), Some(&it.username));
    let checked =
        checked.map_err(|wrong| faults.extend(wrong.iter().map(|it| FieldFault::of("password", it))));
    if checked.as_ref().ok() == Password::attempt(command.current.expose()).as_ref() && checked.is_ok() {
        let detail = "the new password is the same as the current one";
        faults.push(FieldFault::new("password", "password_unchanged", detail));
    }
    match checked {
        Ok(password) if faults.is_empty() => Ok(password),
        _ => Err(ChangePasswordRefusal::Fields(faults)),
    }
}

/// What a new password writes. The old one was right for the account as it was read before, and it must still be
/// that account, in that session.
///
/// # Errors
/// [`ChangePasswordRefusal::NotSignedIn`] where it is not.
pub fn decide(
    snapshot: Snapshot,
    command: &ChangePassword,
    password: PasswordHash,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, ChangePasswordRefusal> {
    let Snapshot { session, account } = snapshot;
    let (read, compared) = (account.parts(), command.by.account.parts());
    let stands = account.is_active()
        && read.password == compared.password
        && read.generation == compared.generation
        && session.parts().ended_at.is_none();
    if !stands {
        return Err(NotSignedIn.into());
    }
    let account = account.with_password(password);
    let event = AuditEvent::by(
        &command.by.caller(),
        fresh.event,
        Action::PasswordChanged,
        account.id(),
        &account.parts().email,
        now,
    );
    let goes_on = if command.renew {
        vec![
            Change::AddSession(session.renewed(fresh.session, &account)),
            Change::Touch(Touch::Session { id: fresh.session, at: now }),
            Change::UpdateSession(session.end(now)),
        ]
    } else {
        vec![Change::UpdateSession(session.kept(&account))]
    };
    let notice = told(&account, &command.device, fresh.message, now);
    Ok(ChangeSet::new()
        .with(Change::UpdateAccount(account))
        .with_all(goes_on)
        .with(Change::Send(notice))
        .with(Change::Record(event)))
}

/// Whoever owns the account hears of its new password, whoever set it.
pub(crate) fn told(account: &Account, device: &Device, id: MessageId, now: Timestamp) -> Message {
    let (it, Device { label, fingerprint: _, origin }) = (account.parts(), device.clone());
    let (person, device) = (it.name.clone(), label);
    let letter = SecurityLetter::PasswordChanged { account: it.id, person, device, origin, at: now };
    Message { id, to: it.email.clone(), locale: it.locale.clone(), at: now, letter: Letter::Security(letter) }
}
