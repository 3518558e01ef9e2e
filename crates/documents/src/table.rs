//! The SQL of documents.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use crate::{Classification, Document, MediaType, State};

const COLUMNS: &str = "id, owner, name, media_type, sha256, bytes, state, classification, retention_until, created_at, place, housed_at";

/// The document, whatever its state.
pub async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Document>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM document WHERE id = $1");
    sql.one(&select, vec![id.into()]).await?.map(|row| read(&row)).transpose()
}

/// The documents of an owner that are there, the newest first; `after` is the last one already seen.
pub async fn list(
    sql: &impl Sql,
    owner: Uuid,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Document>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM document WHERE owner = $1 AND id < $2 AND state IN ('clean', 'unscanned')
         ORDER BY id DESC LIMIT $3"
    );
    let values = vec![owner.into(), after.unwrap_or(Uuid::max()).into(), (limit as i64).into()];
    sql.all(&select, values).await?.iter().map(read).collect()
}

/// Every document whose bytes are kept, of all owners, the oldest first; `after` is the last one already seen.
pub async fn all(sql: &impl Sql, after: Option<Uuid>, limit: u64) -> Result<Vec<Document>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM document WHERE id > $1 AND state IN ('clean', 'unscanned', 'quarantined')
         ORDER BY id LIMIT $2"
    );
    let values = vec![after.unwrap_or(Uuid::nil()).into(), (limit as i64).into()];
    sql.all(&select, values).await?.iter().map(read).collect()
}

/// Sets how long a document is kept; `None` keeps it until somebody decides. False when it is not there (any
/// more): whoever refers to it must then refuse.
pub async fn retain(tx: &Tx, id: Uuid, until: Option<Timestamp>) -> Result<bool, StoreError> {
    let update = "UPDATE document SET retention_until = $2 WHERE id = $1 AND state IN ('clean', 'unscanned')";
    Ok(tx.run(update, vec![id.into(), until.map(Timestamp::micros).into()]).await? == 1)
}

/// Binds a document to the storage of a provider, for good; it goes there when it is housed. False when it is bound to
/// another one, whose storage alone may hold it.
pub async fn bind(tx: &Tx, id: Uuid, place: &str) -> Result<bool, StoreError> {
    let update = "UPDATE document SET place = $2 WHERE id = $1 AND place IN ('', $2)";
    Ok(tx.run(update, vec![id.into(), place.into()]).await? == 1)
}

/// Closes a document to everybody: it was found to be what the portal may not hold. False when it is not open (any more).
pub async fn quarantine(tx: &Tx, id: Uuid) -> Result<bool, StoreError> {
    let update =
        "UPDATE document SET state = 'quarantined' WHERE id = $1 AND state IN ('clean', 'unscanned')";
    Ok(tx.run(update, vec![id.into()]).await? == 1)
}

/// Opens a document again that had been closed, and that a scanner has found clean just now. False when it was not closed.
pub async fn release(tx: &Tx, id: Uuid) -> Result<bool, StoreError> {
    let update = "UPDATE document SET state = 'clean' WHERE id = $1 AND state = 'quarantined'";
    Ok(tx.run(update, vec![id.into()]).await? == 1)
}

/// Documents that are bound to a storage and have not arrived there.
pub(crate) async fn on_their_way(sql: &impl Sql, limit: u64) -> Result<Vec<Document>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM document WHERE place <> '' AND housed_at IS NULL
            AND state NOT IN ('removing', 'removed') ORDER BY id LIMIT $1"
    );
    sql.all(&select, vec![(limit as i64).into()]).await?.iter().map(read).collect()
}

pub(crate) async fn housed(tx: &Tx, id: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE document SET housed_at = $2 WHERE id = $1 AND housed_at IS NULL";
    tx.run(update, vec![id.into(), at.micros().into()]).await.map(drop)
}

pub(crate) async fn any(sql: &impl Sql) -> Result<bool, StoreError> {
    Ok(sql.one("SELECT id FROM document LIMIT 1", vec![]).await?.is_some())
}

pub(crate) async fn insert(tx: &Tx, document: &Document) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO document ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    );
    let values = vec![
        document.id.into(),
        document.owner.into(),
        document.name.clone().into(),
        document.media_type.as_str().into(),
        document.sha256.clone().into(),
        (document.bytes as i64).into(),
        document.state.as_str().into(),
        document.classification.map(|level| level.as_str().to_owned()).into(),
        document.retention_until.map(Timestamp::micros).into(),
        document.created_at.micros().into(),
        document.place.clone().into(),
        document.housed_at.map(Timestamp::micros).into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

pub(crate) async fn files_of(sql: &impl Sql, owner: Uuid) -> Result<i64, StoreError> {
    let row = sql.one("SELECT files FROM document_owner WHERE owner = $1", vec![owner.into()]).await?;
    row.map_or(Ok(0), |row| row.get("files"))
}

/// How many files the owner has with this one. The row is locked until the commit, so no two pass together.
pub(crate) async fn count_one_more(tx: &Tx, owner: Uuid) -> Result<i64, StoreError> {
    let upsert = "INSERT INTO document_owner (owner, files) VALUES ($1, 1)
        ON CONFLICT (owner) DO UPDATE SET files = document_owner.files + 1 RETURNING files";
    let row = tx.one(upsert, vec![owner.into()]).await?;
    row.ok_or_else(|| StoreError::Shape("document_owner".into()))?.get("files")
}

pub(crate) async fn count_one_less(tx: &Tx, owner: Uuid) -> Result<(), StoreError> {
    let update = "UPDATE document_owner SET files = files - 1 WHERE owner = $1 AND files > 0";
    tx.run(update, vec![owner.into()]).await.map(drop)
}

/// Marks what has passed its time; answers ids and owners. The name goes at once: it may be personal.
pub(crate) async fn expire(tx: &Tx, now: i64, limit: u64) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    let update = "UPDATE document SET state = 'removing', name = ''
        WHERE id IN (SELECT id FROM document WHERE retention_until <= $1 AND state IN ('clean', 'unscanned')
                     ORDER BY retention_until, id LIMIT $2)
          AND retention_until <= $1 AND state IN ('clean', 'unscanned')
        RETURNING id, owner";
    let rows = tx.all(update, vec![now.into(), (limit as i64).into()]).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("owner")?))).collect()
}

pub(crate) async fn removing(sql: &impl Sql, limit: u64) -> Result<Vec<Document>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM document WHERE state = 'removing' ORDER BY id LIMIT $1");
    sql.all(&select, vec![(limit as i64).into()]).await?.iter().map(read).collect()
}

/// The row stays as evidence of what was there and until when; without a time it is not walked again.
pub(crate) async fn close(tx: &Tx, id: Uuid) -> Result<u64, StoreError> {
    tx.run("UPDATE document SET state = 'removed' WHERE id = $1 AND state = 'removing'", vec![id.into()])
        .await
}

fn read(row: &Row) -> Result<Document, StoreError> {
    let media_type: String = row.get("media_type")?;
    let state: String = row.get("state")?;
    let classification: Option<String> = row.get("classification")?;
    Ok(Document {
        id: row.get("id")?,
        owner: row.get("owner")?,
        name: row.get("name")?,
        media_type: MediaType::named(&media_type).ok_or(StoreError::Shape(media_type))?,
        sha256: row.get("sha256")?,
        bytes: row.get::<i64>("bytes")? as u64,
        state: match state.as_str() {
            "clean" => State::Clean,
            "unscanned" => State::Unscanned,
            "quarantined" => State::Quarantined,
            _ => State::Removed,
        },
        classification: classification.as_deref().and_then(Classification::named),
        retention_until: row.get::<Option<i64>>("retention_until")?.map(Timestamp),
        created_at: Timestamp(row.get("created_at")?),
        place: row.get("place")?,
        housed_at: row.get::<Option<i64>>("housed_at")?.map(Timestamp),
    })
}
