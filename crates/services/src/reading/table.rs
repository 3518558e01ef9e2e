//! The SQL of readings.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::Reading;

const COLUMNS: &str = "request, person, body, role, purpose, at";

pub(super) async fn add(tx: &Tx, reading: &Reading) -> Result<(), StoreError> {
    let insert = format!("INSERT INTO reading (id, {COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    let values = vec![
        Uuid::now_v7().into(),
        reading.request.into(),
        reading.person.into(),
        reading.body.into(),
        reading.role.clone().into(),
        reading.purpose.clone().into(),
        reading.at.0.into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

/// The newest readings of a request.
pub(crate) async fn of_request(
    sql: &impl Sql,
    request: Uuid,
    limit: i64,
) -> Result<Vec<Reading>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM reading WHERE request = $1 ORDER BY id DESC LIMIT $2");
    sql.list(&select, vec![request.into(), limit.into()], reading).await
}

/// The last reading of a request by this person.
pub(super) async fn last_by(
    sql: &impl Sql,
    request: Uuid,
    person: Uuid,
) -> Result<Option<Reading>, StoreError> {
    let select =
        format!("SELECT {COLUMNS} FROM reading WHERE request = $1 AND person = $2 ORDER BY id DESC LIMIT 1");
    sql.find(&select, vec![request.into(), person.into()], reading).await
}

/// Whether this person did something on the request before.
pub(super) async fn acted(sql: &impl Sql, request: Uuid, person: Uuid) -> Result<bool, StoreError> {
    let select = "SELECT 1 AS one FROM request_step WHERE request = $1 AND actor = $2 LIMIT 1";
    Ok(sql.one(select, vec![request.into(), person.into()]).await?.is_some())
}

fn reading(row: &Row) -> Result<Reading, StoreError> {
    Ok(Reading {
        request: row.get("request")?,
        person: row.get("person")?,
        body: row.get("body")?,
        role: row.get("role")?,
        purpose: row.get("purpose")?,
        at: Timestamp(row.get("at")?),
    })
}
