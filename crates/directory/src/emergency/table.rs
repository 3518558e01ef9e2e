//! The SQL of those who are named for emergencies.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::Emergency;

const COLUMNS: &str = "id, body, person, reason, named_by, named_at, until_at, ended_at, uses, used_at";

pub(super) async fn insert(tx: &Tx, new: &Emergency) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO directory_emergency (id, body, person, reason, named_by, named_at, until_at, uses)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0)";
    let values = vec![
        new.id.into(),
        new.body.into(),
        new.person.into(),
        new.reason.clone().into(),
        new.named_by.into(),
        new.named_at.0.into(),
        new.until.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Emergency>, StoreError> {
    sql.find(&format!("SELECT {COLUMNS} FROM directory_emergency WHERE id = $1"), vec![id.into()], read).await
}

/// Those of a body, the newest first.
pub(crate) async fn listed(
    sql: &impl Sql,
    body: Uuid,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Emergency>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM directory_emergency WHERE body = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
    );
    sql.list(&select, vec![body.into(), before.into(), limit.into()], read).await
}

pub(super) async fn count(sql: &impl Sql, body: Uuid, now: Timestamp) -> Result<i64, StoreError> {
    let select = "SELECT COUNT(*) AS held FROM directory_emergency
        WHERE body = $1 AND ended_at IS NULL AND until_at > $2";
    let row = sql.one(select, vec![body.into(), now.0.into()]).await?;
    row.map_or(Ok(0), |row| row.get("held"))
}

/// Those by which somebody gets in at this moment.
pub(super) async fn of_person(
    sql: &impl Sql,
    person: Uuid,
    now: Timestamp,
) -> Result<Vec<Emergency>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM directory_emergency
         WHERE person = $1 AND ended_at IS NULL AND until_at > $2 ORDER BY id"
    );
    sql.list(&select, vec![person.into(), now.0.into()], read).await
}

pub(crate) async fn is_named(sql: &impl Sql, person: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    Ok(!of_person(sql, person, now).await?.is_empty())
}

pub(super) async fn used(tx: &Tx, id: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE directory_emergency SET uses = uses + 1, used_at = $2 WHERE id = $1";
    tx.run(update, vec![id.into(), at.0.into()]).await.map(drop)
}

/// True when it counted until now.
pub(super) async fn end(tx: &Tx, id: Uuid, by: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE directory_emergency SET ended_at = $3, ended_by = $2
        WHERE id = $1 AND ended_at IS NULL AND until_at > $3";
    Ok(tx.run(update, vec![id.into(), by.into(), at.0.into()]).await? == 1)
}

fn read(row: &Row) -> Result<Emergency, StoreError> {
    Ok(Emergency {
        id: row.get("id")?,
        body: row.get("body")?,
        person: row.get("person")?,
        reason: row.get("reason")?,
        named_by: row.get("named_by")?,
        named_at: Timestamp(row.get("named_at")?),
        until: Timestamp(row.get("until_at")?),
        ended_at: row.get::<Option<i64>>("ended_at")?.map(Timestamp),
        uses: row.get("uses")?,
        used_at: row.get::<Option<i64>>("used_at")?.map(Timestamp),
    })
}
