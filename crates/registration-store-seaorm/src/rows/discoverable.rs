//! What an organization is found by.
use registration_domain::organization::Organization;
use registration_migrations::search::NameKeys;

use crate::entity::discoverable;

/// Nothing where it does not let itself be found.
pub(crate) fn row(organization: &Organization) -> Option<discoverable::Model> {
    let parts = organization.parts();
    if !parts.discoverable {
        return None;
    }
    let NameKeys { sorted, searched, grams } = NameKeys::of(parts.name.as_str());
    Some(discoverable::Model { organization: parts.id.uuid(), name_key: sorted, search_key: searched, grams })
}
