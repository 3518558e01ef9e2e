//! The SQL of codes that lead back.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

pub(super) async fn put(
    tx: &Tx,
    person: Uuid,
    hash: &[u8],
    by: Uuid,
    (at, until): (Timestamp, Timestamp),
) -> Result<(), StoreError> {
    let upsert = "INSERT INTO identity_entry (person, hash, handed_by, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, handed_by = excluded.handed_by,
            made_at = excluded.made_at, expires_at = excluded.expires_at";
    let values = vec![person.into(), hash.to_vec().into(), by.into(), at.0.into(), until.0.into()];
    tx.run(upsert, values).await.map(drop)
}

pub(super) async fn is_good(
    sql: &impl Sql,
    person: Uuid,
    hash: &[u8],
    now: Timestamp,
) -> Result<bool, StoreError> {
    let select = "SELECT person FROM identity_entry WHERE person = $1 AND hash = $2 AND expires_at > $3";
    Ok(sql.one(select, vec![person.into(), hash.to_vec().into(), now.0.into()]).await?.is_some())
}

/// True when there was such a code; it is gone now.
pub(super) async fn take(tx: &Tx, person: Uuid, hash: &[u8], now: Timestamp) -> Result<bool, StoreError> {
    let delete = "DELETE FROM identity_entry WHERE person = $1 AND hash = $2 AND expires_at > $3";
    Ok(tx.run(delete, vec![person.into(), hash.to_vec().into(), now.0.into()]).await? == 1)
}

pub(crate) async fn forget(tx: &Tx, person: Uuid) -> Result<(), StoreError> {
    tx.run("DELETE FROM identity_entry WHERE person = $1", vec![person.into()]).await.map(drop)
}

pub(crate) async fn sweep(tx: &Tx, now: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM identity_entry WHERE expires_at <= $1", vec![now.0.into()]).await
}
