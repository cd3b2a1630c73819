//! The outbox. `claimable_at` is there while somebody may still claim the row.
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub recipient: String,
    pub locale: Option<String>,
    pub at: i64,
    pub kind: String,
    pub subject: Option<Uuid>,
    pub generation: Option<i64>,
    pub letter: String,
    pub state: String,
    pub state_at: i64,
    pub claimable_at: Option<i64>,
    pub attempts: i64,
    pub lease: Option<Uuid>,
    pub reply: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
