//! The SQL of units.

use language::Text;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::Unit;

/// The units of a body, by slug.
pub async fn units(sql: &impl Sql, body: Uuid) -> Result<Vec<Unit>, StoreError> {
    let select =
        "SELECT id, body, slug, name_ar, name_en FROM organisations_unit WHERE body = $1 ORDER BY slug";
    sql.list(select, vec![body.into()], from_row).await
}

pub async fn unit(sql: &impl Sql, id: Uuid) -> Result<Option<Unit>, StoreError> {
    let select = "SELECT id, body, slug, name_ar, name_en FROM organisations_unit WHERE id = $1";
    sql.find(select, vec![id.into()], from_row).await
}

pub(super) async fn insert(tx: &Tx, unit: &Unit) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO organisations_unit (id, body, slug, name_ar, name_en) VALUES ($1, $2, $3, $4, $5)";
    let values = vec![
        unit.id.into(),
        unit.body.into(),
        unit.slug.clone().into(),
        unit.name.ar.clone().into(),
        unit.name.en.clone().into(),
    ];
    tx.run(insert, values).await.map(drop)
}

fn from_row(row: &Row) -> Result<Unit, StoreError> {
    Ok(Unit {
        id: row.get("id")?,
        body: row.get("body")?,
        slug: row.get("slug")?,
        name: Text::new(row.get::<String>("name_ar")?, row.get::<String>("name_en")?),
    })
}
