//! The SQL of failure counters.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};

use super::{Count, LOCK_WINDOW};

/// Counts one attempt and answers the new count. A window that has passed starts anew; the failure that fills
/// the count starts it anew as well, so that a lock lasts its whole length.
pub(super) async fn count(
    tx: &Tx,
    key: &[u8],
    failures_max: i64,
    now: Timestamp,
) -> Result<Count, StoreError> {
    let upsert = "INSERT INTO identity_gate (key, failures, since) VALUES ($1, 1, $2)
        ON CONFLICT (key) DO UPDATE SET
            failures = CASE WHEN identity_gate.since <= $3 THEN 1 ELSE identity_gate.failures + 1 END,
            since = CASE WHEN identity_gate.since <= $3 OR identity_gate.failures + 1 = $4
                THEN $2 ELSE identity_gate.since END
        RETURNING failures, since";
    let past = now - LOCK_WINDOW;
    let values = vec![key.to_vec().into(), now.0.into(), past.0.into(), failures_max.into()];
    let row = tx.one(upsert, values).await?.ok_or_else(|| StoreError::Shape("identity_gate".into()))?;
    Ok(Count { failures: row.get("failures")?, since: Timestamp(row.get("since")?) })
}

/// Gives an attempt back: it was right.
pub(crate) async fn give_back(tx: &Tx, key: &[u8]) -> Result<(), StoreError> {
    let update = "UPDATE identity_gate SET failures = failures - 1 WHERE key = $1 AND failures > 0";
    tx.run(update, vec![key.to_vec().into()]).await.map(drop)
}

/// Forgets the failures of somebody who proved who they are.
pub(crate) async fn forget(tx: &Tx, key: &[u8]) -> Result<(), StoreError> {
    tx.run("DELETE FROM identity_gate WHERE key = $1", vec![key.to_vec().into()]).await.map(drop)
}

/// Forgets counters whose window has passed; answers how many.
pub(crate) async fn sweep(tx: &Tx, now: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM identity_gate WHERE since <= $1", vec![(now - LOCK_WINDOW).0.into()]).await
}
