//! Codes are made by somebody who may, one or many at once, and shown this once.
use std::num::NonZeroU16;

use crate::{
    access::Access,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    employee_code::{CodeSecret, CodeTerms, EmployeeCode, EmployeeCodeId, GrantedEntry},
    organization::OrganizationId,
    permission::Permission,
    permit::{NotPermitted, Permit, Standing},
    platform::{Answer, Platform, VerbError, shown},
    receipt::{Digest, Once, Outcome},
    refusal::{Fact, FieldFault, Refusal, RefusalKind},
    secret::Secret,
    session::Caller,
    settings::Settings,
    time::Timestamp,
    view::EmployeeCodeView,
};

/// How many are made at once, at the most.
pub const MOST: u16 = 500;

/// Makes employee codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeEmployeeCodes {
    /// Who makes them.
    pub by: Caller,
    /// For which organization.
    pub organization: OrganizationId,
    /// What holds for each.
    pub terms: CodeTerms,
    /// Whether a right one lets in at once.
    pub admits: bool,
    /// With how much access: what it gives, or what its maker thinks of giving.
    pub access: Option<Access>,
    /// How many.
    pub count: NonZeroU16,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// A code, and its secret, which is shown this once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeCode {
    /// The code.
    pub view: EmployeeCodeView,
    /// As it is printed and read aloud.
    pub secret: Secret,
}

/// Why no codes were made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MakeCodesRefusal {
    /// The caller may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// A field cannot be taken.
    #[error("some fields cannot be taken")]
    Fields(Vec<FieldFault>),
}

impl Platform {
    /// Makes employee codes. Their secrets are derived and stored nowhere: a repeat shows the same ones.
    ///
    /// # Errors
    /// [`MakeCodesRefusal`], or what every verb may meet.
    pub async fn make_employee_codes(
        &self,
        command: MakeEmployeeCodes,
    ) -> Result<Answer<Vec<MadeCode>>, VerbError<MakeCodesRefusal>> {
        let ids = (0..command.count.get().min(MOST)).map(|_| self.ports.ids.fresh());
        let fresh = ids.map(|id| (id, self.code_digest(&self.code_secret(id)))).collect::<Vec<_>>();
        let event = self.ports.ids.fresh();
        let batch = shown(fresh.first().map(|(id, _)| *id), "employee_code", &"to be made")?;
        let (command, fresh) = (&command, &fresh);
        let outcome = Outcome::EmployeeCodes { batch };
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let standing = moment.standing(command.by.account, command.organization).await?;
            decide(standing.as_ref(), command, &self.settings, now, fresh, event).map_err(VerbError::Refused)
        });
        let answer = settled.await?;
        let Outcome::EmployeeCodes { batch } = answer.what else { return Err(VerbError::KeyReused) };
        let made = self.ports.reads.moment().await?.employee_codes_of_batch(batch).await?;
        let made = made.into_iter().map(|view| {
            let secret = self.code_secret(view.code.code.id()).shown();
            MadeCode { view, secret }
        });
        let made = made.collect();
        Ok(answer.map(|_| made))
    }

    /// Nothing but the id and the keyring makes it.
    fn code_secret(&self, id: EmployeeCodeId) -> CodeSecret {
        let bytes = id.uuid();
        CodeSecret::derived(self.ports.fingerprints.fingerprint("employee code secret", bytes.as_bytes()))
    }
}

/// What making codes writes.
///
/// # Errors
/// [`MakeCodesRefusal`], in this order: the right; the fields; what one holds. A code makes nobody an Owner.
pub fn decide(
    standing: Option<&Standing>,
    command: &MakeEmployeeCodes,
    settings: &Settings,
    now: Timestamp,
    fresh: &[(EmployeeCodeId, Digest)],
    event: AuditEventId,
) -> Result<ChangeSet, MakeCodesRefusal> {
    let catalogue = &settings.catalogue;
    let permit = Permit::check(standing, &Permission::EMPLOYEE_CODES_MANAGE, catalogue)?;
    let faults = faults(command, settings, now);
    if !faults.is_empty() {
        return Err(MakeCodesRefusal::Fields(faults));
    }
    let grant = command.access.clone().map(|it| permit.grant(it, catalogue)).transpose()?;
    let entry = match grant {
        Some(grant) if command.admits => GrantedEntry::Admit(grant),
        suggested => GrantedEntry::Review(suggested),
    };
    let Some((batch, _)) = fresh.first().copied() else { return Ok(ChangeSet::under(&permit)) };
    let made = fresh.iter().map(|(id, digest)| {
        let (terms, entry) = (command.terms.clone(), entry.clone());
        Change::AddEmployeeCode(EmployeeCode::issue((*id, batch), terms, *digest, &permit, entry, now))
    });
    let label = command.terms.label.as_ref().map_or_else(String::new, ToString::to_string);
    let many = if fresh.len() == 1 { "1 code".to_owned() } else { format!("{} codes", fresh.len()) };
    let gives = match (&command.access, command.admits) {
        (Some(access), true) => format!("{many}, which let in with {access}"),
        (_, _) => format!("{many}, to back requests"),
    };
    let event = AuditEvent::by(&command.by, event, Action::EmployeeCodeMade, batch, label, now);
    Ok(ChangeSet::under(&permit)
        .with_all(made)
        .with(Change::Record(event.within(permit.organization()).to(gives))))
}

fn faults(command: &MakeEmployeeCodes, settings: &Settings, now: Timestamp) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if command.admits && command.access.is_none() {
        faults.push(FieldFault::required("access"));
    }
    if let Some(access) = &command.access {
        faults.extend(settings.catalogue.faults(access));
    }
    if command.access == Some(Access::Owner) {
        faults.push(FieldFault::new("access", "malformed", "a code makes nobody an Owner; invite them"));
    }
    if command.terms.expires_at.is_some_and(|it| it <= now) {
        faults.push(FieldFault::new("expires_at", "malformed", "this instant is over already"));
    }
    if command.count.get() > MOST {
        faults.push(FieldFault::new("count", "malformed", format!("at most {MOST} are made at once")));
    }
    faults
}

impl Refusal for MakeCodesRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotPermitted(why) => why.told(),
            Self::Fields(_) => (RefusalKind::Invalid, "validation_failed"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        if let Self::Fields(faults) = self { faults.clone() } else { Vec::new() }
    }
    fn facts(&self) -> Vec<Fact> {
        if let Self::NotPermitted(why) = self { why.facts() } else { Vec::new() }
    }
}
