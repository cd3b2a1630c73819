//! The audit log.
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: i64,
    pub organization: Option<Uuid>,
    pub actor: Option<Uuid>,
    pub origin: Option<String>,
    pub action: String,
    pub subject_kind: String,
    pub subject: Uuid,
    pub label: String,
    pub before_text: Option<String>,
    pub after_text: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::Actor",
        to = "super::account::Column::Id"
    )]
    Actor,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Actor.def()
    }
}
