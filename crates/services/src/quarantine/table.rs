//! The SQL of quarantine.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

/// Why a document is closed.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub document: Uuid,
    pub request: Uuid,
    pub level: String,
    pub reason: String,
    pub officer: Uuid,
    pub at: Timestamp,
}

/// One that was released before is closed anew; the ledger keeps both.
pub(super) async fn insert(tx: &Tx, found: &Found) -> Result<(), StoreError> {
    let insert = "INSERT INTO document_quarantine (document, request, level, reason, officer, at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (document) DO UPDATE SET request = excluded.request, level = excluded.level,
            reason = excluded.reason, officer = excluded.officer, at = excluded.at, released_by = NULL,
            released_at = NULL, release_reason = NULL";
    let values = vec![
        found.document.into(),
        found.request.into(),
        found.level.clone().into(),
        found.reason.clone().into(),
        found.officer.into(),
        found.at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

/// Why a document is closed now; nothing for one that is not.
pub(super) async fn find(sql: &impl Sql, document: Uuid) -> Result<Option<Found>, StoreError> {
    let select = "SELECT document, request, level, reason, officer, at FROM document_quarantine
        WHERE document = $1 AND released_at IS NULL";
    sql.one(select, vec![document.into()]).await?.as_ref().map(read).transpose()
}

pub(super) async fn release(
    tx: &Tx,
    document: Uuid,
    by: Uuid,
    reason: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update = "UPDATE document_quarantine SET released_by = $2, released_at = $3, release_reason = $4
        WHERE document = $1 AND released_at IS NULL";
    Ok(tx.run(update, vec![document.into(), by.into(), at.0.into(), reason.into()]).await? == 1)
}

fn read(row: &Row) -> Result<Found, StoreError> {
    Ok(Found {
        document: row.get("document")?,
        request: row.get("request")?,
        level: row.get("level")?,
        reason: row.get("reason")?,
        officer: row.get("officer")?,
        at: Timestamp(row.get("at")?),
    })
}
