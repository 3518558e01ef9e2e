//! A password is ended by somebody else than its person: it opens nothing any more, and whatever was signed in with it ends
//! at once. Who may do that, and on what ground, is the caller's to decide.

use authz::Failure;
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Attack, AttackState, table};
use crate::{entry_code, password, session, token};

/// What ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    pub sessions: u64,
    pub tokens: u64,
}

/// Ends the password, all sessions and all tokens of a person. The second factors stay: they are the person's own.
pub async fn end_access(
    tx: &Tx,
    person: Uuid,
    by: Uuid,
    controls: &[&str],
    at: Timestamp,
) -> Result<Ended, Failure> {
    password::table::end(tx, person).await?;
    entry_code::table::forget(tx, person).await?;
    let ended = end_open(tx, person, at).await?;
    let entry = Entry {
        kind: "password.ended",
        subject: format!("person/{person}"),
        actor: Some(by),
        controls,
        body: json!({ "sessions_ended": ended.sessions, "tokens_ended": ended.tokens }),
        at,
    };
    ledger::append(tx, entry).await?;
    Ok(ended)
}

/// Ends all sessions and tokens of a person and a sign-in under way. The entry for the ledger is the caller's, who knows why.
pub async fn end_open(tx: &Tx, person: Uuid, at: Timestamp) -> Result<Ended, StoreError> {
    let sessions = session::table::end_all(tx, person, None, at).await?;
    session::table::drop_pending(tx, person).await?;
    let tokens = token::table::end_all(tx, person, at).await?;
    Ok(Ended { sessions, tokens })
}

/// The alert ends with the reset; false when it was over already.
pub async fn attack_reset(
    tx: &Tx,
    attack: &Attack,
    by: Uuid,
    matter: Uuid,
    at: Timestamp,
) -> Result<bool, StoreError> {
    table::end(tx, attack.id, (AttackState::Reset, ""), by, Some(matter), at).await
}

/// Whether somebody has no password, because it was ended or none was ever set.
pub async fn lacks_password(sql: &impl Sql, person: Uuid) -> Result<bool, StoreError> {
    password::table::is_missing(sql, person).await
}
