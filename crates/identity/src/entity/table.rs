//! The SQL of legal entities.

use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::LegalEntity;
use crate::Beneficiary;

pub async fn entity(sql: &impl Sql, id: Uuid) -> Result<Option<LegalEntity>, StoreError> {
    let select = "SELECT id AS entity, name_ar, name_en, kind, registration, abroad FROM identity_entity WHERE id = $1";
    sql.find(select, vec![id.into()], from_row).await
}

pub(super) async fn insert(tx: &Tx, entity: &LegalEntity, at: Timestamp) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO identity_entity (id, name_ar, name_en, kind, registration, abroad, registered_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = vec![
        entity.id.into(),
        entity.name.ar.clone().into(),
        entity.name.en.clone().into(),
        entity.kind.word().into(),
        entity.registration.clone().into(),
        entity.abroad.into(),
        at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

/// Reads the columns `entity, name_ar, name_en, kind, registration, abroad`.
pub(crate) fn from_row(row: &Row) -> Result<LegalEntity, StoreError> {
    let kind: String = row.get("kind")?;
    Ok(LegalEntity {
        id: row.get("entity")?,
        name: Text::new(row.get::<String>("name_ar")?, row.get::<String>("name_en")?),
        kind: Beneficiary::named(&kind)
            .ok_or_else(|| StoreError::Shape(format!("kind of entity: {kind}")))?,
        registration: row.get("registration")?,
        abroad: row.get("abroad")?,
    })
}
