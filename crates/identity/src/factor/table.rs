//! The SQL of second factors.

use clock::Timestamp;
use store::{StoreError, Tx};
use uuid::Uuid;

pub(super) async fn put(tx: &Tx, person: Uuid, sealed: &[u8], at: Timestamp) -> Result<(), StoreError> {
    let upsert = "INSERT INTO identity_factor (person, sealed, last_step, enrolled_at) VALUES ($1, $2, 0, $3)
        ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed, last_step = 0,
            enrolled_at = excluded.enrolled_at";
    tx.run(upsert, vec![person.into(), sealed.to_vec().into(), at.0.into()]).await.map(drop)
}

/// True when no code of this step or a later one was used before; it is used now.
pub(crate) async fn use_step(tx: &Tx, person: Uuid, step: i64) -> Result<bool, StoreError> {
    let update = "UPDATE identity_factor SET last_step = $2 WHERE person = $1 AND last_step < $2";
    Ok(tx.run(update, vec![person.into(), step.into()]).await? == 1)
}
