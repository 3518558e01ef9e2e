//! The SQL of tasks.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::TaskKind;
use crate::{
    assignment,
    process::Stage,
    request::{Desk, Request},
};

/// Opens a task on the desk of a stage; it takes the request's own time limit. What the applicant has just corrected
/// stands among the first: they have waited once already.
pub(crate) async fn open(
    tx: &Tx,
    request: &Request,
    stage: &Stage,
    desk: &Desk,
    at: Timestamp,
) -> Result<(), StoreError> {
    let answered = !request.checks.corrections.is_empty();
    let holder = assignment::chosen(tx, request, desk, answered, at).await?;
    let insert = "INSERT INTO task (id, request, body, role, kind, stage, opened_at, due_at, holder, entry,
            received_at, answered, place_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let place_at = if answered { at.min(request.due_at) } else { request.due_at };
    let values = vec![
        Uuid::now_v7().into(),
        request.id.into(),
        desk.body.into(),
        desk.role.as_str().into(),
        TaskKind::at(stage).word().into(),
        stage.id.as_str().into(),
        at.0.into(),
        request.due_at.0.into(),
        holder.into(),
        request.entry.into(),
        request.delivered_at.0.into(),
        i64::from(answered).into(),
        place_at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

/// The open task of a request whose due date moved; what stands among the first keeps its place.
pub(crate) async fn move_due(
    tx: &Tx,
    request: Uuid,
    before: Timestamp,
    due: Timestamp,
) -> Result<(), StoreError> {
    let update = "UPDATE task SET due_at = $3, place_at = CASE WHEN place_at = $2 THEN $3 ELSE place_at END
        WHERE request = $1 AND done_at IS NULL";
    tx.run(update, vec![request.into(), before.0.into(), due.0.into()]).await.map(drop)
}

/// Closes whatever is open on a request.
pub(crate) async fn close(tx: &Tx, request: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE task SET done_at = $2 WHERE request = $1 AND done_at IS NULL";
    tx.run(update, vec![request.into(), at.0.into()]).await.map(drop)
}

/// The open task of a request with whoever holds it.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub id: Uuid,
    pub desk: Desk,
    pub holder: Option<Uuid>,
}

pub(crate) async fn held(sql: &impl Sql, request: Uuid) -> Result<Option<Held>, StoreError> {
    let select = "SELECT id, body, role, holder FROM task WHERE request = $1 AND done_at IS NULL LIMIT 1";
    let row = sql.one(select, vec![request.into()]).await?;
    let held = |row: Row| {
        let desk = Desk { role: row.get("role")?, body: row.get("body")? };
        Ok(Held { id: row.get("id")?, desk, holder: row.get("holder")? })
    };
    row.map(held).transpose()
}

/// Whether this person held a task of the request, now or before.
pub(crate) async fn was_held_by(sql: &impl Sql, request: Uuid, person: Uuid) -> Result<bool, StoreError> {
    let select = "SELECT 1 AS one FROM task WHERE request = $1 AND holder = $2 LIMIT 1";
    Ok(sql.one(select, vec![request.into(), person.into()]).await?.is_some())
}

/// Gives an open task another holder, if it is still held as `seen`; false when somebody was faster.
pub(crate) async fn hand(
    tx: &Tx,
    task: Uuid,
    seen: Option<Uuid>,
    holder: Option<Uuid>,
) -> Result<bool, StoreError> {
    let mut values = vec![task.into(), holder.into()];
    let still = match seen {
        Some(seen) => {
            values.push(seen.into());
            "holder = $3"
        }
        None => "holder IS NULL",
    };
    let update = format!("UPDATE task SET holder = $2 WHERE id = $1 AND done_at IS NULL AND {still}");
    Ok(tx.run(&update, values).await? == 1)
}

pub(super) fn kind(row: &Row) -> Result<TaskKind, StoreError> {
    let word: String = row.get("kind")?;
    TaskKind::named(&word).ok_or_else(|| StoreError::Shape(format!("kind {word}")))
}
