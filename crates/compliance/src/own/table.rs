//! The SQL of the controls that bodies ask of themselves.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::OwnControl;

const COLUMNS: &str = "id, body, number, title, duty, subject, cadence_days, added_by, added_at, ended_at";

/// Own controls that a body ever had; more would be a document of its own.
pub(super) const OWN_MAX: i64 = 200;

pub(super) async fn insert(tx: &Tx, new: &OwnControl) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO compliance_own_control ({COLUMNS}, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, '')"
    );
    let values = vec![
        new.id.clone().into(),
        new.body.into(),
        new.number.into(),
        new.title.clone().into(),
        new.duty.clone().into(),
        new.subject.clone().into(),
        new.cadence_days.into(),
        new.added_by.into(),
        new.added_at.0.into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

/// The number of the newest; 0 before there is one.
pub(super) async fn newest(sql: &impl Sql, body: Uuid) -> Result<i64, StoreError> {
    let select = "SELECT number FROM compliance_own_control WHERE body = $1 ORDER BY number DESC LIMIT 1";
    Ok(sql.find(select, vec![body.into()], |row| row.get("number")).await?.unwrap_or_default())
}

pub(super) async fn find(sql: &impl Sql, body: Uuid, id: &str) -> Result<Option<OwnControl>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM compliance_own_control WHERE id = $1 AND body = $2");
    sql.find(&select, vec![id.into(), body.into()], read).await
}

/// In the order in which they were added, ended ones too.
pub(super) async fn of_body(sql: &impl Sql, body: Uuid) -> Result<Vec<OwnControl>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_own_control WHERE body = $1 ORDER BY number LIMIT {OWN_MAX}"
    );
    sql.list(&select, vec![body.into()], read).await
}

/// False when somebody ended it before.
pub(super) async fn end(
    tx: &Tx,
    id: &str,
    reason: &str,
    by: Uuid,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update = "UPDATE compliance_own_control SET ended_at = $2, ended_by = $3, reason = $4
        WHERE id = $1 AND ended_at IS NULL";
    Ok(tx.run(update, vec![id.into(), at.0.into(), by.into(), reason.into()]).await? == 1)
}

fn read(row: &Row) -> Result<OwnControl, StoreError> {
    Ok(OwnControl {
        id: row.get("id")?,
        body: row.get("body")?,
        number: row.get("number")?,
        title: row.get("title")?,
        duty: row.get("duty")?,
        subject: row.get("subject")?,
        cadence_days: row.get("cadence_days")?,
        added_by: row.get("added_by")?,
        added_at: Timestamp(row.get("added_at")?),
        ended_at: row.get::<Option<i64>>("ended_at")?.map(Timestamp),
    })
}
