//! Rows are locked in one order by everybody, so that two who want each other's rows wait and do not deadlock.
use std::collections::BTreeMap;

use registration_domain::change::{Change, Expectation};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, sea_query::LockType};
use uuid::Uuid;

use crate::{
    database::has_row_locks,
    entity::{
        account, email_change, email_domain, employee_code, invitation, join_request, membership,
        organization, password_reset, session, sign_up,
    },
    error::Failure,
};

/// The order in which tables are locked; within one, rows are by their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Table {
    Organization,
    Account,
    Session,
    Membership,
    Invitation,
    EmailDomain,
    PasswordReset,
    EmployeeCode,
    JoinRequest,
    SignUp,
    EmailChange,
}

/// How a row is needed: the stronger need wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    /// It must not change.
    Unmoved,
    /// It is to be changed.
    Changed,
}

/// Takes all locks that the changes will need. A change alone takes its own.
pub(super) async fn in_order(to: &DatabaseTransaction, changes: &[Change]) -> Result<(), Failure> {
    if !has_row_locks(to) || changes.iter().filter_map(need).count() < 2 {
        return Ok(());
    }
    for ((table, id), need) in needs(changes) {
        let lock = match need {
            Need::Unmoved => LockType::Share,
            Need::Changed => LockType::NoKeyUpdate,
        };
        let locking = match table {
            Table::Organization => one::<organization::Entity>(to, organization::Column::Id, id, lock).await,
            Table::Account => one::<account::Entity>(to, account::Column::Id, id, lock).await,
            Table::Session => one::<session::Entity>(to, session::Column::Id, id, lock).await,
            Table::Membership => one::<membership::Entity>(to, membership::Column::Id, id, lock).await,
            Table::Invitation => one::<invitation::Entity>(to, invitation::Column::Id, id, lock).await,
            Table::EmailDomain => one::<email_domain::Entity>(to, email_domain::Column::Id, id, lock).await,
            Table::PasswordReset => {
                one::<password_reset::Entity>(to, password_reset::Column::Account, id, lock).await
            }
            Table::EmployeeCode => {
                one::<employee_code::Entity>(to, employee_code::Column::Id, id, lock).await
            }
            Table::JoinRequest => one::<join_request::Entity>(to, join_request::Column::Id, id, lock).await,
            Table::SignUp => one::<sign_up::Entity>(to, sign_up::Column::Id, id, lock).await,
            Table::EmailChange => one::<email_change::Entity>(to, email_change::Column::Id, id, lock).await,
        };
        locking?;
    }
    Ok(())
}

async fn one<E: EntityTrait>(
    to: &DatabaseTransaction,
    column: E::Column,
    id: Uuid,
    lock: LockType,
) -> Result<(), Failure> {
    let this = E::find().select_only().column(column).filter(column.eq(id)).lock(lock);
    this.into_tuple::<Uuid>().one(to).await?;
    Ok(())
}

fn needs(changes: &[Change]) -> BTreeMap<(Table, Uuid), Need> {
    let mut needs = BTreeMap::new();
    for (table, id, need) in changes.iter().filter_map(need) {
        let strongest = needs.entry((table, id)).or_insert(need);
        *strongest = need.max(*strongest);
    }
    needs
}

fn need(change: &Change) -> Option<(Table, Uuid, Need)> {
    match change {
        Change::Expect(Expectation::Account(id, _) | Expectation::Unattached(id, _)) => {
            Some((Table::Account, id.uuid(), Need::Unmoved))
        }
        Change::Expect(Expectation::Membership(id, _)) => Some((Table::Membership, id.uuid(), Need::Unmoved)),
        Change::Expect(Expectation::Organization(id, _)) => {
            Some((Table::Organization, id.uuid(), Need::Unmoved))
        }
        Change::Expect(Expectation::EmailDomain(id, _)) => {
            Some((Table::EmailDomain, id.uuid(), Need::Unmoved))
        }
        Change::UpdateEmailDomain(it) => Some((Table::EmailDomain, it.id().uuid(), Need::Changed)),
        Change::UpdateAccount(it) => Some((Table::Account, it.id().uuid(), Need::Changed)),
        Change::UpdateSession(it) => Some((Table::Session, it.id().uuid(), Need::Changed)),
        Change::UpdateOrganization(it) => Some((Table::Organization, it.id().uuid(), Need::Changed)),
        Change::UpdateMembership(it) => Some((Table::Membership, it.id().uuid(), Need::Changed)),
        Change::UpdateInvitation(it) => Some((Table::Invitation, it.id().uuid(), Need::Changed)),
        Change::UpdatePasswordReset(it) => Some((Table::PasswordReset, it.account().uuid(), Need::Changed)),
        Change::UpdateEmployeeCode(it) => Some((Table::EmployeeCode, it.id().uuid(), Need::Changed)),
        Change::UseEmployeeCode { code, .. }
        | Change::ReturnEmployeeCode(code)
        | Change::RefuseEmployeeCode { code, .. } => Some((Table::EmployeeCode, code.uuid(), Need::Changed)),
        Change::UpdateJoinRequest(it) => Some((Table::JoinRequest, it.id().uuid(), Need::Changed)),
        Change::UpdateSignUp(it) => Some((Table::SignUp, it.id().uuid(), Need::Changed)),
        Change::UpdateEmailChange(it) => Some((Table::EmailChange, it.id().uuid(), Need::Changed)),
        // The name that a membership copies is read from the account, and must not move meanwhile.
        Change::AddMembership(it) => Some((Table::Account, it.parts().account.uuid(), Need::Unmoved)),
        // Nor may the account be closed meanwhile.
        Change::AddJoinRequest(it) => Some((Table::Account, it.parts().account.uuid(), Need::Unmoved)),
        Change::Receipt(_)
        | Change::Spend { .. }
        | Change::Refund { .. }
        | Change::Forgive { .. }
        | Change::Touch(_)
        | Change::AddSetupLink(_)
        | Change::Found(_)
        | Change::AddSignUp(_)
        | Change::AddEmailChange(_)
        | Change::ForgetOwn(_)
        | Change::AddAccount(_)
        | Change::AddSession(_)
        | Change::LogSignIn(_)
        | Change::AskReset(_)
        | Change::EndResetRequest(_)
        | Change::AddPasswordReset(_)
        | Change::AddOrganization(_)
        | Change::AddInvitation(_)
        | Change::AddEmailDomain(_)
        | Change::AddEmployeeCode(_)
        | Change::Block { .. }
        | Change::AddReview(_)
        | Change::EndReview(_)
        | Change::Send(_)
        | Change::Notify(_)
        | Change::MarkRead(_)
        | Change::Record(_) => None,
    }
}
