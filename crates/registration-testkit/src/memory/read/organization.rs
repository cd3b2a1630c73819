//! An organization is found by a part of its name, where it lets itself be found.
use async_trait::async_trait;
use registration_domain::{
    access::Access,
    organization::{Organization, OrganizationId},
    page::{Listing, Page, SortKey},
    port::{Organizations, PortError},
    text::{fold, spellings},
    view::DiscoverableOrganization,
};

use super::super::{
    Tables,
    list::{self, From},
};

#[async_trait]
impl Organizations for Tables {
    async fn organization(&self, id: OrganizationId) -> Result<Option<Organization>, PortError> {
        Ok(self.organizations.find(&id).cloned())
    }
    async fn owners(&self, of: OrganizationId) -> Result<u32, PortError> {
        let seats = self.seats_in(of).filter(|it| it.is_active() && self.has_active_account(it));
        let owners = seats.filter(|it| it.membership.parts().access == Access::Owner).count();
        Ok(u32::try_from(owners).unwrap_or(u32::MAX))
    }
    async fn discoverable(
        &self,
        query: &str,
        page: &Page,
    ) -> Result<Listing<DiscoverableOrganization>, PortError> {
        let sought = spellings(query);
        let is_found = |it: &&Organization| {
            let (it, names) = (it.parts(), spellings(it.parts().name.as_str()));
            it.discoverable && names.iter().any(|name| sought.iter().any(|part| name.contains(part)))
        };
        let keyed = self.organizations.rows().filter(is_found).map(|it| {
            let (id, name) = (it.id(), it.parts().name.clone());
            let key = SortKey::Text(fold(name.as_str()));
            (key, id.uuid(), DiscoverableOrganization { id, name })
        });
        Ok(list::page(keyed, From::Smallest, page))
    }
}
