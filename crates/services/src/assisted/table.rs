//! The SQL of assisted entries.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::Assisted;

const COLUMNS: &str = "id, officer, body, entry, applicant, reason, identified_by, consent_at, number";

pub(super) async fn insert(tx: &Tx, assisted: &Assisted) -> Result<(), StoreError> {
    let insert = format!("INSERT INTO assisted ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)");
    let values = vec![
        assisted.id.into(),
        assisted.officer.into(),
        assisted.body.into(),
        assisted.entry.into(),
        assisted.applicant.into(),
        assisted.reason.clone().into(),
        assisted.identified_by.clone().into(),
        assisted.consent_at.0.into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

/// Ties the request to it; false when there is one already.
pub(super) async fn entered(tx: &Tx, id: Uuid, number: &str) -> Result<bool, StoreError> {
    let update = "UPDATE assisted SET number = $2 WHERE id = $1 AND number IS NULL";
    Ok(tx.run(update, vec![id.into(), number.into()]).await? == 1)
}

/// An officer's own entry that was begun.
pub(super) async fn own(sql: &impl Sql, officer: Uuid, id: Uuid) -> Result<Option<Assisted>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM assisted WHERE id = $1 AND officer = $2");
    sql.find(&select, vec![id.into(), officer.into()], assisted).await
}

/// How a request was entered, when an officer entered it.
pub(crate) async fn of_number(sql: &impl Sql, number: &str) -> Result<Option<Assisted>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM assisted WHERE number = $1");
    sql.find(&select, vec![number.into()], assisted).await
}

/// Whether this officer entered the request.
pub(crate) async fn entered_by(sql: &impl Sql, number: &str, officer: Uuid) -> Result<bool, StoreError> {
    Ok(of_number(sql, number).await?.is_some_and(|assisted| assisted.officer == officer))
}

fn assisted(row: &Row) -> Result<Assisted, StoreError> {
    Ok(Assisted {
        id: row.get("id")?,
        officer: row.get("officer")?,
        body: row.get("body")?,
        entry: row.get("entry")?,
        applicant: row.get("applicant")?,
        reason: row.get("reason")?,
        identified_by: row.get("identified_by")?,
        consent_at: Timestamp(row.get("consent_at")?),
        number: row.get("number")?,
    })
}
