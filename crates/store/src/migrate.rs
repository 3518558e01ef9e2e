//! Migrations: a set per crate, run in order, each in its own transaction under the lock row.
//!
//! A script is written once, in the common tongue of both engines; `UUID` and `BYTEA` become `BLOB` on SQLite.
//! Where the engines differ for good (full-text search) a migration has two scripts.

use sea_orm::TransactionTrait;
use sha2::{Digest, Sha256};

use crate::{Engine, Sql, Store, StoreError, Tx};

/// The migrations of one crate, in order.
#[derive(Clone, Copy, Debug)]
pub struct Migrations {
    pub set: &'static str,
    pub steps: &'static [Migration],
}

/// One step. Applied once; its text may never change afterwards.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// `0001_requests`.
    pub id: &'static str,
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

impl Migration {
    /// A script that is the same on both engines.
    pub const fn same(id: &'static str, sql: &'static str) -> Migration {
        Migration { id, sqlite: sql, postgres: sql }
    }

    fn script(&self, engine: Engine) -> String {
        match engine {
            Engine::Postgres => self.postgres.to_owned(),
            Engine::Sqlite => as_sqlite(self.sqlite),
        }
    }
}

const BOOK: &str = "
CREATE TABLE IF NOT EXISTS store_lock (id BIGINT PRIMARY KEY, taken BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS store_migration (
    set_name TEXT NOT NULL,
    id TEXT NOT NULL,
    checksum TEXT NOT NULL,
    PRIMARY KEY (set_name, id)
);
INSERT INTO store_lock (id, taken) VALUES (1, 0) ON CONFLICT (id) DO NOTHING;";

const OWN: Migrations = Migrations {
    set: "store",
    steps: &[Migration::same("0001_once", include_str!("../migrations/0001_once.sql"))],
};

/// With `only`, those alone of the named steps; what a copy was made under and this program does not know is an error.
pub(crate) async fn run(
    store: &Store,
    sets: &[Migrations],
    only: Option<&[String]>,
) -> Result<Vec<String>, StoreError> {
    if let Some(unknown) = only.and_then(|only| only.iter().find(|step| !knows(sets, step))) {
        return Err(StoreError::Newer(unknown.clone()));
    }
    prepare_book(store).await?;
    let mut applied = Vec::new();
    for set in std::iter::once(&OWN).chain(sets) {
        for step in set.steps.iter().filter(|step| only.is_none_or(|only| only.contains(&name(set, step)))) {
            if apply(store, set.set, step).await? {
                applied.push(name(set, step));
            }
        }
    }
    Ok(applied)
}

fn name(set: &Migrations, step: &Migration) -> String {
    format!("{}/{}", set.set, step.id)
}

fn knows(sets: &[Migrations], wanted: &str) -> bool {
    std::iter::once(&OWN).chain(sets).any(|set| set.steps.iter().any(|step| name(set, step) == wanted))
}

/// Two nodes that start together may both create the book; the engine lets one lose, and it tries again.
async fn prepare_book(store: &Store) -> Result<(), StoreError> {
    let mut last = Ok(());
    for _ in 0..5 {
        let tx = begin(store).await?;
        last = tx.script(BOOK).await;
        match last {
            Ok(()) => return tx.commit().await,
            Err(_) => tx.roll_back().await,
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    last
}

async fn begin(store: &Store) -> Result<Tx, StoreError> {
    Ok(Tx::new(store.writes().begin().await?, store.engine()))
}

/// True when the step was applied now. The update of the lock row holds every other node until the commit.
async fn apply(store: &Store, set: &str, step: &Migration) -> Result<bool, StoreError> {
    let script = step.script(store.engine());
    let checksum =
        Sha256::digest(script.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let tx = begin(store).await?;
    tx.run("UPDATE store_lock SET taken = taken + 1 WHERE id = 1", vec![]).await?;
    let known = tx
        .one(
            "SELECT checksum FROM store_migration WHERE set_name = $1 AND id = $2",
            vec![set.into(), step.id.into()],
        )
        .await?;
    if let Some(row) = known {
        let unchanged = row.get::<String>("checksum")? == checksum;
        tx.roll_back().await;
        return if unchanged {
            Ok(false)
        } else {
            Err(StoreError::MigrationChanged(format!("{set}/{}", step.id)))
        };
    }
    tx.script(&script).await?;
    tx.run(
        "INSERT INTO store_migration (set_name, id, checksum) VALUES ($1, $2, $3)",
        vec![set.into(), step.id.into(), checksum.into()],
    )
    .await?;
    tx.commit().await?;
    Ok(true)
}

/// Whole words only, so that a column named `uuid` in lower case stays what it is.
fn as_sqlite(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut word = String::new();
    for letter in script.chars().chain(['\n']) {
        if letter.is_ascii_alphanumeric() || letter == '_' {
            word.push(letter);
            continue;
        }
        out.push_str(if word == "UUID" || word == "BYTEA" { "BLOB" } else { &word });
        word.clear();
        out.push(letter);
    }
    out
}
