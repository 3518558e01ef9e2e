//! The rows of the entries.

use clock::Timestamp;
use serde_json::Value as Json;
use store::{Engine, Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{Committed, Leaf, Recorded, Statement};
use crate::{canonical, hash::Hash};

/// The hot path: one row and its indexes.
pub(crate) async fn insert(tx: &Tx, leaf: &Leaf, parts: &Committed<'_>) -> Result<(), StoreError> {
    let insert = "INSERT INTO ledger_entry (id, kind, subject, actor, controls, body, salt, commitment, at) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = vec![
        leaf.id.into(),
        parts.kind.into(),
        parts.subject.into(),
        parts.actor.into(),
        parts.controls.into(),
        parts.body.into(),
        leaf.salt.to_vec().into(),
        leaf.commitment.to_vec().into(),
        parts.at.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(crate) async fn erase(tx: &Tx, id: Uuid) -> Result<bool, StoreError> {
    let update = "UPDATE ledger_entry SET body = NULL, salt = NULL WHERE id = $1 AND salt IS NOT NULL";
    Ok(tx.run(update, vec![id.into()]).await? > 0)
}

const RECORDED: &str = "SELECT id, kind, subject, actor, controls, body, at, idx FROM ledger_entry";

pub(crate) async fn history(
    sql: &impl Sql,
    subject: &str,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Recorded>, StoreError> {
    let question = format!("{RECORDED} WHERE subject = $1 AND id > $2 ORDER BY id LIMIT $3");
    let after = after.unwrap_or(Uuid::nil());
    sql.list(&question, vec![subject.into(), after.into(), (limit as i64).into()], recorded).await
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Recorded>, StoreError> {
    sql.find(&format!("{RECORDED} WHERE id = $1"), vec![id.into()], recorded).await
}

pub(crate) async fn from_index(sql: &impl Sql, first: u64, limit: u64) -> Result<Vec<Recorded>, StoreError> {
    let question = format!("{RECORDED} WHERE idx >= $1 ORDER BY idx LIMIT $2");
    sql.list(&question, vec![(first as i64).into(), (limit as i64).into()], recorded).await
}

fn recorded(row: &Row) -> Result<Recorded, StoreError> {
    let body: Option<String> = row.get("body")?;
    Ok(Recorded {
        id: row.get("id")?,
        kind: row.get("kind")?,
        subject: row.get("subject")?,
        actor: row.get("actor")?,
        controls: controls(row)?,
        body: body.as_deref().map(json).transpose()?,
        at: Timestamp(row.get("at")?),
        index: row.get::<Option<i64>>("idx")?.and_then(|index| u64::try_from(index).ok()),
    })
}

fn controls(row: &Row) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(&row.get::<String>("controls")?)
        .map_err(|error| StoreError::Shape(format!("ledger_entry.controls: {error}")))
}

fn json(text: &str) -> Result<Json, StoreError> {
    canonical::read(text).map_err(|fault| StoreError::Shape(format!("ledger_entry.body: {fault}")))
}

pub(crate) async fn statement(sql: &impl Sql, id: Uuid) -> Result<Option<Statement>, StoreError> {
    let question = "SELECT kind, subject, actor, controls, body, salt, at FROM ledger_entry \
                    WHERE id = $1 AND body IS NOT NULL AND salt IS NOT NULL";
    let Some(row) = sql.one(question, vec![id.into()]).await? else { return Ok(None) };
    Ok(Some(Statement {
        kind: row.get("kind")?,
        subject: row.get("subject")?,
        actor: row.get("actor")?,
        controls: controls(&row)?,
        body: json(&row.get::<String>("body")?)?,
        at: row.get("at")?,
        salt: bytes32(&row, "salt")?,
    }))
}

fn bytes32(row: &Row, column: &str) -> Result<[u8; 32], StoreError> {
    let bytes: Vec<u8> = row.get(column)?;
    bytes.as_slice().try_into().map_err(|_| StoreError::Shape(format!("ledger_entry.{column}")))
}

/// An entry that has just got its place in the tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placed {
    pub(crate) id: Uuid,
    pub(crate) index: u64,
    pub(crate) commitment: Hash,
    pub(crate) at: i64,
}

/// Gives the oldest waiting entries, at most `limit`, the indexes from `first` on: one statement, whose cost
/// depends on how many it takes and not on how long the log is. Answers them in the order of their indexes.
pub(crate) async fn assign_indexes(tx: &Tx, first: u64, limit: u64) -> Result<Vec<Placed>, StoreError> {
    let waiting = waiting_entries(tx);
    let update = format!(
        "UPDATE ledger_entry SET idx = placed.place FROM (\
            SELECT taken.id AS entry, CAST($1 AS BIGINT) - 1 + ROW_NUMBER() OVER (ORDER BY taken.id) AS place \
            FROM (SELECT id FROM {waiting} WHERE idx IS NULL ORDER BY id LIMIT {limit}) AS taken\
         ) AS placed WHERE ledger_entry.id = placed.entry \
         RETURNING ledger_entry.id, ledger_entry.idx, ledger_entry.commitment, ledger_entry.at"
    );
    let rows = tx.all(&update, vec![(first as i64).into()]).await?;
    let mut placed = rows.iter().map(placed_of).collect::<Result<Vec<Placed>, StoreError>>()?;
    placed.sort_unstable_by_key(|entry| entry.index);
    Ok(placed)
}

/// SQLite may prefer to walk the primary key from the beginning of the log; the index named here holds only
/// the entries that wait.
fn waiting_entries(sql: &impl Sql) -> &'static str {
    match sql.engine() {
        Engine::Sqlite => "ledger_entry INDEXED BY ledger_entry_waiting",
        Engine::Postgres => "ledger_entry",
    }
}

fn placed_of(row: &Row) -> Result<Placed, StoreError> {
    let index: i64 = row.get("idx")?;
    Ok(Placed {
        id: row.get("id")?,
        index: u64::try_from(index).map_err(|_| StoreError::Shape("ledger_entry.idx".into()))?,
        commitment: bytes32(row, "commitment")?,
        at: row.get("at")?,
    })
}

/// When the oldest waiting entry was recorded.
pub(crate) async fn oldest_waiting(sql: &impl Sql) -> Result<Option<Timestamp>, StoreError> {
    let question = format!("SELECT at FROM {} WHERE idx IS NULL ORDER BY id LIMIT 1", waiting_entries(sql));
    let row = sql.one(&question, vec![]).await?;
    row.map(|row| Ok(Timestamp(row.get("at")?))).transpose()
}

/// The place of an entry; nothing while it waits, or when there is no such entry.
pub(crate) async fn index_of(sql: &impl Sql, id: Uuid) -> Result<Option<u64>, StoreError> {
    let row = sql.one("SELECT idx FROM ledger_entry WHERE id = $1", vec![id.into()]).await?;
    let index = row.map(|row| row.get::<Option<i64>>("idx")).transpose()?.flatten();
    Ok(index.and_then(|index| u64::try_from(index).ok()))
}

/// The commitments at the indexes from `first` up to `end`, which are what the tree is made of.
pub(crate) async fn commitments(sql: &impl Sql, first: u64, end: u64) -> Result<Vec<Vec<u8>>, StoreError> {
    let question = "SELECT commitment FROM ledger_entry WHERE idx >= $1 AND idx < $2 ORDER BY idx";
    let rows = sql.all(question, vec![(first as i64).into(), (end as i64).into()]).await?;
    rows.iter().map(|row| row.get("commitment")).collect()
}

/// A row exactly as it lies there, for the verification of the whole log.
pub(crate) struct RawEntry {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) subject: String,
    pub(crate) actor: Option<Uuid>,
    pub(crate) controls: String,
    pub(crate) body: Option<String>,
    pub(crate) salt: Option<Vec<u8>>,
    pub(crate) commitment: Vec<u8>,
    pub(crate) at: i64,
    pub(crate) index: Option<i64>,
}

const RAW: &str = "SELECT id, kind, subject, actor, controls, body, salt, commitment, at, idx FROM";

/// Entries with an index of at least `first`, in order.
pub(crate) async fn raw_placed(sql: &impl Sql, first: u64, limit: u64) -> Result<Vec<RawEntry>, StoreError> {
    let question = format!("{RAW} ledger_entry WHERE idx >= $1 ORDER BY idx LIMIT {limit}");
    raw(sql, &question, (first as i64).into()).await
}

/// Entries without an index after the id `after`, in order.
pub(crate) async fn raw_waiting(
    sql: &impl Sql,
    after: Uuid,
    limit: u64,
) -> Result<Vec<RawEntry>, StoreError> {
    let waiting = waiting_entries(sql);
    let question = format!("{RAW} {waiting} WHERE idx IS NULL AND id > $1 ORDER BY id LIMIT {limit}");
    raw(sql, &question, after.into()).await
}

async fn raw(sql: &impl Sql, question: &str, from: Value) -> Result<Vec<RawEntry>, StoreError> {
    sql.list(question, vec![from], raw_of).await
}

fn raw_of(row: &Row) -> Result<RawEntry, StoreError> {
    Ok(RawEntry {
        id: row.get("id")?,
        kind: row.get("kind")?,
        subject: row.get("subject")?,
        actor: row.get("actor")?,
        controls: row.get("controls")?,
        body: row.get("body")?,
        salt: row.get("salt")?,
        commitment: row.get("commitment")?,
        at: row.get("at")?,
        index: row.get("idx")?,
    })
}
