//! The SQL of uploads.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Place, Upload};

const COLUMNS: &str = "id, person, name, metadata, bytes, arrived, draft, evidence, document, expires_at";

pub(crate) async fn own(sql: &impl Sql, person: Uuid, id: Uuid) -> Result<Option<Upload>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM upload WHERE id = $1 AND person = $2");
    sql.one(&select, vec![id.into(), person.into()]).await?.as_ref().map(upload).transpose()
}

/// What is on its way to a draft, oldest first.
pub(crate) async fn of_draft(
    sql: &impl Sql,
    person: Uuid,
    draft: Uuid,
    now: Timestamp,
) -> Result<Vec<Upload>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM upload WHERE person = $1 AND draft = $2 AND document IS NULL AND expires_at > $3
         ORDER BY id LIMIT $4"
    );
    let values = vec![person.into(), draft.into(), now.0.into(), super::UPLOADS_OPEN_MAX.into()];
    sql.all(&select, values).await?.iter().map(upload).collect()
}

pub(crate) async fn open_of(sql: &impl Sql, person: Uuid, now: Timestamp) -> Result<i64, StoreError> {
    let count =
        "SELECT COUNT(*) AS found FROM upload WHERE person = $1 AND document IS NULL AND expires_at > $2";
    let row = sql.one(count, vec![person.into(), now.0.into()]).await?;
    row.map_or(Ok(0), |row| row.get("found"))
}

pub(crate) async fn insert(tx: &Tx, upload: &Upload) -> Result<(), StoreError> {
    let insert = format!("INSERT INTO upload ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
    let place = upload.place.as_ref();
    let values = vec![
        upload.id.into(),
        upload.person.into(),
        upload.name.clone().into(),
        upload.metadata.clone().into(),
        (upload.bytes as i64).into(),
        (upload.arrived as i64).into(),
        place.map(|place| place.draft).into(),
        place.map(|place| place.evidence.clone()).unwrap_or_default().into(),
        upload.document.into(),
        upload.expires_at.0.into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

/// Moves the offset from where it was thought to be; false when it is elsewhere, or the upload is gone or done.
pub(crate) async fn advance(
    tx: &Tx,
    upload: &Upload,
    to: u64,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let update = "UPDATE upload SET arrived = $3, expires_at = $4
        WHERE id = $1 AND arrived = $2 AND document IS NULL";
    let values =
        vec![upload.id.into(), (upload.arrived as i64).into(), (to as i64).into(), expires_at.0.into()];
    Ok(tx.run(update, values).await? == 1)
}

pub(crate) async fn finish(
    tx: &Tx,
    upload: &Upload,
    document: Uuid,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let update = "UPDATE upload SET arrived = bytes, document = $3, expires_at = $4
        WHERE id = $1 AND arrived = $2 AND document IS NULL";
    let values = vec![upload.id.into(), (upload.arrived as i64).into(), document.into(), expires_at.0.into()];
    Ok(tx.run(update, values).await? == 1)
}

pub(crate) async fn insert_part(tx: &Tx, upload: &Upload, part: Uuid) -> Result<(), StoreError> {
    let insert = "INSERT INTO upload_part (upload, begins_at, part) VALUES ($1, $2, $3)";
    tx.run(insert, vec![upload.id.into(), (upload.arrived as i64).into(), part.into()]).await.map(drop)
}

/// The parts of an upload in their order.
pub(crate) async fn parts(sql: &impl Sql, upload: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let select = "SELECT part FROM upload_part WHERE upload = $1 ORDER BY begins_at LIMIT $2";
    let rows = sql.all(select, vec![upload.into(), super::PARTS_MAX.into()]).await?;
    rows.iter().map(|row| row.get("part")).collect()
}

pub(crate) async fn count_parts(sql: &impl Sql, upload: Uuid) -> Result<i64, StoreError> {
    let count = "SELECT COUNT(*) AS found FROM upload_part WHERE upload = $1";
    sql.one(count, vec![upload.into()]).await?.map_or(Ok(0), |row| row.get("found"))
}

/// Takes the parts of an upload off the books; their bytes are the caller's to remove.
pub(crate) async fn take_parts(tx: &Tx, upload: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let rows =
        tx.all("DELETE FROM upload_part WHERE upload = $1 RETURNING part", vec![upload.into()]).await?;
    rows.iter().map(|row| row.get("part")).collect()
}

pub(crate) async fn remove(tx: &Tx, person: Uuid, id: Uuid) -> Result<bool, StoreError> {
    let delete = "DELETE FROM upload WHERE id = $1 AND person = $2";
    Ok(tx.run(delete, vec![id.into(), person.into()]).await? == 1)
}

/// Ends what nobody went on with.
pub(crate) async fn expire(tx: &Tx, now: Timestamp, limit: i64) -> Result<Vec<Uuid>, StoreError> {
    let delete = "DELETE FROM upload WHERE id IN
        (SELECT id FROM upload WHERE expires_at <= $1 ORDER BY expires_at, id LIMIT $2) RETURNING id";
    let rows = tx.all(delete, vec![now.0.into(), limit.into()]).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

fn upload(row: &Row) -> Result<Upload, StoreError> {
    let (draft, evidence): (Option<Uuid>, String) = (row.get("draft")?, row.get("evidence")?);
    Ok(Upload {
        id: row.get("id")?,
        person: row.get("person")?,
        name: row.get("name")?,
        metadata: row.get("metadata")?,
        bytes: row.get::<i64>("bytes")? as u64,
        arrived: row.get::<i64>("arrived")? as u64,
        place: draft.map(|draft| Place { draft, evidence }),
        document: row.get("document")?,
        expires_at: Timestamp(row.get("expires_at")?),
    })
}
