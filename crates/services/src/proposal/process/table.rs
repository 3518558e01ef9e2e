//! The SQL of what a draft's process was before its last changes.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

/// Keeps what the process was at a revision, and forgets what lies too far back.
pub(super) async fn remember(
    tx: &Tx,
    proposal: Uuid,
    revision: i64,
    process: &str,
    at: Timestamp,
    steps_max: i64,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO entry_proposal_past (proposal, revision, process, changed_at)
        VALUES ($1, $2, $3, $4)";
    tx.run(insert, vec![proposal.into(), revision.into(), process.into(), at.0.into()]).await?;
    let forget = "DELETE FROM entry_proposal_past WHERE proposal = $1 AND revision NOT IN (
        SELECT revision FROM entry_proposal_past WHERE proposal = $1 ORDER BY revision DESC LIMIT $2)";
    tx.run(forget, vec![proposal.into(), steps_max.into()]).await.map(drop)
}

/// What the process was before its last change, with the revision at which it was that.
pub(super) async fn last(sql: &impl Sql, proposal: Uuid) -> Result<Option<(i64, String)>, StoreError> {
    let select = "SELECT revision, process FROM entry_proposal_past WHERE proposal = $1
        ORDER BY revision DESC LIMIT 1";
    let row = sql.one(select, vec![proposal.into()]).await?;
    row.map(|row| Ok((row.get("revision")?, row.get("process")?))).transpose()
}

pub(super) async fn forget(tx: &Tx, proposal: Uuid, revision: i64) -> Result<(), StoreError> {
    let delete = "DELETE FROM entry_proposal_past WHERE proposal = $1 AND revision = $2";
    tx.run(delete, vec![proposal.into(), revision.into()]).await.map(drop)
}

/// How many changes can be undone.
pub(crate) async fn steps(sql: &impl Sql, proposal: Uuid) -> Result<i64, StoreError> {
    let select = "SELECT COUNT(*) AS steps FROM entry_proposal_past WHERE proposal = $1";
    let row = sql.one(select, vec![proposal.into()]).await?;
    row.map_or(Ok(0), |row| row.get("steps"))
}
