//! The SQL of visits.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::Visit;
use crate::token::Code;

/// More than all systems of all bodies; no session and no person reaches as many.
const AT_ONCE: i64 = 10_000;

/// The visit of a session at a system: a new one, or the one that it has. What was over begins anew.
pub(crate) async fn begin(tx: &Tx, code: &Code, at: Timestamp) -> Result<Uuid, StoreError> {
    let upsert =
        "INSERT INTO openid_visit (id, session, client, person, began_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (session, client) DO UPDATE SET told_at = NULL RETURNING id";
    let id = Uuid::now_v7();
    let values = vec![id.into(), code.session.into(), code.client.into(), code.person.into(), at.0.into()];
    tx.one(upsert, values).await?.map_or(Ok(id), |row| row.get("id"))
}

pub(super) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Visit>, StoreError> {
    let select = "SELECT id, client, person, told_at FROM openid_visit WHERE id = $1";
    sql.find(select, vec![id.into()], read).await
}

/// Visits of a session of whose end nobody was told.
pub(super) async fn untold(sql: &impl Sql, session: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let select = "SELECT id FROM openid_visit WHERE session = $1 AND told_at IS NULL ORDER BY id LIMIT $2";
    sql.list(select, vec![session.into(), AT_ONCE.into()], |row| row.get("id")).await
}

/// The same for a person at a system.
pub(crate) async fn untold_of(sql: &impl Sql, client: Uuid, person: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let select = "SELECT id FROM openid_visit WHERE client = $1 AND person = $2 AND told_at IS NULL
        ORDER BY id LIMIT $3";
    sql.list(select, vec![client.into(), person.into(), AT_ONCE.into()], |row| row.get("id")).await
}

pub(super) async fn told(tx: &Tx, id: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE openid_visit SET told_at = $2 WHERE id = $1 AND told_at IS NULL";
    tx.run(update, vec![id.into(), at.0.into()]).await.map(drop)
}

pub(crate) async fn sweep(tx: &Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM openid_visit WHERE began_at < $1", vec![before.0.into()]).await
}

fn read(row: &Row) -> Result<Visit, StoreError> {
    Ok(Visit {
        id: row.get("id")?,
        client: row.get("client")?,
        person: row.get("person")?,
        is_told: row.get::<Option<i64>>("told_at")?.is_some(),
    })
}
