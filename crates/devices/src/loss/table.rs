//! The SQL of losses.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::Loss;
use crate::authority::Sight;

const COLUMNS: &str =
    "id, person, device, lost_at, reported_at, reported_by, words, enabled_at, enabled_by, reason";

pub(crate) async fn insert(tx: &Tx, new: &Loss) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO devices_loss (id, person, device, lost_at, reported_at, reported_by, words, reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, '')";
    let values = vec![
        new.id.into(),
        new.person.into(),
        new.device.into(),
        new.lost_at.0.into(),
        new.reported_at.0.into(),
        new.reported_by.into(),
        new.words.clone().into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Loss>, StoreError> {
    sql.find(&format!("SELECT {COLUMNS} FROM devices_loss WHERE id = $1"), vec![id.into()], read).await
}

/// Closes every loss of a person that is open: the account is one.
pub(crate) async fn enable(
    tx: &Tx,
    person: Uuid,
    (by, reason): (Uuid, &str),
    at: Timestamp,
) -> Result<(), StoreError> {
    let update = "UPDATE devices_loss SET enabled_at = $4, enabled_by = $2, reason = $3
        WHERE person = $1 AND enabled_at IS NULL";
    tx.run(update, vec![person.into(), by.into(), reason.into(), at.0.into()]).await.map(drop)
}

/// Those of people who work for bodies that somebody sees, the newest first.
pub(crate) async fn listed(
    sql: &impl Sql,
    sight: &Sight,
    only_open: bool,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Loss>, StoreError> {
    let mut values: Vec<Value> = vec![before.into(), limit.into()];
    let mut only = String::new();
    if !sight.all {
        let mut places = Vec::with_capacity(sight.bodies.len());
        for body in &sight.bodies {
            values.push((*body).into());
            places.push(format!("${}", values.len()));
        }
        only = format!(
            " AND person IN (SELECT a.person FROM organisations_appointment a WHERE a.body IN ({}))",
            places.join(", ")
        );
    }
    if only_open {
        only += " AND enabled_at IS NULL";
    }
    let select = format!("SELECT {COLUMNS} FROM devices_loss WHERE id < $1{only} ORDER BY id DESC LIMIT $2");
    sql.list(&select, values, read).await
}

fn read(row: &Row) -> Result<Loss, StoreError> {
    Ok(Loss {
        id: row.get("id")?,
        person: row.get("person")?,
        device: row.get("device")?,
        lost_at: Timestamp(row.get("lost_at")?),
        reported_at: Timestamp(row.get("reported_at")?),
        reported_by: row.get("reported_by")?,
        words: row.get("words")?,
        enabled_at: row.get::<Option<i64>>("enabled_at")?.map(Timestamp),
        enabled_by: row.get("enabled_by")?,
        reason: row.get("reason")?,
    })
}
