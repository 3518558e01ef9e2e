//! The SQL of recovery codes.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

pub(super) async fn insert(tx: &Tx, person: Uuid, hash: &[u8], at: Timestamp) -> Result<(), StoreError> {
    let insert = "INSERT INTO identity_recovery (person, hash, made_at) VALUES ($1, $2, $3)";
    tx.run(insert, vec![person.into(), hash.to_vec().into(), at.0.into()]).await.map(drop)
}

/// True when there was such a code; it is gone now.
pub(super) async fn take(tx: &Tx, person: Uuid, hash: &[u8]) -> Result<bool, StoreError> {
    let delete = "DELETE FROM identity_recovery WHERE person = $1 AND hash = $2";
    Ok(tx.run(delete, vec![person.into(), hash.to_vec().into()]).await? == 1)
}

pub(crate) async fn forget(tx: &Tx, person: Uuid) -> Result<(), StoreError> {
    tx.run("DELETE FROM identity_recovery WHERE person = $1", vec![person.into()]).await.map(drop)
}

/// Codes that are left.
pub(crate) async fn count(sql: &impl Sql, person: Uuid) -> Result<i64, StoreError> {
    let select = "SELECT COUNT(*) AS remaining FROM identity_recovery WHERE person = $1";
    let row = sql.one(select, vec![person.into()]).await?;
    row.ok_or_else(|| StoreError::Shape("identity_recovery".into()))?.get("remaining")
}
