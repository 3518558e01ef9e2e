//! The SQL of the levels that were set.

use authz::Failure;
use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::Setting;

/// What was set for a service, the newest first.
pub(crate) async fn of(sql: &impl Sql, entry: Uuid, limit: i64) -> Result<Vec<Setting>, Failure> {
    let select = "SELECT version, level, reason, actor, at FROM service_level
        WHERE entry = $1 ORDER BY version DESC LIMIT $2";
    sql.all(select, vec![entry.into(), limit.into()]).await?.iter().map(read).collect()
}

pub(super) async fn insert(tx: &Tx, entry: Uuid, new: &Setting) -> Result<(), StoreError> {
    let insert = "INSERT INTO service_level (entry, version, level, reason, actor, at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let values = vec![
        entry.into(),
        new.version.into(),
        new.level.clone().into(),
        new.reason.clone().into(),
        new.actor.into(),
        new.at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

fn read(row: &Row) -> Result<Setting, Failure> {
    Ok(Setting {
        version: row.get("version")?,
        level: row.get("level")?,
        reason: row.get("reason")?,
        actor: row.get("actor")?,
        at: Timestamp(row.get("at")?),
    })
}
