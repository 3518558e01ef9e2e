//! The SQL of releases, and of how devices stand against them.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::Release;
use crate::authority::{Sight, seen};

const COLUMNS: &str = "id, system, version, published_on, note";
/// Releases in force at a time.
pub(super) const RELEASES_MAX: i64 = 200;
/// Versions of one system on the devices of all bodies.
const VERSIONS_MAX: i64 = 5_000;

pub(crate) async fn in_force(sql: &impl Sql) -> Result<Vec<Release>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM devices_release WHERE ended_at IS NULL ORDER BY published_on DESC, id DESC LIMIT $1"
    );
    sql.list(&select, vec![RELEASES_MAX.into()], read).await
}

/// Those of one system.
pub(crate) async fn of_system(sql: &impl Sql, system: &str) -> Result<Vec<Release>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM devices_release WHERE system = $1 AND ended_at IS NULL ORDER BY published_on, id LIMIT $2"
    );
    sql.list(&select, vec![system.into(), RELEASES_MAX.into()], read).await
}

pub(super) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Release>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM devices_release WHERE id = $1");
    sql.find(&select, vec![id.into()], read).await
}

/// False when there is one of this system and version.
pub(super) async fn insert(tx: &Tx, new: &Release, by: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let insert =
        "INSERT INTO devices_release (id, system, version, published_on, note, entered_at, entered_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let values = vec![
        new.id.into(),
        new.system.clone().into(),
        new.version.clone().into(),
        new.published_on.into(),
        new.note.clone().into(),
        at.0.into(),
        by.into(),
    ];
    Ok(tx.run(insert, values).await? == 1)
}

/// True when it was in force.
pub(super) async fn end(tx: &Tx, id: Uuid, by: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE devices_release SET ended_at = $3, ended_by = $2 WHERE id = $1 AND ended_at IS NULL";
    Ok(tx.run(update, vec![id.into(), by.into(), at.0.into()]).await? == 1)
}

/// How many devices of a body report a version.
#[derive(Clone, Debug)]
pub(super) struct Count {
    pub body: Uuid,
    pub version: String,
    pub devices: i64,
}

/// The devices in use that reported this system, of those that somebody sees.
pub(super) async fn versions(sql: &impl Sql, sight: &Sight, system: &str) -> Result<Vec<Count>, StoreError> {
    let mut values: Vec<Value> = vec![system.into(), VERSIONS_MAX.into()];
    let only = seen(sight, "body", &mut values);
    let select = format!(
        "SELECT body, version, COUNT(*) AS devices FROM devices_device
         WHERE LOWER(system) = $1 AND version <> '' AND state IN ('pending', 'active', 'non_compliant'){only}
         GROUP BY body, version ORDER BY body, version LIMIT $2"
    );
    let read = |row: &Row| {
        Ok(Count { body: row.get("body")?, version: row.get("version")?, devices: row.get("devices")? })
    };
    sql.list(&select, values, read).await
}

fn read(row: &Row) -> Result<Release, StoreError> {
    Ok(Release {
        id: row.get("id")?,
        system: row.get("system")?,
        version: row.get("version")?,
        published_on: row.get("published_on")?,
        note: row.get("note")?,
    })
}
