//! A change set is one transaction: all of it or nothing, in its order, with the id of its act.
mod discoverable;
mod email_domain;
mod guard;
mod joining;
mod lock;
mod member;
mod notification;
mod own;
mod reset;
mod review;
pub(crate) mod row;

use async_trait::async_trait;
use registration_domain::{
    change::{Change, ChangeSet},
    port::Act,
    setup::{Founding, SetupLink},
};
use sea_orm::{DatabaseTransaction, sea_query::OnConflict};

use crate::{
    delivery,
    entity::{act, block, founding, setup_link},
    error::Failure,
    rows,
    write::Write,
};

/// What the ledger is asked for.
pub(crate) struct Commit {
    pub(crate) act: Act,
    pub(crate) changes: ChangeSet,
}

#[async_trait]
impl Write for Commit {
    type Answer = ();
    async fn apply(&self, to: &DatabaseTransaction) -> Result<(), Failure> {
        let Act { id, at } = self.act;
        row::add(to, act::Model { id: id.uuid(), at: at.micros() }).await?;
        lock::in_order(to, self.changes.changes()).await?;
        for change in self.changes.changes() {
            apply(to, change.clone()).await?;
        }
        Ok(())
    }
}

async fn apply(to: &DatabaseTransaction, change: Change) -> Result<(), Failure> {
    match change {
        Change::Receipt(receipt) => guard::keep(to, receipt).await,
        Change::Expect(expectation) => guard::expect(to, expectation).await,
        Change::Spend { limit, subject, at } => guard::spend(to, &limit, subject, at).await,
        Change::Refund { tally, at } => guard::refund(to, tally, at).await,
        Change::Forgive { tally } => guard::forgive(to, tally).await,
        Change::Touch(touch) => member::touch(to, touch).await,
        Change::AddSetupLink(SetupLink { id, expires_at }) => {
            row::add(to, setup_link::Model { id: id.uuid(), expires_at: expires_at.micros() }).await
        }
        Change::Found(Founding { at, by }) => {
            row::add(to, founding::Model { one: 1, at: at.micros(), founder: by.uuid() }).await
        }
        Change::AddSignUp(sign_up) => row::add(to, rows::sign_up::row(sign_up)).await,
        Change::UpdateSignUp(sign_up) => row::update_sign_up(to, sign_up).await,
        Change::AddEmailChange(it) => row::add(to, rows::email_change::row(it)).await,
        Change::UpdateEmailChange(it) => own::update_email_change(to, it).await,
        Change::ForgetOwn(account) => own::forget(to, account).await,
        Change::AddAccount(account) => row::add(to, rows::account::row(account)).await,
        Change::UpdateAccount(account) => member::update_account(to, account).await,
        Change::AddSession(session) => row::add(to, rows::session::row(session)).await,
        Change::UpdateSession(session) => row::update_session(to, session).await,
        Change::LogSignIn(attempt) => row::add(to, rows::sign_in::row(attempt)).await,
        Change::AskReset(request) => reset::ask(to, request).await,
        Change::EndResetRequest(request) => reset::end(to, request).await,
        Change::AddPasswordReset(it) => row::add(to, rows::password_reset::row(it)).await,
        Change::UpdatePasswordReset(it) => reset::update(to, it).await,
        Change::AddOrganization(organization) => {
            row::add(to, rows::organization::row(organization.clone())).await?;
            discoverable::add(to, &organization).await
        }
        Change::UpdateOrganization(organization) => {
            row::update_organization(to, organization.clone()).await?;
            discoverable::update(to, &organization).await
        }
        Change::AddMembership(membership) => member::add(to, membership).await,
        Change::UpdateMembership(membership) => row::update_membership(to, membership).await,
        Change::AddInvitation(invitation) => row::add(to, rows::invitation::row(invitation)).await,
        Change::UpdateInvitation(invitation) => row::update_invitation(to, invitation).await,
        Change::AddEmailDomain(domain) => email_domain::add(to, domain).await,
        Change::UpdateEmailDomain(domain) => email_domain::update(to, domain).await,
        Change::AddEmployeeCode(code) => row::add(to, rows::employee_code::row(code)).await,
        Change::UpdateEmployeeCode(code) => joining::update_employee_code(to, code).await,
        Change::UseEmployeeCode { code, at } => joining::use_employee_code(to, code, at).await,
        Change::ReturnEmployeeCode(code) => joining::return_employee_code(to, code).await,
        Change::RefuseEmployeeCode { code, why } => joining::refuse_employee_code(to, code, why).await,
        Change::AddJoinRequest(request) => joining::add_join_request(to, request).await,
        Change::UpdateJoinRequest(request) => joining::update_join_request(to, request).await,
        Change::Block { organization, email } => {
            let row =
                block::Model { organization: organization.uuid(), email_key: email.canonical().to_owned() };
            let again = OnConflict::columns([block::Column::Organization, block::Column::EmailKey]);
            row::add_unless_there(to, row, again).await
        }
        Change::AddReview(it) => review::ask(to, it).await,
        Change::EndReview(it) => review::end(to, it).await,
        Change::Send(message) => delivery::send(to, message).await,
        Change::Notify(it) => notification::add(to, it).await,
        Change::MarkRead(it) => notification::mark_read(to, it).await,
        Change::Record(event) => row::add(to, rows::audit_event::row(event)).await,
    }
}
