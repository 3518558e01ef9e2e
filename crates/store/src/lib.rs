//! SQLite and PostgreSQL behind one door.
//!
//! A change to the state is a [`Verb`], and [`Store::write`] runs it in one transaction: what a verb wrote is
//! there, durable, when its answer is; or nothing is. Reads go through [`Store::read`].
//! Engine differences live in this crate alone; SQL is written once, with `$1` placeholders, ids as UUIDv7,
//! times as BIGINT microseconds, JSON as text that is never filtered on.

mod aside;
mod break_off;
mod copy;
mod error;
mod group;
mod migrate;
mod once;
mod sql;

pub use aside::Aside;
pub use break_off::{BreakOff, Moment};
pub use copy::{CopiedTable, DatabaseCopy, is_empty, load};
pub use error::StoreError;
pub use group::{GROUP_CLASSES, GroupSizes};
pub use migrate::{Migration, Migrations};
pub use once::{Once, OnceKey, Reused, forget_answers};
pub use sea_orm::Value;
pub use sql::{Reader, Row, Sql, Tx};

use break_off::commit;

use std::{future::Future, sync::Arc, time::Duration};

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, SqlxSqliteConnector, TransactionTrait,
    sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

/// Which database answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A change of state. It may run more than once before its answer counts (a serialisation failure runs it
/// again), so it only reads and writes through `tx` and never waits for anything but the database.
pub trait Verb: Send + Sync + 'static {
    type Answer: Send + 'static;
    type Error: From<StoreError> + Send + 'static;

    fn apply(&self, tx: &Tx) -> impl Future<Output = Result<Self::Answer, Self::Error>> + Send;
}

/// Limits of the store.
#[derive(Clone, Debug)]
pub struct StoreConfig {
    /// Connections that read (SQLite) or do anything (PostgreSQL).
    pub connections_max: u32,
    /// Verbs that share one commit on SQLite.
    pub group_verbs_max: usize,
    /// Verbs that may wait for the writer; one more is refused at once.
    pub queue_verbs_max: usize,
    /// How often a verb is tried when the engine asks for it.
    pub attempts_max: u32,
    pub acquire_timeout: Duration,
    /// Where a test breaks it off.
    pub break_off: Option<BreakOff>,
}

impl Default for StoreConfig {
    fn default() -> Self {
        StoreConfig {
            connections_max: 12,
            group_verbs_max: 128,
            queue_verbs_max: 4_096,
            attempts_max: 8,
            acquire_timeout: Duration::from_secs(10),
            break_off: None,
        }
    }
}

/// What the database is asked to do at this moment, for metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Connections in use, open, and allowed.
    pub used: usize,
    pub open: usize,
    pub max: usize,
    /// Verbs that wait for the writer of SQLite.
    pub waiting: usize,
    /// Only where verbs share commits: on SQLite.
    pub groups: Option<GroupSizes>,
}

/// The door to the database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    engine: Engine,
    address: Arc<str>,
    config: Arc<StoreConfig>,
    reads: DatabaseConnection,
    writes: DatabaseConnection,
    group: Option<group::Group>,
}

impl Store {
    /// Opens `sqlite:///path/file.db`, `sqlite::memory:` is refused (readers would see another database),
    /// or `postgres://…`.
    pub async fn open(url: &str, config: StoreConfig) -> Result<Store, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            return Store::open_sqlite(path, config).await;
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Store::open_postgres(url, config).await;
        }
        Err(StoreError::Address)
    }

    async fn open_sqlite(path: &str, config: StoreConfig) -> Result<Store, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true)
            // Not mapped into memory: each connection would map the file for itself, and a long read would fill all maps.
            .pragma("cache_size", "-8192")
            .pragma("mmap_size", "0")
            .pragma("temp_store", "memory");
        // A file does not go away as a server does, so a connection is not asked whether it lives before each use.
        let pool =
            || SqlitePoolOptions::new().acquire_timeout(config.acquire_timeout).test_before_acquire(false);
        let one = pool().max_connections(1);
        let writes = one.connect_with(options.clone()).await.map_err(StoreError::open)?;
        let many = pool().max_connections(config.connections_max);
        let reads = many.connect_with(options.pragma("query_only", "1")).await.map_err(StoreError::open)?;
        let writes = SqlxSqliteConnector::from_sqlx_sqlite_pool(writes);
        Ok(Store {
            engine: Engine::Sqlite,
            address: format!("sqlite://{path}").into(),
            group: Some(group::Group::start(writes.clone(), &config)),
            config: Arc::new(config),
            reads: SqlxSqliteConnector::from_sqlx_sqlite_pool(reads),
            writes,
        })
    }

    async fn open_postgres(url: &str, config: StoreConfig) -> Result<Store, StoreError> {
        let mut options = ConnectOptions::new(url.to_owned());
        options
            .max_connections(config.connections_max)
            .acquire_timeout(config.acquire_timeout)
            .sqlx_logging(false);
        let both = Database::connect(options).await?;
        Ok(Store {
            engine: Engine::Postgres,
            address: url.into(),
            config: Arc::new(config),
            reads: both.clone(),
            writes: both,
            group: None,
        })
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// For questions: each statement sees what was committed before it.
    pub fn read(&self) -> Reader<'_> {
        Reader(&self.reads)
    }

    /// Runs a verb in one transaction. The answer comes after the commit.
    pub async fn write<V: Verb>(&self, verb: V) -> Result<V::Answer, V::Error> {
        match &self.group {
            Some(group) => group.write(verb).await,
            None => self.write_alone(&verb).await,
        }
    }

    async fn write_alone<V: Verb>(&self, verb: &V) -> Result<V::Answer, V::Error> {
        for attempt in 1.. {
            let tx = Tx::new(self.writes.begin().await.map_err(StoreError::from)?, self.engine);
            let outcome = verb.apply(&tx).await;
            let again = attempt < self.config.attempts_max;
            match outcome {
                Ok(answer) => match commit(tx, self.config.break_off.as_ref()).await {
                    Ok(()) => return Ok(answer),
                    Err(error) if error.asks_to_retry() && again => {}
                    Err(error) => return Err(error.into()),
                },
                Err(error) => {
                    let retry = tx.asked_to_retry() && again;
                    tx.roll_back().await;
                    if !retry {
                        return Err(error);
                    }
                }
            }
            tokio::time::sleep(Duration::from_millis(1 << attempt.min(6))).await;
        }
        unreachable!("the loop ends by returning")
    }

    /// Runs what is outstanding of each set, in order. Safe to run twice and on many nodes at once.
    /// Returns the names of the migrations that were applied now.
    pub async fn migrate(&self, sets: &[Migrations]) -> Result<Vec<String>, StoreError> {
        migrate::run(self, sets, None).await
    }

    /// How many verbs wait for the writer on SQLite, and how many connections are in use of how many.
    pub fn load(&self) -> Load {
        let (used, open) = match self.engine {
            Engine::Sqlite => {
                let pool = self.reads.get_sqlite_connection_pool();
                (pool.size() as usize - pool.num_idle(), pool.size() as usize)
            }
            Engine::Postgres => {
                let pool = self.reads.get_postgres_connection_pool();
                (pool.size() as usize - pool.num_idle(), pool.size() as usize)
            }
        };
        let waiting = self.group.as_ref().map_or(0, group::Group::waiting);
        let groups = self.group.as_ref().map(group::Group::sizes);
        Load { used, open, max: self.config.connections_max as usize, waiting, groups }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.read().all("SELECT 1 AS one", vec![]).await.map(drop)
    }

    /// The moment by the database's own clock, in microseconds since 1970; on SQLite that of this machine.
    pub async fn clock_micros(&self) -> Result<i64, StoreError> {
        let now = match self.engine {
            Engine::Sqlite => "SELECT CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER) AS now",
            Engine::Postgres => "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint AS now",
        };
        let row = self.read().one(now, vec![]).await?;
        row.ok_or_else(|| StoreError::Shape("now".into()))?.get("now")
    }

    pub(crate) fn writes(&self) -> &DatabaseConnection {
        &self.writes
    }
}
