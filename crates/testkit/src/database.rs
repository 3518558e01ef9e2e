//! A fresh, migrated store for each test, on each engine.

use sea_orm::{ConnectionTrait, Database};
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
    match std::env::var(POSTGRES_VARIABLE) {
        Ok(server) => urls.push(postgres_url(&server).await),
        Err(_) if std::env::var("CI").is_ok() => panic!("{POSTGRES_VARIABLE} must name a server under CI"),
        Err(_) => eprintln!("PostgreSQL half skipped: {POSTGRES_VARIABLE} is not set"),
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
