//! A copy of the whole database as of one moment, and back into an empty one.
//!
//! SQLite writes it itself (`VACUUM INTO`): a whole file, made under a read transaction while verbs go on. PostgreSQL
//! hands out each table by `COPY` within one `REPEATABLE READ` transaction: no client program of the right version
//! is needed, only this schema is taken, and unpacked rows let a backup store what changed and nothing else. The
//! schema is not copied: the migrations make it, and each says by its checksum that it is still the same.

use std::{collections::BTreeMap, path::Path};

use futures::TryStreamExt;
use sea_orm::sqlx::{
    self, AssertSqlSafe, ConnectOptions, Connection, PgConnection, SqliteConnection,
    sqlite::SqliteConnectOptions,
};
use serde::{Deserialize, Serialize};
use tokio::{
    fs::File,
    io::{AsyncWriteExt, BufReader, BufWriter},
};

use crate::{Engine, Migrations, Store, StoreConfig, StoreError, migrate};

/// The file of a copy of SQLite.
const SQLITE_FILE: &str = "diwan.db";
/// How the file of a table of PostgreSQL ends.
const ROWS: &str = "rows";
/// Bytes that are gathered before they are written.
const BUFFER_BYTES: usize = 256 * 1024;

/// What a copy holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseCopy {
    pub engine: Engine,
    pub tables: Vec<CopiedTable>,
    /// `set/id` of each migration that had been applied.
    pub migrations: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedTable {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: u64,
}

impl Store {
    /// Copies the database into a folder that is there and empty.
    pub async fn copy_into(&self, folder: &Path) -> Result<DatabaseCopy, StoreError> {
        match self.engine {
            Engine::Sqlite => copy_sqlite(&self.address, folder).await,
            Engine::Postgres => copy_postgres(&self.address, folder).await,
        }
    }

    /// How many rows each table holds now, by its name.
    pub async fn row_counts(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        let mut counts = BTreeMap::new();
        for name in names(self).await? {
            let count = format!("SELECT COUNT(*) AS found FROM \"{name}\"");
            let row = crate::Sql::one(&self.read(), &count, vec![]).await?;
            let found: i64 = row.ok_or_else(|| StoreError::Shape(name.clone()))?.get("found")?;
            counts.insert(name, found.unsigned_abs());
        }
        Ok(counts)
    }
}

async fn names(store: &Store) -> Result<Vec<String>, StoreError> {
    let select = match store.engine {
        Engine::Sqlite => SQLITE_TABLES,
        Engine::Postgres => POSTGRES_TABLES,
    };
    crate::Sql::list(&store.read(), select, vec![], |row| row.get("name")).await
}

/// Whether nothing is at this address: no file, or no table in the schema.
pub async fn is_empty(address: &str) -> Result<bool, StoreError> {
    if let Some(path) = address.strip_prefix("sqlite://") {
        return Ok(!Path::new(path).exists());
    }
    let mut connection = PgConnection::connect(address).await.map_err(StoreError::open)?;
    let tables: Vec<String> =
        sqlx::query_scalar(POSTGRES_TABLES).fetch_all(&mut connection).await.map_err(StoreError::copy)?;
    Ok(tables.is_empty())
}

/// Makes the empty database at `address` what the copy in `folder` is.
pub async fn load(
    address: &str,
    folder: &Path,
    copy: &DatabaseCopy,
    sets: &[Migrations],
) -> Result<(), StoreError> {
    match (copy.engine, address.strip_prefix("sqlite://")) {
        (Engine::Sqlite, Some(path)) => {
            tokio::fs::copy(folder.join(SQLITE_FILE), path).await.map_err(StoreError::copy)?;
            File::open(path).await.map_err(StoreError::copy)?.sync_all().await.map_err(StoreError::copy)
        }
        (Engine::Postgres, None) => load_postgres(address, folder, copy, sets).await,
        _ => Err(StoreError::Address),
    }
}

const SQLITE_TABLES: &str =
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
const POSTGRES_TABLES: &str = "SELECT table_name::text AS name FROM information_schema.tables
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name";
const APPLIED: &str = "SELECT set_name || '/' || id FROM store_migration ORDER BY set_name, id";

/// On a connection of its own: the writer goes on meanwhile.
async fn copy_sqlite(address: &str, folder: &Path) -> Result<DatabaseCopy, StoreError> {
    let path = address.strip_prefix("sqlite://").ok_or(StoreError::Address)?;
    let file = folder.join(SQLITE_FILE);
    let target = file.to_str().ok_or(StoreError::Address)?.to_owned();
    let options = SqliteConnectOptions::new().filename(path);
    let mut source = options.connect().await.map_err(StoreError::open)?;
    sqlx::query("VACUUM INTO $1").bind(target).execute(&mut source).await.map_err(StoreError::copy)?;
    source.close().await.map_err(StoreError::copy)?;
    let options = SqliteConnectOptions::new().filename(&file).read_only(true);
    let mut copied = options.connect().await.map_err(StoreError::open)?;
    let copy = described(&mut copied).await.map_err(StoreError::copy)?;
    copied.close().await.map_err(StoreError::copy)?;
    Ok(copy)
}

/// Counted in the copy itself, so that the numbers are those of its moment.
async fn described(copied: &mut SqliteConnection) -> Result<DatabaseCopy, sqlx::Error> {
    let names: Vec<String> = sqlx::query_scalar(SQLITE_TABLES).fetch_all(&mut *copied).await?;
    let mut tables = Vec::with_capacity(names.len());
    for name in names {
        let count = AssertSqlSafe(format!("SELECT COUNT(*) FROM \"{name}\""));
        let rows: i64 = sqlx::query_scalar(count).fetch_one(&mut *copied).await?;
        let columns = "SELECT name FROM pragma_table_info($1) ORDER BY cid";
        let columns = sqlx::query_scalar(columns).bind(&name).fetch_all(&mut *copied).await?;
        tables.push(CopiedTable { name, columns, rows: rows.unsigned_abs() });
    }
    let migrations = sqlx::query_scalar(APPLIED).fetch_all(&mut *copied).await?;
    Ok(DatabaseCopy { engine: Engine::Sqlite, tables, migrations })
}

async fn copy_postgres(address: &str, folder: &Path) -> Result<DatabaseCopy, StoreError> {
    let mut source = PgConnection::connect(address).await.map_err(StoreError::open)?;
    let begin = sqlx::raw_sql("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    begin.execute(&mut source).await.map_err(StoreError::copy)?;
    let names: Vec<String> =
        sqlx::query_scalar(POSTGRES_TABLES).fetch_all(&mut source).await.map_err(StoreError::copy)?;
    let mut tables = Vec::with_capacity(names.len());
    for name in names {
        let columns = "SELECT column_name::text FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position";
        let columns = sqlx::query_scalar(columns).bind(&name).fetch_all(&mut source).await;
        let mut table = CopiedTable { name, columns: columns.map_err(StoreError::copy)?, rows: 0 };
        let file = folder.join(format!("{}.{ROWS}", table.name));
        table.rows = copy_out(&mut source, &table, &file).await?;
        tables.push(table);
    }
    let migrations = sqlx::query_scalar(APPLIED).fetch_all(&mut source).await.map_err(StoreError::copy)?;
    source.close().await.map_err(StoreError::copy)?;
    Ok(DatabaseCopy { engine: Engine::Postgres, tables, migrations })
}

/// In the text format each row is one line; a line break within a value is written as `\n`.
async fn copy_out(source: &mut PgConnection, table: &CopiedTable, file: &Path) -> Result<u64, StoreError> {
    let file = File::create_new(file).await.map_err(StoreError::copy)?;
    let mut file = BufWriter::with_capacity(BUFFER_BYTES, file);
    let statement = format!("COPY {} TO STDOUT", listed(table));
    let mut pieces = source.copy_out_raw(&statement).await.map_err(StoreError::copy)?;
    let mut rows = 0;
    while let Some(piece) = pieces.try_next().await.map_err(StoreError::copy)? {
        rows += piece.iter().filter(|byte| **byte == b'\n').count() as u64;
        file.write_all(&piece).await.map_err(StoreError::copy)?;
    }
    file.flush().await.map_err(StoreError::copy)?;
    Ok(rows)
}

fn listed(table: &CopiedTable) -> String {
    format!("\"{}\" (\"{}\")", table.name, table.columns.join("\", \""))
}

/// All in one transaction: a load that is broken off leaves the empty tables that the migrations made.
async fn load_postgres(
    address: &str,
    folder: &Path,
    copy: &DatabaseCopy,
    sets: &[Migrations],
) -> Result<(), StoreError> {
    let store = Store::open(address, StoreConfig::default()).await?;
    migrate::run(&store, sets, Some(&copy.migrations)).await?;
    drop(store);
    let mut target = PgConnection::connect(address).await.map_err(StoreError::open)?;
    sqlx::raw_sql("BEGIN").execute(&mut target).await.map_err(StoreError::copy)?;
    let all: Vec<String> = copy.tables.iter().map(|table| format!("\"{}\"", table.name)).collect();
    let empty = AssertSqlSafe(format!("TRUNCATE {}", all.join(", ")));
    sqlx::raw_sql(empty).execute(&mut target).await.map_err(StoreError::copy)?;
    for table in in_order(&mut target, &copy.tables).await.map_err(StoreError::copy)? {
        let file = File::open(folder.join(format!("{}.{ROWS}", table.name))).await;
        let file = BufReader::with_capacity(BUFFER_BYTES, file.map_err(StoreError::copy)?);
        let statement = format!("COPY {} FROM STDIN", listed(table));
        let mut rows = target.copy_in_raw(&statement).await.map_err(StoreError::copy)?;
        rows.read_from(file).await.map_err(StoreError::copy)?;
        rows.finish().await.map_err(StoreError::copy)?;
    }
    sqlx::raw_sql("COMMIT").execute(&mut target).await.map_err(StoreError::copy)?;
    target.close().await.map_err(StoreError::copy)
}

/// Tables that others refer to come first.
async fn in_order<'a>(
    target: &mut PgConnection,
    tables: &'a [CopiedTable],
) -> Result<Vec<&'a CopiedTable>, sqlx::Error> {
    let references: Vec<(String, String)> = sqlx::query_as(
        "SELECT child.relname::text, parent.relname::text FROM pg_constraint c
         JOIN pg_class child ON child.oid = c.conrelid JOIN pg_class parent ON parent.oid = c.confrelid
         JOIN pg_namespace n ON n.oid = child.relnamespace
         WHERE c.contype = 'f' AND n.nspname = current_schema() AND child.oid <> parent.oid",
    )
    .fetch_all(&mut *target)
    .await?;
    Ok(sorted(tables, &references))
}

fn sorted<'a>(tables: &'a [CopiedTable], references: &[(String, String)]) -> Vec<&'a CopiedTable> {
    let mut left: Vec<&CopiedTable> = tables.iter().collect();
    let mut done: Vec<&CopiedTable> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let waits = |table: &CopiedTable| {
            references
                .iter()
                .any(|(child, parent)| *child == table.name && left.iter().any(|other| other.name == *parent))
        };
        let (wait, ready): (Vec<_>, Vec<_>) = left.iter().copied().partition(|table| waits(table));
        // A circle has no order; the database then says which row it does not take.
        let (wait, ready) = if ready.is_empty() { (Vec::new(), wait) } else { (wait, ready) };
        done.extend(ready);
        left = wait;
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(references: &[(&str, &str)], expected: &str) {
        let table = |name: &str| CopiedTable { name: name.to_owned(), columns: Vec::new(), rows: 0 };
        let tables = ["a", "b", "c"].map(table);
        let references: Vec<(String, String)> =
            references.iter().map(|(child, parent)| ((*child).to_owned(), (*parent).to_owned())).collect();
        let found: Vec<&str> = sorted(&tables, &references).iter().map(|table| table.name.as_str()).collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn what_others_refer_to_comes_first() {
        check(&[], "a b c");
        check(&[("a", "b")], "b c a");
        check(&[("a", "b"), ("b", "c")], "c b a");
        check(&[("a", "elsewhere")], "a b c");
        check(&[("a", "b"), ("b", "a")], "c a b");
    }
}
