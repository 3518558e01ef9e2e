//! The rows of the checkpoints, and the head: the one row that a node holds while it sequences.

use store::{Row, Sql, StoreError, Tx};

use crate::hash::{Hash, empty_root, hash_of};

/// How long the log is, what its root is, and the time of its newest entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) size: u64,
    pub(crate) root: Hash,
    pub(crate) at: i64,
}

/// Takes the lock: until this transaction ends no other node sequences, and all that follows sees what the
/// last one wrote.
pub(crate) async fn lock_head(tx: &Tx) -> Result<Option<Head>, StoreError> {
    let touch = "UPDATE ledger_head SET size = size WHERE id = 1 RETURNING size, root, at";
    tx.find(touch, vec![], head_of).await
}

pub(crate) async fn set_head(tx: &Tx, head: &Head) -> Result<(), StoreError> {
    let update = "UPDATE ledger_head SET size = $1, root = $2, at = $3 WHERE id = 1";
    tx.run(update, vec![(head.size as i64).into(), head.root.to_vec().into(), head.at.into()]).await.map(drop)
}

/// Before the first round the row has no root yet.
fn head_of(row: &Row) -> Result<Head, StoreError> {
    let root: Option<Vec<u8>> = row.get("root")?;
    let root = root.map_or(Some(empty_root()), |root| hash_of(&root));
    Ok(Head {
        size: size_of(row.get("size")?)?,
        root: root.ok_or_else(|| StoreError::Shape("ledger_head.root".into()))?,
        at: row.get("at")?,
    })
}

fn size_of(size: i64) -> Result<u64, StoreError> {
    u64::try_from(size).map_err(|_| StoreError::Shape("the size of the log".into()))
}

pub(crate) async fn insert(tx: &Tx, head: &Head, note: &str) -> Result<(), StoreError> {
    let insert = "INSERT INTO ledger_checkpoint (size, root, note, at) VALUES ($1, $2, $3, $4)";
    let values = vec![(head.size as i64).into(), head.root.to_vec().into(), note.into(), head.at.into()];
    tx.run(insert, values).await.map(drop)
}

/// A signed checkpoint as it lies there.
#[derive(Clone, Debug)]
pub(crate) struct StoredCheckpoint {
    pub(crate) size: u64,
    pub(crate) root: Vec<u8>,
    pub(crate) note: String,
    pub(crate) at: i64,
}

const STORED: &str = "SELECT size, root, note, at FROM ledger_checkpoint";

pub(crate) async fn latest(sql: &impl Sql) -> Result<Option<StoredCheckpoint>, StoreError> {
    sql.find(&format!("{STORED} ORDER BY size DESC LIMIT 1"), vec![], stored).await
}

/// Checkpoints of trees larger than `size`, the smallest first.
pub(crate) async fn after(
    sql: &impl Sql,
    size: i64,
    limit: u64,
) -> Result<Vec<StoredCheckpoint>, StoreError> {
    let question = format!("{STORED} WHERE size > $1 ORDER BY size LIMIT {limit}");
    sql.list(&question, vec![size.into()], stored).await
}

fn stored(row: &Row) -> Result<StoredCheckpoint, StoreError> {
    Ok(StoredCheckpoint {
        size: size_of(row.get("size")?)?,
        root: row.get("root")?,
        note: row.get("note")?,
        at: row.get("at")?,
    })
}

/// The newest signed checkpoint: the note that `/checkpoint` serves. Nothing before the first entry.
pub async fn checkpoint(sql: &impl Sql) -> Result<Option<String>, StoreError> {
    Ok(latest(sql).await?.map(|checkpoint| checkpoint.note))
}

/// The signed checkpoint of exactly this many entries: what a restored log must still hold.
pub async fn checkpoint_of(sql: &impl Sql, size: u64) -> Result<Option<String>, StoreError> {
    let question = "SELECT note FROM ledger_checkpoint WHERE size = $1";
    sql.find(question, vec![(size as i64).into()], |row| row.get("note")).await
}

/// The head and how many rows belong to it, all of the same moment.
pub(crate) struct Totals {
    pub(crate) heads: i64,
    pub(crate) head: Head,
    pub(crate) placed: i64,
    pub(crate) tiles: i64,
    pub(crate) hashes: i64,
    pub(crate) last_checkpoint: Option<i64>,
}

/// One statement, so that a log that grows meanwhile is still seen as of one moment.
pub(crate) async fn totals(sql: &impl Sql) -> Result<Option<Totals>, StoreError> {
    let question = "SELECT size, root, at, \
        (SELECT COUNT(*) FROM ledger_head) AS heads, \
        (SELECT COUNT(*) FROM ledger_entry WHERE idx IS NOT NULL) AS placed, \
        (SELECT COUNT(*) FROM ledger_tile) AS tiles, \
        (SELECT CAST(COALESCE(SUM(width), 0) AS BIGINT) FROM ledger_tile) AS hashes, \
        (SELECT MAX(size) FROM ledger_checkpoint) AS last_checkpoint \
        FROM ledger_head WHERE id = 1";
    let Some(row) = sql.one(question, vec![]).await? else { return Ok(None) };
    Ok(Some(Totals {
        heads: row.get("heads")?,
        head: head_of(&row)?,
        placed: row.get("placed")?,
        tiles: row.get("tiles")?,
        hashes: row.get("hashes")?,
        last_checkpoint: row.get("last_checkpoint")?,
    }))
}
