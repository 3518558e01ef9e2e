//! The SQL of tasks.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Task, TaskKind};
use crate::{
    process::Stage,
    request::{Desk, Request},
};

/// Opens a task on the desk of a stage; it takes the request's own time limit.
pub(crate) async fn open(
    tx: &Tx,
    request: &Request,
    stage: &Stage,
    desk: &Desk,
    at: Timestamp,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO task (id, request, body, role, kind, stage, opened_at, due_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = vec![
        Uuid::now_v7().into(),
        request.id.into(),
        desk.body.into(),
        desk.role.as_str().into(),
        TaskKind::at(stage).word().into(),
        stage.id.as_str().into(),
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

/// What narrows a desk further.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Narrowed {
    pub kind: Option<TaskKind>,
    /// A service.
    pub entry: Option<Uuid>,
}

/// Open tasks of one desk, most urgent first.
pub(crate) async fn open_at(
    sql: &impl Sql,
    desk: &Desk,
    narrowed: Narrowed,
    after: After,
    limit: i64,
) -> Result<Vec<Task>, StoreError> {
    let mut values =
        vec![desk.body.into(), desk.role.as_str().into(), after.0.into(), after.1.into(), limit.into()];
    let mut more = String::new();
    if let Some(kind) = narrowed.kind {
        values.push(kind.word().into());
        more += &format!(" AND t.kind = ${}", values.len());
    }
    if let Some(entry) = narrowed.entry {
        values.push(entry.into());
        more += &format!(" AND r.entry = ${}", values.len());
    }
    let select = format!("{OPEN}{more} ORDER BY t.due_at, t.id LIMIT $5");
    sql.all(&select, values).await?.iter().map(task).collect()
}

const OPEN: &str =
    "SELECT t.id, t.request, t.body, t.kind, t.stage, t.opened_at, t.due_at, r.number, r.entry, r.applicant
    FROM task t JOIN request r ON r.id = t.request
    WHERE t.body = $1 AND t.role = $2 AND t.done_at IS NULL AND (t.due_at, t.id) > ($3, $4)";

/// How many tasks of each kind are open on a desk, and how many of them are late.
pub(crate) async fn load_of(
    sql: &impl Sql,
    desk: &Desk,
    now: Timestamp,
) -> Result<Vec<(TaskKind, i64, i64)>, StoreError> {
    let select = "SELECT kind, COUNT(*) AS open, COUNT(CASE WHEN due_at < $3 THEN 1 END) AS late
        FROM task WHERE body = $1 AND role = $2 AND done_at IS NULL GROUP BY kind";
    let rows = sql.all(select, vec![desk.body.into(), desk.role.as_str().into(), now.0.into()]).await?;
    rows.iter().map(|row| Ok((kind(row)?, row.get("open")?, row.get("late")?))).collect()
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
        stage: row.get("stage")?,
        opened_at: Timestamp(row.get("opened_at")?),
        due_at: Timestamp(row.get("due_at")?),
    })
}
