//! Every read of a moment, over tables that nobody writes to any more.
mod account;
mod audit;
mod email_domain;
mod invitation;
mod joining;
mod membership;
mod notification;
mod organization;
mod own;
mod platform;
mod security;
mod sign_up;

use registration_domain::{
    account::{Account, AccountId},
    organization::{Organization, OrganizationId},
    port::PortError,
    view::Person,
};

use super::Tables;

impl Tables {
    fn account_of(&self, row: &dyn ToString, id: AccountId) -> Result<Account, PortError> {
        let found = self.accounts.find(&id).cloned();
        found.ok_or_else(|| PortError::Corrupt { table: "accounts", row: row.to_string(), what: "missing" })
    }
    fn person(&self, row: &dyn ToString, id: AccountId) -> Result<Person, PortError> {
        self.account_of(row, id).map(|it| Person::from(&it))
    }
    fn organization_of(&self, row: &dyn ToString, id: OrganizationId) -> Result<Organization, PortError> {
        let found = self.organizations.find(&id).cloned();
        found.ok_or_else(|| PortError::Corrupt {
            table: "organizations",
            row: row.to_string(),
            what: "missing",
        })
    }
}
