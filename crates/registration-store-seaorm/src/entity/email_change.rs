//! Changes of address. One of an account waits at a time.
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "email_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account: Uuid,
    pub account_generation: i64,
    pub email: String,
    pub email_key: String,
    pub generation: i64,
    pub code_expires_at: i64,
    pub resend_at: i64,
    pub created_at: i64,
    pub expires_at: i64,
    pub state: String,
    pub settled_at: Option<i64>,
    pub revision: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
