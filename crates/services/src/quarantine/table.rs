//! The SQL of quarantine.

use clock::Timestamp;
use store::{StoreError, Tx};
use uuid::Uuid;

pub(super) struct Found<'a> {
    pub document: Uuid,
    pub request: Uuid,
    pub level: &'a str,
    pub reason: &'a str,
    pub officer: Uuid,
    pub at: Timestamp,
}

pub(super) async fn insert(tx: &Tx, found: &Found<'_>) -> Result<(), StoreError> {
    let insert = "INSERT INTO document_quarantine (document, request, level, reason, officer, at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let values = vec![
        found.document.into(),
        found.request.into(),
        found.level.into(),
        found.reason.into(),
        found.officer.into(),
        found.at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}
