//! Organizations that let themselves be found, with what they are found by.
use sea_orm::entity::prelude::*;

/// On SQLite a row has a number too, by which the index of its grams knows it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discoverable_organization")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization: Uuid,
    pub name_key: String,
    pub search_key: String,
    pub grams: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
