//! The SQL of mandates.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::Mandate;
use crate::{LegalEntity, entity};

/// The mandates that the person holds at this moment, each with its entity, by the name of the entity.
pub async fn mandates(
    sql: &impl Sql,
    person: Uuid,
    now: Timestamp,
) -> Result<Vec<(Mandate, LegalEntity)>, StoreError> {
    let select = "SELECT m.id, m.person, m.entity, m.scope, m.from_at, m.until_at,
            e.name_ar, e.name_en, e.kind, e.registration, e.abroad
        FROM identity_mandate m JOIN identity_entity e ON e.id = m.entity
        WHERE m.person = $1 AND m.from_at <= $2 AND (m.until_at IS NULL OR m.until_at > $2)
        ORDER BY e.name_ar, m.id";
    let rows = sql.all(select, vec![person.into(), now.0.into()]).await?;
    rows.iter().map(|row| Ok((from_row(row)?, entity::table::from_row(row)?))).collect()
}

/// The open mandates for an entity, the widest first, then by age.
pub async fn mandates_of(
    sql: &impl Sql,
    entity: Uuid,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Mandate>, StoreError> {
    let select = "SELECT id, person, entity, scope, from_at, until_at FROM identity_mandate
        WHERE entity = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)
        ORDER BY CASE WHEN scope = 'all' THEN 0 ELSE 1 END, id LIMIT $3";
    let rows = sql.all(select, vec![entity.into(), now.0.into(), limit.into()]).await?;
    rows.iter().map(from_row).collect()
}

pub async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Mandate>, StoreError> {
    let select = "SELECT id, person, entity, scope, from_at, until_at FROM identity_mandate WHERE id = $1";
    sql.find(select, vec![id.into()], from_row).await
}

pub(super) async fn insert(tx: &Tx, mandate: &Mandate) -> Result<(), StoreError> {
    let insert = "INSERT INTO identity_mandate (id, person, entity, scope, from_at, until_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let values = vec![
        mandate.id.into(),
        mandate.person.into(),
        mandate.entity.into(),
        mandate.scope.clone().into(),
        mandate.from.0.into(),
        mandate.until.map(Timestamp::micros).into(),
    ];
    tx.run(insert, values).await.map(drop)
}

/// True when the mandate was still open at `at` and ends there now.
pub(super) async fn end(tx: &Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update =
        "UPDATE identity_mandate SET until_at = $2 WHERE id = $1 AND (until_at IS NULL OR until_at > $2)";
    Ok(tx.run(update, vec![id.into(), at.0.into()]).await? == 1)
}

fn from_row(row: &Row) -> Result<Mandate, StoreError> {
    Ok(Mandate {
        id: row.get("id")?,
        person: row.get("person")?,
        entity: row.get("entity")?,
        scope: row.get("scope")?,
        from: Timestamp(row.get("from_at")?),
        until: row.get::<Option<i64>>("until_at")?.map(Timestamp),
    })
}
