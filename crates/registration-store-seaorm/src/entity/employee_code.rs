//! Employee codes, with how often they were used and refused, outside the revision.
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "employee_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization: Uuid,
    pub batch: Uuid,
    pub maker: Uuid,
    pub label: Option<String>,
    pub digest: Vec<u8>,
    pub uses: Option<i64>,
    pub used: i64,
    pub expires_at: Option<i64>,
    pub admits: bool,
    pub access: Option<String>,
    pub created_at: i64,
    pub state: String,
    pub revoked_at: Option<i64>,
    pub revoked_by: Option<Uuid>,
    pub refused_revoked: i64,
    pub refused_expired: i64,
    pub refused_used_up: i64,
    pub refused_elsewhere: i64,
    pub revision: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::Maker",
        to = "super::account::Column::Id"
    )]
    Maker,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Maker.def()
    }
}
