//! An organization and its row.
use registration_domain::{
    contact::Contact,
    id::Id,
    organization::{JoiningAccess, Organization, OrganizationKind, OrganizationParts},
    organization_name::OrganizationName,
    port::PortError,
    revision::Revision,
    time::Timestamp,
};

use super::{
    corrupt,
    text::{access, access_text},
};
use crate::entity::organization;

pub(crate) fn row(organization: Organization) -> organization::Model {
    let OrganizationParts {
        id,
        name,
        kind,
        managed_by,
        discoverable,
        contact,
        joining_access,
        created_at,
        revision,
    } = organization.into_parts();
    organization::Model {
        id: id.uuid(),
        name: name.as_str().to_owned(),
        kind: kind.key().to_owned(),
        managed_by: managed_by.map(Id::uuid),
        discoverable,
        contact: contact.map(|it| it.as_str().to_owned()),
        joining_access: access_text(joining_access.access()),
        created_at: created_at.micros(),
        revision: revision.0.into(),
    }
}

pub(crate) fn aggregate(row: organization::Model) -> Result<Organization, PortError> {
    let organization::Model {
        id,
        name,
        kind,
        managed_by,
        discoverable,
        contact,
        joining_access,
        created_at,
        revision,
    } = row;
    let corrupt = corrupt("organization", &id);
    Ok(Organization::from_parts(OrganizationParts {
        id: Id::new(id),
        name: OrganizationName::parse(&name).map_err(|_| corrupt("name"))?,
        kind: OrganizationKind::parse(&kind).map_err(|_| corrupt("kind"))?,
        managed_by: managed_by.map(Id::new),
        discoverable,
        contact: contact.map(read_contact).transpose().map_err(|()| corrupt("contact"))?,
        joining_access: access(&joining_access)
            .and_then(|it| JoiningAccess::new(it).ok())
            .ok_or_else(|| corrupt("joining_access"))?,
        created_at: Timestamp::from_micros(created_at),
        revision: Revision(revision.try_into().map_err(|_| corrupt("revision"))?),
    }))
}

/// Nobody is nothing, and never an empty line.
fn read_contact(text: String) -> Result<Contact, ()> {
    Contact::parse(&text).ok().flatten().ok_or(())
}
