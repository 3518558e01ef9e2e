//! The SQL of the baseline.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Rule, RuleKind};

const COLUMNS: &str = "id, kind, name, least, why, made_at, ended_at";
/// Rules that are in force at a time.
pub(super) const RULES_MAX: i64 = 500;

/// The rules in force, by kind and name.
pub(crate) async fn in_force(sql: &impl Sql) -> Result<Vec<Rule>, StoreError> {
    let select =
        format!("SELECT {COLUMNS} FROM devices_rule WHERE ended_at IS NULL ORDER BY kind, name, id LIMIT $1");
    sql.list(&select, vec![RULES_MAX.into()], read).await
}

pub(super) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Rule>, StoreError> {
    sql.find(&format!("SELECT {COLUMNS} FROM devices_rule WHERE id = $1"), vec![id.into()], read).await
}

pub(super) async fn count(sql: &impl Sql) -> Result<i64, StoreError> {
    let row = sql.one("SELECT COUNT(*) AS held FROM devices_rule WHERE ended_at IS NULL", vec![]).await?;
    row.map_or(Ok(0), |row| row.get("held"))
}

pub(super) async fn insert(tx: &Tx, new: &Rule, by: Uuid) -> Result<(), StoreError> {
    let insert = "INSERT INTO devices_rule (id, kind, name, least, why, made_at, made_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = vec![
        new.id.into(),
        new.kind.word().into(),
        new.name.clone().into(),
        new.least.clone().into(),
        new.why.clone().into(),
        new.made_at.0.into(),
        by.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

/// Ends the rule of a kind about a name, if there is one in force.
pub(super) async fn replace(
    tx: &Tx,
    (kind, name): (RuleKind, &str),
    by: Uuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    let update = "UPDATE devices_rule SET ended_at = $4, ended_by = $3
        WHERE kind = $1 AND name = $2 AND ended_at IS NULL";
    tx.run(update, vec![kind.word().into(), name.into(), by.into(), at.0.into()]).await.map(drop)
}

/// True when it was in force. Holders are told from the first one on.
pub(super) async fn end(tx: &Tx, id: Uuid, by: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE devices_rule SET ended_at = $3, ended_by = $2, told_to = NULL
        WHERE id = $1 AND ended_at IS NULL";
    Ok(tx.run(update, vec![id.into(), by.into(), at.0.into()]).await? == 1)
}

/// The last holder who was told.
pub(super) async fn told_to(sql: &impl Sql, id: Uuid) -> Result<Uuid, StoreError> {
    let row = sql.one("SELECT told_to FROM devices_rule WHERE id = $1", vec![id.into()]).await?;
    let last: Option<Uuid> = row.map(|row| row.get("told_to")).transpose()?.flatten();
    Ok(last.unwrap_or(Uuid::nil()))
}

pub(super) async fn told(tx: &Tx, id: Uuid, last: Uuid) -> Result<(), StoreError> {
    let update = "UPDATE devices_rule SET told_to = $2 WHERE id = $1";
    tx.run(update, vec![id.into(), last.into()]).await.map(drop)
}

fn read(row: &Row) -> Result<Rule, StoreError> {
    let kind: String = row.get("kind")?;
    Ok(Rule {
        id: row.get("id")?,
        kind: RuleKind::named(&kind).ok_or_else(|| StoreError::Shape(format!("rule {kind}")))?,
        name: row.get("name")?,
        least: row.get("least")?,
        why: row.get("why")?,
        made_at: Timestamp(row.get("made_at")?),
        ended_at: row.get::<Option<i64>>("ended_at")?.map(Timestamp),
    })
}
