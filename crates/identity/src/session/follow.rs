//! A session is followed: somebody outside wants to hear when it ends. Whatever ends it orders the job for that in the same
//! transaction, and one that nobody ends is told of when its time is over.

use clock::Timestamp;
use jobs::Job;
use serde_json::json;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::table;

/// The kind of job that a followed session leaves behind. Its payload names the `session`; whoever lets sessions be followed
/// does the work.
pub const SESSION_OVER: &str = "identity.session_over";

/// From now on the end of this session is told. False when it is over already.
pub async fn follow(tx: &Tx, session: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let Some(open) = table::open_session(tx, session, now).await? else { return Ok(false) };
    table::set_followed(tx, session).await?;
    order(tx, session, "in_time", open.ends_at).await?;
    Ok(true)
}

/// `how` it ended is part of the key, so that the job for the end in time does not stand in the way of an earlier one.
pub(super) async fn order(tx: &Tx, session: Uuid, how: &str, at: Timestamp) -> Result<(), StoreError> {
    let payload = json!({ "session": session });
    jobs::enqueue(tx, Job { kind: SESSION_OVER, key: format!("{session}/{how}"), payload, run_at: at }).await
}
