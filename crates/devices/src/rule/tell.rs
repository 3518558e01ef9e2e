//! Each change of the list of banned applications is told to everybody who holds a device (KW-RW-9.1.2.j2): by a job,
//! because they may be many, and each of them once, because the job remembers whom it told last.

use std::sync::Arc;

use async_trait::async_trait;
use authz::{Failure, Refusal};
use clock::Timestamp;
use jobs::{Job, JobError, Task, Work};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Rule, RuleKind, table};
use crate::{Devices, device, telling::message};

/// The kind of job.
const KIND: &str = "devices.tell_of_rule";
/// Holders that one transaction tells.
const HOLDERS_AT_ONCE: i64 = 200;

/// Orders the job, in the transaction of the change.
pub(super) async fn order(tx: &Tx, rule: &Rule, at: Timestamp) -> Result<(), Failure> {
    if rule.kind != RuleKind::Banned {
        return Ok(());
    }
    let key = format!("{}/{}", rule.id, if rule.ended_at.is_some() { "ended" } else { "made" });
    let job = Job { kind: KIND, key, payload: json!({ "rule": rule.id }), run_at: at };
    jobs::enqueue(tx, job).await?;
    Ok(())
}

/// The worker of it.
pub struct TellOfRule(pub Arc<Devices>);

#[async_trait]
impl Work for TellOfRule {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let rule = task.payload.get("rule").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
        let rule = rule.ok_or_else(|| JobError::Never("the payload names no rule".into()))?;
        let at = self.0.clock.now();
        while self.0.store.write(TellSome { rule, at }).await.map_err(JobError::of)? {}
        Ok(())
    }
}

struct TellSome {
    rule: Uuid,
    at: Timestamp,
}

impl Verb for TellSome {
    /// Whether there may be more to tell.
    type Answer = bool;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<bool, Failure> {
        let rule = table::find(tx, self.rule).await?.ok_or_else(Refusal::not_found)?;
        let after = table::told_to(tx, rule.id).await?;
        let holders = device::table::holders_after(tx, after, HOLDERS_AT_ONCE).await?;
        let Some(last) = holders.last() else { return Ok(false) };
        compliance::tell(tx, &holders, self.at, |to| {
            message(to, "device-rule", format!("device-rule/{}", rule.id), "/account/devices".into())
                .word("name", &rule.name)
                .word("outcome", if rule.ended_at.is_some() { "allowed" } else { "banned" })
                .word("words", &rule.why)
        })
        .await?;
        table::told(tx, rule.id, *last).await?;
        Ok(holders.len() as i64 == HOLDERS_AT_ONCE)
    }
}
