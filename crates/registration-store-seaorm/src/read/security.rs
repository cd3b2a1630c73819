//! Who tried to get in, what was counted, and which links set a new password.
use async_trait::async_trait;
use registration_domain::{
    account::AccountId,
    limit::{Counted, Tally},
    page::{Listing, Page, Position, SortKey},
    password_reset::{PasswordReset, ResetRequest, ResetRequestId},
    port::{Counts, PasswordResets, PortError, SignIns},
    sign_in_log::SignInAttempt,
    time::Timestamp,
    view::SignInFilter,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::SeaOrmMoment;
use crate::{
    entity::{counted, password_reset, reset_request, sign_in},
    error::unavailable,
    list::{End, Holds, Keyset},
    rows,
};

const NEWEST_FIRST: Keyset<sign_in::Column> =
    Keyset { key: sign_in::Column::At, holds: Holds::Times, id: sign_in::Column::Id, from: End::Greatest };

#[async_trait]
impl SignIns for SeaOrmMoment {
    async fn sign_ins(
        &self,
        of: AccountId,
        filter: &SignInFilter,
        page: &Page,
    ) -> Result<Listing<SignInAttempt>, PortError> {
        let shown = sign_in::Entity::find().filter(sign_in::Column::Account.eq(of.uuid()));
        let rows = NEWEST_FIRST.page(shown.filter(passes(filter)), page).all(&self.0).await;
        let attempts = rows.map_err(unavailable)?.into_iter().map(rows::sign_in::aggregate);
        let position = |it: &SignInAttempt| Position { key: SortKey::Time(it.at), id: it.id.uuid() };
        Ok(Listing::from_surplus(attempts.collect::<Result<_, _>>()?, page.size, position))
    }
}

fn passes(filter: &SignInFilter) -> Condition {
    let SignInFilter { outcome, since } = filter;
    Condition::all()
        .add_option(outcome.map(|it| sign_in::Column::Outcome.eq(it.key())))
        .add_option(since.map(|it| sign_in::Column::At.gte(it.micros())))
}

#[async_trait]
impl PasswordResets for SeaOrmMoment {
    async fn password_reset(&self, of: AccountId) -> Result<Option<PasswordReset>, PortError> {
        let row = password_reset::Entity::find_by_id(of.uuid()).one(&self.0).await.map_err(unavailable)?;
        row.map(rows::password_reset::aggregate).transpose()
    }
    async fn reset_request(&self, id: ResetRequestId) -> Result<Option<ResetRequest>, PortError> {
        let this = reset_request::Entity::find().filter(reset_request::Column::Id.eq(id.uuid()));
        this.one(&self.0).await.map_err(unavailable)?.map(rows::password_reset::request).transpose()
    }
    async fn reset_requests(&self, now: Timestamp, limit: u16) -> Result<Vec<ResetRequest>, PortError> {
        let due = reset_request::Entity::find()
            .filter(reset_request::Column::DueAt.lte(now.micros()))
            .order_by_asc(reset_request::Column::DueAt)
            .order_by_asc(reset_request::Column::Id)
            .limit(u64::from(limit));
        let rows = due.all(&self.0).await.map_err(unavailable)?;
        rows.into_iter().map(rows::password_reset::request).collect()
    }
}

#[async_trait]
impl Counts for SeaOrmMoment {
    async fn counted(&self, Tally { what, subject }: &Tally) -> Result<Counted, PortError> {
        let this = counted::Entity::find_by_id((what.key().to_owned(), subject.clone()));
        let row = this.one(&self.0).await.map_err(unavailable)?;
        row.map_or_else(|| Ok(Counted::default()), |it| rows::counted::aggregate(&it))
    }
}
