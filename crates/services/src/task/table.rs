//! The SQL of tasks.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Task, TaskKind};
use crate::request::Request;

/// Opens a task; it takes the request's own time limit.
pub(crate) async fn open(
    tx: &Tx,
    request: &Request,
    kind: TaskKind,
    at: Timestamp,
) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO task (id, request, body, kind, opened_at, due_at) VALUES ($1, $2, $3, $4, $5, $6)";
    let values = vec![
        Uuid::now_v7().into(),
        request.id.into(),
        request.body.into(),
        kind.word().into(),
        at.0.into(),
        request.due_at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

/// Closes whatever is open on a request.
pub(crate) async fn close(tx: &Tx, request: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE task SET done_at = $2 WHERE request = $1 AND done_at IS NULL";
    tx.run(update, vec![request.into(), at.0.into()]).await.map(drop)
}

/// Where the page before ended: the due time and the id of its last task.
pub(crate) type After = (i64, Uuid);

/// Open tasks of one body and kind, most urgent first.
pub(crate) async fn open_at(
    sql: &impl Sql,
    body: Uuid,
    kind: TaskKind,
    after: After,
    limit: i64,
) -> Result<Vec<Task>, StoreError> {
    let select = format!("{OPEN} ORDER BY t.due_at, t.id LIMIT $5");
    let values = vec![body.into(), kind.word().into(), after.0.into(), after.1.into(), limit.into()];
    sql.all(&select, values).await?.iter().map(task).collect()
}

/// The same, of one service.
pub(crate) async fn open_of(
    sql: &impl Sql,
    body: Uuid,
    kind: TaskKind,
    entry: Uuid,
    after: After,
    limit: i64,
) -> Result<Vec<Task>, StoreError> {
    let select = format!("{OPEN} AND r.entry = $6 ORDER BY t.due_at, t.id LIMIT $5");
    let values =
        vec![body.into(), kind.word().into(), after.0.into(), after.1.into(), limit.into(), entry.into()];
    sql.all(&select, values).await?.iter().map(task).collect()
}

const OPEN: &str =
    "SELECT t.id, t.request, t.body, t.kind, t.opened_at, t.due_at, r.number, r.entry, r.applicant
    FROM task t JOIN request r ON r.id = t.request
    WHERE t.body = $1 AND t.done_at IS NULL AND t.kind = $2 AND (t.due_at, t.id) > ($3, $4)";

/// How many tasks are open, and how many of them are late.
pub(crate) async fn load_of(
    sql: &impl Sql,
    body: Uuid,
    kind: TaskKind,
    now: Timestamp,
) -> Result<(i64, i64), StoreError> {
    let select = "SELECT COUNT(*) AS open, COUNT(CASE WHEN due_at < $3 THEN 1 END) AS late
        FROM task WHERE body = $1 AND done_at IS NULL AND kind = $2";
    let row = sql.one(select, vec![body.into(), kind.word().into(), now.0.into()]).await?;
    let row = row.ok_or_else(|| StoreError::Shape("count".into()))?;
    Ok((row.get("open")?, row.get("late")?))
}

/// The open task of a request, when there is one.
pub(crate) async fn open_on(
    sql: &impl Sql,
    request: Uuid,
) -> Result<Option<(TaskKind, Timestamp)>, StoreError> {
    let select = "SELECT kind, opened_at FROM task WHERE request = $1 AND done_at IS NULL LIMIT 1";
    let row = sql.one(select, vec![request.into()]).await?;
    row.map(|row| Ok((kind(&row)?, Timestamp(row.get("opened_at")?)))).transpose()
}

fn kind(row: &Row) -> Result<TaskKind, StoreError> {
    let word: String = row.get("kind")?;
    TaskKind::named(&word).ok_or_else(|| StoreError::Shape(format!("kind {word}")))
}

fn task(row: &Row) -> Result<Task, StoreError> {
    Ok(Task {
        id: row.get("id")?,
        request: row.get("request")?,
        number: row.get("number")?,
        entry: row.get("entry")?,
        applicant: row.get("applicant")?,
        body: row.get("body")?,
        kind: kind(row)?,
        opened_at: Timestamp(row.get("opened_at")?),
        due_at: Timestamp(row.get("due_at")?),
    })
}
