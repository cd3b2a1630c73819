//! What is granted later than it is offered is checked again, by its maker as they are then.
use crate::{
    access::Access,
    permission::Permission,
    permit::{Grant, NotPermitted, Permit, Standing},
    settings::Settings,
};

/// The inviter's permit, and what they may still give: all of what they offered, or nothing. What the
/// catalogue does not have any more, nobody gives.
pub(crate) fn backing(
    inviter: Option<&Standing>,
    offered: &Access,
    settings: &Settings,
) -> Result<(Permit, Grant), NotPermitted> {
    giving(inviter, &Permission::MEMBERS_INVITE, offered, settings)
}

/// The same for what is given by another right.
pub(crate) fn giving(
    giver: Option<&Standing>,
    right: &Permission,
    offered: &Access,
    settings: &Settings,
) -> Result<(Permit, Grant), NotPermitted> {
    let permit = Permit::check(giver, right, &settings.catalogue)?;
    if !settings.catalogue.faults(offered).is_empty() {
        return Err(NotPermitted::ExceedsOwn(Vec::new()));
    }
    let grant = permit.grant(offered.clone(), &settings.catalogue)?;
    Ok((permit, grant))
}
