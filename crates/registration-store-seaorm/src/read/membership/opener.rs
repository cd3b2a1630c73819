//! Who let somebody in: whoever made the invitation or the code, or approved the request.
use std::collections::HashMap;

use registration_domain::port::PortError;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use crate::{
    entity::{employee_code, invitation, join_request, membership},
    error::unavailable,
    read::{SeaOrmMoment, padded},
    rows::membership::{EMPLOYEE_CODE, JOIN_REQUEST},
};

impl SeaOrmMoment {
    /// By what each of these memberships came from; one query for each kind of cause that there is.
    pub(super) async fn openers(
        &self,
        of: impl Iterator<Item = &membership::Model> + Clone,
    ) -> Result<HashMap<Uuid, Uuid>, PortError> {
        use {employee_code::Column as Code, invitation::Column as Invited, join_request::Column as Asked};
        let by =
            |cause: &'static str| of.clone().filter(move |it| it.cause == cause).filter_map(|it| it.source);
        let invitations = of.clone().filter_map(|it| it.invitation);
        let mut found =
            self.pairs(invitation::Entity::find(), (Invited::Id, Invited::Inviter), invitations).await?;
        found.extend(
            self.pairs(join_request::Entity::find(), (Asked::Id, Asked::DecidedBy), by(JOIN_REQUEST)).await?,
        );
        found.extend(
            self.pairs(employee_code::Entity::find(), (Code::Id, Code::Maker), by(EMPLOYEE_CODE)).await?,
        );
        Ok(found.into_iter().collect())
    }

    async fn pairs<E: EntityTrait>(
        &self,
        from: Select<E>,
        (id, opener): (E::Column, E::Column),
        of: impl Iterator<Item = Uuid>,
    ) -> Result<Vec<(Uuid, Uuid)>, PortError> {
        let ids = padded(of);
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let query =
            from.select_only().columns([id, opener]).filter(id.is_in(ids)).filter(opener.is_not_null());
        query.into_tuple::<(Uuid, Uuid)>().all(&self.0).await.map_err(unavailable)
    }
}
