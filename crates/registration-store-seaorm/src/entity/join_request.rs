//! Join requests.
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "join_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization: Uuid,
    pub account: Uuid,
    pub method: String,
    pub note: Option<String>,
    pub code: Option<Uuid>,
    pub email_domain: Option<Uuid>,
    pub email_domain_name: Option<String>,
    pub created_at: i64,
    pub expires_at: i64,
    pub warn_at: Option<i64>,
    pub reminded_at: Option<i64>,
    pub state: String,
    pub ended_at: Option<i64>,
    pub decided_by: Option<Uuid>,
    pub access: Option<String>,
    pub reason: Option<String>,
    pub way: Option<String>,
    pub way_id: Option<Uuid>,
    pub revision: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::Account",
        to = "super::account::Column::Id"
    )]
    Account,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}
