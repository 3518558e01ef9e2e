//! What is over goes: half-finished uploads, passed retention, ended sessions, answers to old idempotency keys; and
//! whoever answers for a card of the directory is asked to confirm it, and reminded of what is late; what compliance owes
//! in time is opened, ended and reminded of.
//! Safe on many nodes at once; what failed is taken up an hour later.

use std::time::Duration;

use authz::Failure;
use clock::{DAY, HOUR, Timestamp};
use store::{StoreError, Tx, Verb, forget_answers};

use crate::parts::Parts;

const EVERY: Duration = HOUR;
/// How long a call may be repeated under its key.
const ANSWERS_KEPT: Duration = Duration::from_secs(3 * 86_400);

struct ForgetAnswers {
    before: Timestamp,
}

impl Verb for ForgetAnswers {
    type Answer = u64;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<u64, StoreError> {
        forget_answers(tx, self.before).await
    }
}

pub async fn run(parts: &Parts) {
    loop {
        tokio::time::sleep(EVERY).await;
        if let Err(failure) = once(parts).await {
            tracing::warn!(%failure, "housekeeping is not done; it is tried again");
        }
    }
}

async fn once(parts: &Parts) -> Result<(), Failure> {
    let now = parts.clock.now();
    let swept = parts.documents.sweep().await?;
    let sessions = parts.store.write(identity::Sweep { at: now }).await?;
    let messages = parts.store.write(sms::SweepMessages { at: now }).await?;
    let answers = parts.store.write(ForgetAnswers { before: now - ANSWERS_KEPT }).await?;
    parts.store.write(services::ExpireDrafts { before: now - DAY * services::DRAFT_DAYS_MAX }).await?;
    let uploads = parts.services.expire_uploads().await?;
    let duties = parts.services.remind_owners().await?;
    let proposals = parts.services.remove_old_proposals().await?;
    parts.compliance.keep_house().await?;
    parts.devices.keep_house().await?;
    let sign_ins = parts.openid.keep_house().await?;
    parts.directories.keep_house().await?;
    parts.register.keep_house().await?;
    let deliveries = parts.services.forget_deliveries().await?;
    tracing::info!(
        ?swept,
        sessions,
        messages,
        answers,
        uploads,
        duties,
        proposals,
        deliveries,
        sign_ins,
        "housekeeping done"
    );
    Ok(())
}
