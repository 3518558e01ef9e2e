//! A fresh, migrated store for each test, on each engine.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use store::{Migrations, Store, StoreConfig};

/// The server that tests may create schemas on, for example `postgres://diwan@127.0.0.1:5433/postgres`.
pub const POSTGRES_VARIABLE: &str = "DIWAN_TEST_POSTGRES";

/// One store on SQLite and, where the server is there, one on PostgreSQL; each empty but for `sets`.
pub async fn stores(sets: &[Migrations]) -> Vec<Store> {
    let mut stores = Vec::new();
    for url in urls().await {
        let store = Store::open(&url, StoreConfig::default()).await.expect("the test database opens");
        store.migrate(sets).await.expect("migrations run");
        stores.push(store);
    }
    stores
}

/// The addresses of fresh, empty databases, one an engine.
pub async fn urls() -> Vec<String> {
    let mut urls = vec![sqlite_url()];
    if let Some(server) = postgres_server() {
        urls.push(postgres_url(&server).await);
    }
    urls
}

/// A new file in the folder for temporary files; the operating system clears it away.
fn sqlite_url() -> String {
    let folder = std::env::temp_dir().join("diwan-tests");
    std::fs::create_dir_all(&folder).expect("the folder for test databases can be made");
    format!("sqlite://{}", folder.join(format!("{}.db", uuid::Uuid::now_v7())).display())
}

/// A schema of its own on the server, found by its search path.
async fn postgres_url(server: &str) -> String {
    let schema = format!("t_{}", uuid::Uuid::now_v7().simple());
    let connection = Database::connect(server).await.expect("the PostgreSQL server for tests answers");
    connection.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await.expect("a schema can be made");
    connection.close().await.expect("the connection closes");
    format!("{server}?options=-c%20search_path%3D{schema}")
}

/// The server for tests, when there is one. Under continuous integration there must be.
pub fn postgres_server() -> Option<String> {
    match std::env::var(POSTGRES_VARIABLE) {
        Ok(server) => Some(server),
        Err(_) if std::env::var("CI").is_ok() => panic!("{POSTGRES_VARIABLE} must name a server under CI"),
        Err(_) => {
            eprintln!("PostgreSQL half skipped: {POSTGRES_VARIABLE} is not set");
            None
        }
    }
}

async fn server_connection(server: &str) -> DatabaseConnection {
    Database::connect(server).await.expect("the PostgreSQL server for tests answers")
}

/// Makes a database on the server, empty or as a copy of `template`; its address. Nobody may be in the template.
pub async fn create_database(server: &str, name: &str, template: Option<&str>) -> String {
    let connection = server_connection(server).await;
    let template = template.map(|template| format!(" TEMPLATE {template}")).unwrap_or_default();
    let made = connection.execute_unprepared(&format!("CREATE DATABASE {name}{template}")).await;
    made.expect("a database can be made");
    connection.close().await.expect("the connection closes");
    let (place, _) = server.rsplit_once('/').expect("the address of the server names a database");
    format!("{place}/{name}")
}

/// Removes a database, whoever is still in it.
pub async fn drop_database(server: &str, name: &str) {
    let connection = server_connection(server).await;
    let gone = connection.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    gone.expect("a database can be removed");
    connection.close().await.expect("the connection closes");
}

/// The databases on the server whose names begin so.
pub async fn databases(server: &str, beginning: &str) -> Vec<String> {
    let connection = server_connection(server).await;
    let backend = connection.get_database_backend();
    let select = format!("SELECT datname FROM pg_database WHERE starts_with(datname, '{beginning}')");
    let rows = connection.query_all_raw(sea_orm::Statement::from_string(backend, select)).await;
    let rows = rows.expect("the server lists its databases");
    connection.close().await.expect("the connection closes");
    rows.iter().map(|row| row.try_get("", "datname").expect("a database has a name")).collect()
}
