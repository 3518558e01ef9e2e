//! The SQL of requirements.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::Requirement;

const COLUMNS: &str =
    "id, body, parameter, demanded, duty, reason, from_at, is_national, set_by, ended_at, end_reason";
/// Requirements of one body that are not ended; a body with more has written a regulation of its own.
pub(super) const OPEN_MAX: i64 = 200;

pub(super) async fn insert(tx: &Tx, new: &Requirement, at: Timestamp) -> Result<(), StoreError> {
    let insert = "INSERT INTO compliance_requirement (id, body, parameter, demanded, duty, reason, from_at, is_national,
            set_by, set_at, end_reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '')";
    let values = vec![
        new.id.into(),
        new.body.into(),
        new.parameter.clone().into(),
        new.value.clone().into(),
        new.duty.clone().into(),
        new.reason.clone().into(),
        new.from_at.0.into(),
        new.is_national.into(),
        new.set_by.into(),
        at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(super) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Requirement>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM compliance_requirement WHERE id = $1");
    sql.find(&select, vec![id.into()], read).await
}

/// False when it was ended meanwhile.
pub(super) async fn end(
    tx: &Tx,
    id: Uuid,
    (reason, by): (&str, Uuid),
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update = "UPDATE compliance_requirement SET ended_at = $2, ended_by = $3, end_reason = $4
        WHERE id = $1 AND ended_at IS NULL";
    Ok(tx.run(update, vec![id.into(), at.0.into(), by.into(), reason.into()]).await? == 1)
}

/// What a body has to keep now, the oldest first.
pub(super) async fn in_force(
    sql: &impl Sql,
    body: Uuid,
    at: Timestamp,
) -> Result<Vec<Requirement>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_requirement
         WHERE body = $1 AND from_at <= $2 AND (ended_at IS NULL OR ended_at > $2) ORDER BY id LIMIT $3"
    );
    sql.list(&select, vec![body.into(), at.0.into(), OPEN_MAX.into()], read).await
}

pub(super) async fn open_count(sql: &impl Sql, body: Uuid) -> Result<i64, StoreError> {
    let select = "SELECT COUNT(*) AS held FROM compliance_requirement WHERE body = $1 AND ended_at IS NULL";
    let row = sql.one(select, vec![body.into()]).await?;
    row.map_or(Ok(0), |row| row.get("held"))
}

/// All of one body, the newest first.
pub(super) async fn listed(
    sql: &impl Sql,
    body: Uuid,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Requirement>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_requirement WHERE body = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
    );
    sql.list(&select, vec![body.into(), before.into(), limit.into()], read).await
}

fn read(row: &Row) -> Result<Requirement, StoreError> {
    Ok(Requirement {
        id: row.get("id")?,
        body: row.get("body")?,
        parameter: row.get("parameter")?,
        value: row.get("demanded")?,
        duty: row.get("duty")?,
        reason: row.get("reason")?,
        from_at: Timestamp(row.get("from_at")?),
        is_national: row.get("is_national")?,
        set_by: row.get("set_by")?,
        ended_at: row.get::<Option<i64>>("ended_at")?.map(Timestamp),
        end_reason: row.get("end_reason")?,
    })
}
