//! Invitations.
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization: Uuid,
    pub email: String,
    pub email_key: String,
    pub search_key: String,
    pub purpose: String,
    pub access: String,
    pub inviter: Uuid,
    pub generation: i64,
    pub addressed: i64,
    pub term_days: i64,
    pub note: Option<String>,
    pub locale: Option<String>,
    pub created_at: i64,
    pub expires_at: i64,
    pub state: String,
    pub settled_at: Option<i64>,
    pub settled_by: Option<Uuid>,
    pub why: Option<String>,
    pub reason: Option<String>,
    pub revision: i64,
    pub undelivered: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::Inviter",
        to = "super::account::Column::Id"
    )]
    Inviter,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Inviter.def()
    }
}
