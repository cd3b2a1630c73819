//! E-mail domains, with when DNS was last asked about each, outside the revision.
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "email_domain")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization: Uuid,
    pub name: String,
    pub policy: String,
    pub access: Option<String>,
    pub maker: Option<Uuid>,
    pub token: String,
    pub added_by: Uuid,
    pub created_at: i64,
    pub state: String,
    pub state_at: Option<i64>,
    pub missing_since: Option<i64>,
    pub removed_by: Option<Uuid>,
    pub revision: i64,
    pub checked_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
