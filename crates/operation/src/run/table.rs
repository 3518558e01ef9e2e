//! The SQL of runs.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{By, Kind, Run, RunState};

const COLUMNS: &str =
    "id, kind, ordered_by, started_at, ended_at, state, snapshot, files, bytes, added_bytes, said";
/// Before every run in a list that begins with the newest.
pub(crate) const AFTER_ALL: (i64, Uuid) = (i64::MAX, Uuid::max());

pub(super) async fn insert(tx: &Tx, run: &Run) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO operation_run ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let values = vec![
        run.id.into(),
        run.kind.word().into(),
        run.by.word().into(),
        run.started_at.0.into(),
        run.ended_at.map(Timestamp::micros).into(),
        run.state.word().into(),
        run.snapshot.clone().into(),
        run.files.into(),
        run.bytes.into(),
        run.added_bytes.into(),
        run.said.clone().into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

/// False when it had ended already, which the watch does with one that took too long.
pub(super) async fn end(tx: &Tx, run: &Run) -> Result<bool, StoreError> {
    let update = "UPDATE operation_run SET ended_at = $2, state = $3, snapshot = $4, files = $5, bytes = $6,
        added_bytes = $7, said = $8 WHERE id = $1 AND state = 'running'";
    let values = vec![
        run.id.into(),
        run.ended_at.map(Timestamp::micros).into(),
        run.state.word().into(),
        run.snapshot.clone().into(),
        run.files.into(),
        run.bytes.into(),
        run.added_bytes.into(),
        run.said.clone().into(),
    ];
    Ok(tx.run(update, values).await? == 1)
}

/// Runs that began before `before` and never ended: whoever carried them out died.
pub(super) async fn overdue(sql: &impl Sql, before: Timestamp) -> Result<Vec<Run>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM operation_run WHERE state = 'running' AND started_at < $1 ORDER BY started_at"
    );
    sql.list(&select, vec![before.0.into()], read).await
}

/// The newest of a kind, in whatever state.
pub(crate) async fn last(sql: &impl Sql, kind: Kind) -> Result<Option<Run>, StoreError> {
    newest(sql, kind, "'running', 'done', 'failed'").await
}

pub(crate) async fn last_ended(sql: &impl Sql, kind: Kind) -> Result<Option<Run>, StoreError> {
    newest(sql, kind, "'done', 'failed'").await
}

pub(crate) async fn last_done(sql: &impl Sql, kind: Kind) -> Result<Option<Run>, StoreError> {
    newest(sql, kind, "'done'").await
}

async fn newest(sql: &impl Sql, kind: Kind, states: &str) -> Result<Option<Run>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM operation_run WHERE kind = $1 AND state IN ({states})
         ORDER BY started_at DESC, id DESC LIMIT 1"
    );
    sql.find(&select, vec![kind.word().into()], read).await
}

/// The newest first, from after `before` on.
pub(crate) async fn list(sql: &impl Sql, before: (i64, Uuid), limit: i64) -> Result<Vec<Run>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM operation_run WHERE (started_at, id) < ($1, $2)
         ORDER BY started_at DESC, id DESC LIMIT $3"
    );
    sql.list(&select, vec![before.0.into(), before.1.into(), limit.into()], read).await
}

fn read(row: &Row) -> Result<Run, StoreError> {
    let (kind, by, state): (String, String, String) =
        (row.get("kind")?, row.get("ordered_by")?, row.get("state")?);
    Ok(Run {
        id: row.get("id")?,
        kind: Kind::named(&kind).ok_or(StoreError::Shape(kind))?,
        by: if by == By::Hand.word() { By::Hand } else { By::Schedule },
        started_at: Timestamp(row.get("started_at")?),
        ended_at: row.get::<Option<i64>>("ended_at")?.map(Timestamp),
        state: RunState::named(&state),
        snapshot: row.get("snapshot")?,
        files: row.get("files")?,
        bytes: row.get("bytes")?,
        added_bytes: row.get("added_bytes")?,
        said: row.get("said")?,
    })
}
