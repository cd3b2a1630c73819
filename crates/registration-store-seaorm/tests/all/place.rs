//! A database of a test's own, which goes with the test.
use std::{
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use registration_store_seaorm::{Pools, SeaOrmStore, StoreSettings};
use registration_testkit::servers::postgres_url;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, TransactionTrait};
use tempfile::TempDir;

/// Where a store can be opened, more than once.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) settings: StoreSettings,
    _held: Held,
}

#[derive(Debug)]
enum Held {
    Folder { _folder: TempDir },
    Database { _database: Dropped },
}

impl Place {
    /// An empty file.
    pub(crate) fn new_on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("store.db").display());
        Self { settings: settings(url), _held: Held::Folder { _folder: folder } }
    }
    /// A file with a schema.
    pub(crate) async fn on_sqlite() -> Self {
        let place = Self::new_on_sqlite();
        place.open().await.migrate().await.unwrap();
        place
    }
    /// An empty database.
    pub(crate) async fn new_on_postgres() -> Self {
        Self::copy_of("template0").await
    }
    /// A database with a schema.
    pub(crate) async fn on_postgres() -> Self {
        Self::copy_of(&template().await).await
    }

    async fn copy_of(template: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("store_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let server = server().await;
        server.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
        server.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.unwrap();
        server.close().await.unwrap();
        Self { settings: settings(url_of(&name)), _held: Held::Database { _database: Dropped(name) } }
    }

    pub(crate) async fn open(&self) -> SeaOrmStore {
        SeaOrmStore::open(&self.settings).await.unwrap()
    }
    /// Behind the store's back.
    pub(crate) async fn raw(&self) -> DatabaseConnection {
        connect(&self.settings.url).await.unwrap()
    }
    pub(crate) async fn run(&self, statement: &str) {
        let raw = self.raw().await;
        raw.execute_unprepared(statement).await.unwrap();
        raw.close().await.unwrap();
    }
}

fn settings(url: String) -> StoreSettings {
    StoreSettings { url, pools: Pools { read: 4, write: 4 } }
}

/// Of the run's own server.
async fn server() -> DatabaseConnection {
    connect(&postgres_url()).await.unwrap()
}

async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await
}

fn url_of(database: &str) -> String {
    let url = postgres_url();
    let (server, _) = url.rsplit_once('/').unwrap();
    format!("{server}/{database}")
}

/// The database that the others are copies of: the first test of a run makes it, and nobody is connected to it.
async fn template() -> String {
    const NAME: &str = "store_template";
    let server = server().await;
    let turn = server.begin().await.unwrap();
    turn.execute_unprepared("SELECT pg_advisory_xact_lock(7)").await.unwrap();
    let there = format!("SELECT 1 FROM pg_database WHERE datname = '{NAME}'");
    let there = sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, there);
    if turn.query_one_raw(there).await.unwrap().is_none() {
        let maker = connect(&postgres_url()).await.unwrap();
        for statement in ["DROP DATABASE IF EXISTS store_template_new", "CREATE DATABASE store_template_new"]
        {
            maker.execute_unprepared(statement).await.unwrap();
        }
        let store = SeaOrmStore::open(&settings(url_of("store_template_new"))).await.unwrap();
        store.migrate().await.unwrap();
        store.close().await.unwrap();
        maker.execute_unprepared("ALTER DATABASE store_template_new RENAME TO store_template").await.unwrap();
        maker.close().await.unwrap();
    }
    turn.rollback().await.unwrap();
    NAME.to_owned()
}

/// A database that is dropped with this.
#[derive(Debug)]
struct Dropped(String);

impl Drop for Dropped {
    fn drop(&mut self) {
        let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.0);
        // A runtime of its own, because nothing can be awaited here.
        let dropping = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async { server().await.execute_unprepared(&statement).await.unwrap() });
        });
        assert!(dropping.join().is_ok() || thread::panicking(), "the database of a test was not dropped");
    }
}

/// Makes each of these functions of a place a test on both databases.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(crate::place::Place::on_sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(crate::place::Place::on_postgres().await).await;
            })*
        }
    };
}
pub(crate) use on_both;
