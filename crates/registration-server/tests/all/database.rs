//! A database behind the server's back: what a thief, or an operator's mistake, has to do with.
use sea_orm::{ConnectionTrait, Database as SeaOrm, DatabaseConnection, Statement};
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::deployment::Deployment;

pub(crate) struct Database {
    runtime: Runtime,
    connection: DatabaseConnection,
}

impl Database {
    pub(crate) fn of(deployment: &Deployment) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let connection = runtime.block_on(SeaOrm::connect(deployment.database_url())).expect("a database");
        Self { runtime, connection }
    }
    pub(crate) fn execute(&self, statement: &str) {
        self.runtime.block_on(self.connection.execute_unprepared(statement)).expect("a statement");
    }
    pub(crate) fn ids(&self, table: &str) -> Vec<Uuid> {
        let statement = format!("SELECT id FROM {table}");
        let statement = Statement::from_string(self.connection.get_database_backend(), statement);
        let rows = self.runtime.block_on(self.connection.query_all_raw(statement)).expect("rows");
        rows.iter().map(|it| it.try_get("", "id").expect("an id")).collect()
    }
}
