//! Memberships, with copies of what their lists are sorted and searched by, outside the revision.
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization: Uuid,
    pub account: Uuid,
    pub access: String,
    pub cause: String,
    pub invitation: Option<Uuid>,
    pub joined_at: i64,
    pub state: String,
    pub removed_at: Option<i64>,
    pub removed_by: Option<Uuid>,
    pub removed_reason: Option<String>,
    pub revision: i64,
    pub name_key: String,
    pub search_key: String,
    pub last_sign_in_at: i64,
    pub email_domain: Option<Uuid>,
    pub let_in_by: Option<Uuid>,
    pub source: Option<Uuid>,
    pub access_rank: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::Account",
        to = "super::account::Column::Id"
    )]
    Account,
    #[sea_orm(
        belongs_to = "super::organization::Entity",
        from = "Column::Organization",
        to = "super::organization::Column::Id"
    )]
    Organization,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}

impl Related<super::organization::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Organization.def()
    }
}
