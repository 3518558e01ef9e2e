//! The SQL of units.

use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::Unit;

const COLUMNS: &str = "id, body, slug, name_ar, name_en, parent, sensitive_from, sensitive_reason";

/// The units of a body, by slug.
pub async fn units(sql: &impl Sql, body: Uuid) -> Result<Vec<Unit>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM organisations_unit WHERE body = $1 ORDER BY slug");
    sql.list(&select, vec![body.into()], from_row).await
}

pub async fn unit(sql: &impl Sql, id: Uuid) -> Result<Option<Unit>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM organisations_unit WHERE id = $1");
    sql.find(&select, vec![id.into()], from_row).await
}

pub(super) async fn insert(tx: &Tx, unit: &Unit) -> Result<(), StoreError> {
    let insert =
        format!("INSERT INTO organisations_unit ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    let values = vec![
        unit.id.into(),
        unit.body.into(),
        unit.slug.clone().into(),
        unit.name.ar.clone().into(),
        unit.name.en.clone().into(),
        unit.parent.into(),
        unit.sensitive_from.map(Timestamp::micros).into(),
        unit.sensitive_reason.clone().into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

pub(super) async fn save(tx: &Tx, unit: &Unit) -> Result<(), StoreError> {
    let update = "UPDATE organisations_unit SET name_ar = $2, name_en = $3, parent = $4, sensitive_from = $5,
        sensitive_reason = $6 WHERE id = $1";
    let values = vec![
        unit.id.into(),
        unit.name.ar.clone().into(),
        unit.name.en.clone().into(),
        unit.parent.into(),
        unit.sensitive_from.map(Timestamp::micros).into(),
        unit.sensitive_reason.clone().into(),
    ];
    tx.run(update, values).await.map(drop)
}

fn from_row(row: &Row) -> Result<Unit, StoreError> {
    Ok(Unit {
        id: row.get("id")?,
        body: row.get("body")?,
        slug: row.get("slug")?,
        name: Text::new(row.get::<String>("name_ar")?, row.get::<String>("name_en")?),
        parent: row.get("parent")?,
        sensitive_from: row.get::<Option<i64>>("sensitive_from")?.map(Timestamp),
        sensitive_reason: row.get("sensitive_reason")?,
    })
}
