//! An account is shut, and opened again: both in the transaction of whoever has the reason, so that nothing of the person is
//! left open between the reason and its effect (KW-RW-9.5.5b).

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::table;
use crate::end_open;

/// Who calls with what such an account once opened is told so, and nobody else.
pub const ACCOUNT_DISABLED: Refusal =
    Refusal::new(Kind::NotIdentified, "account.disabled", &["KW-RW-9.5.5b"]);

/// Shuts an account: its sessions, its tokens and a sign-in under way end. Shut twice, it stays shut from the first time on.
pub async fn disable(tx: &Tx, person: Uuid, by: Uuid, at: Timestamp) -> Result<(), Failure> {
    let was_open = table::disable(tx, person, at).await?;
    let ended = end_open(tx, person, at).await?;
    let body = json!({ "sessions": ended.sessions, "tokens": ended.tokens, "was_open": was_open });
    record(tx, "account.disabled", (person, by), body, at).await?;
    Ok(())
}

/// Opens it again. What was ended stays ended: the person signs in anew. False when it was open.
pub async fn enable(tx: &Tx, person: Uuid, by: Uuid, reason: &str, at: Timestamp) -> Result<bool, Failure> {
    let was_shut = table::enable(tx, person).await?;
    if was_shut {
        record(tx, "account.enabled", (person, by), json!({ "reason": reason }), at).await?;
    }
    Ok(was_shut)
}

async fn record(
    tx: &Tx,
    kind: &'static str,
    (person, by): (Uuid, Uuid),
    body: serde_json::Value,
    at: Timestamp,
) -> Result<(), StoreError> {
    let controls: &[&str] = &["KW-RW-9.5.5b"];
    let entry = Entry { kind, subject: format!("person/{person}"), actor: Some(by), controls, body, at };
    ledger::append(tx, entry).await.map(drop)
}
