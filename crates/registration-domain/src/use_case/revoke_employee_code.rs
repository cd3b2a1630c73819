//! A code that is revoked works no more, from the next try on; requests that it backed stay.
use crate::{
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    employee_code::{CountedCode, EmployeeCodeId},
    organization::OrganizationId,
    permission::Permission,
    permit::{NotPermitted, Permit, Standing},
    platform::{Platform, VerbError},
    receipt::Outcome,
    refusal::{Fact, Refusal, RefusalKind},
    session::Caller,
    settings::Settings,
    time::Timestamp,
};

/// Revokes an employee code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevokeEmployeeCode {
    /// Who.
    pub by: Caller,
    /// In which organization.
    pub organization: OrganizationId,
    /// Which.
    pub code: EmployeeCodeId,
}

/// Why nothing became of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeRefusal {
    /// The caller may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// There is no such code here, or it was revoked already.
    #[error("there is no such employee code here")]
    NotFound,
}

impl Platform {
    /// Revokes an employee code.
    ///
    /// # Errors
    /// [`CodeRefusal`], or what every verb may meet.
    pub async fn revoke_employee_code(
        &self,
        command: RevokeEmployeeCode,
    ) -> Result<(), VerbError<CodeRefusal>> {
        let event = self.ports.ids.fresh();
        let command = &command;
        let settled = self.settle(Outcome::Done, None, move |moment, now| async move {
            let standing = moment.standing(command.by.account, command.organization).await?;
            let code = moment.employee_code(command.code).await?;
            decide(standing.as_ref(), code, command, &self.settings, now, event).map_err(VerbError::Refused)
        });
        settled.await.map(|_| ())
    }
}

/// What a revocation writes.
///
/// # Errors
/// [`CodeRefusal`]: the right, and the code.
pub fn decide(
    standing: Option<&Standing>,
    code: Option<CountedCode>,
    command: &RevokeEmployeeCode,
    settings: &Settings,
    now: Timestamp,
    event: AuditEventId,
) -> Result<ChangeSet, CodeRefusal> {
    let permit = Permit::check(standing, &Permission::EMPLOYEE_CODES_MANAGE, &settings.catalogue)?;
    let here = |it: &CountedCode| it.code.parts().organization == permit.organization();
    let code = code.filter(here).ok_or(CodeRefusal::NotFound)?.code;
    let label = code.parts().label.as_ref().map_or_else(String::new, ToString::to_string);
    let active = code.active().ok_or(CodeRefusal::NotFound)?;
    let event = AuditEvent::by(&command.by, event, Action::EmployeeCodeRevoked, command.code, label, now);
    Ok(ChangeSet::under(&permit)
        .with(Change::UpdateEmployeeCode(active.revoke(&permit, now)))
        .with(Change::Record(event.within(permit.organization()))))
}

impl Refusal for CodeRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotPermitted(why) => why.told(),
            Self::NotFound => (RefusalKind::NotFound, "not_found"),
        }
    }
    fn facts(&self) -> Vec<Fact> {
        if let Self::NotPermitted(why) = self { why.facts() } else { Vec::new() }
    }
}
