//! The SQL of acknowledgements.

use clock::Timestamp;
use language::Text;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

/// The provider's own words for an entry, when it has any.
pub(crate) async fn of(sql: &impl Sql, entry: Uuid) -> Result<Option<(Text, Timestamp)>, StoreError> {
    let select = "SELECT text_ar, text_en, set_at FROM acknowledgement WHERE entry = $1";
    let Some(row) = sql.one(select, vec![entry.into()]).await? else { return Ok(None) };
    let text = Text::new(row.get::<String>("text_ar")?, row.get::<String>("text_en")?);
    Ok(Some((text, Timestamp(row.get("set_at")?))))
}

pub(crate) async fn set(
    tx: &Tx,
    entry: Uuid,
    text: &Text,
    by: Uuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    let upsert =
        "INSERT INTO acknowledgement (entry, text_ar, text_en, set_by, set_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (entry) DO UPDATE SET text_ar = $2, text_en = $3, set_by = $4, set_at = $5";
    let values = vec![entry.into(), text.ar.clone().into(), text.en.clone().into(), by.into(), at.0.into()];
    tx.run(upsert, values).await.map(drop)
}
