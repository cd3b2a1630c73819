//! Accounts.
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email: String,
    pub email_key: String,
    pub username: String,
    pub first_name: String,
    pub last_name: String,
    pub password: String,
    pub state: String,
    pub state_at: Option<i64>,
    pub state_by: Option<Uuid>,
    pub state_reason: Option<String>,
    pub administrator: bool,
    pub generation: i64,
    pub locale: Option<String>,
    pub time_zone: Option<String>,
    pub created_at: i64,
    pub revision: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
