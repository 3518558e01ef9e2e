//! Everybody whom a version binds is assigned its acknowledgement once it is in force, by a job, because they may be many; and
//! every hour whoever has joined since (OM-SOC-S.1).

use std::{collections::BTreeSet, sync::Arc};

use async_trait::async_trait;
use authz::{Failure, Refusal};
use clock::{DAY, Timestamp};
use jobs::{Job, JobError, Task, Work};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Assignment, REMINDED_BEFORE_DAYS, table};
use crate::{
    Register,
    policy::{Policy, table as policies},
    telling::message,
    version::{Version, table as versions},
};

/// The kind of job.
const KIND: &str = "policies.assign";
/// People that one transaction assigns.
const PEOPLE_AT_ONCE: i64 = 200;
/// How long a month counts where a refresher is asked for.
const MONTH_DAYS: u32 = 30;
/// Policies of one round of the hourly house.
const POLICIES_AT_ONCE: i64 = 100;

/// Orders the job for the moment at which a version comes into force, in the transaction of its publication.
pub(crate) async fn order(tx: &Tx, version: Uuid, at: Timestamp) -> Result<(), Failure> {
    let job =
        Job { kind: KIND, key: version.to_string(), payload: json!({ "version": version }), run_at: at };
    jobs::enqueue(tx, job).await?;
    Ok(())
}

/// The worker of it.
pub struct AssignPolicies(pub Arc<Register>);

#[async_trait]
impl Work for AssignPolicies {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let version = task.payload.get("version").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
        let version = version.ok_or_else(|| JobError::Never("the payload names no version".into()))?;
        self.0.assign(version).await.map_err(JobError::of)
    }
}

impl Register {
    /// Assigns a version to everybody whom it binds and who is not assigned.
    pub(crate) async fn assign(&self, version: Uuid) -> Result<(), Failure> {
        while self.store.write(AssignSome { version, at: self.clock.now() }).await? {}
        self.ledger.wake();
        Ok(())
    }

    /// Whoever has joined is assigned, and what is to be refreshed is asked for again.
    pub(crate) async fn assign_joiners(&self) -> Result<(), Failure> {
        let mut after = Uuid::nil();
        loop {
            let now = self.clock.now();
            let some = policies::binding_versions(&self.store.read(), now, after, POLICIES_AT_ONCE).await?;
            let Some((last, _)) = some.last() else { return Ok(()) };
            after = *last;
            for (_, version) in some {
                self.assign(version).await?;
                self.store.write(Refresh { version, at: now }).await?;
            }
        }
    }
}

struct AssignSome {
    version: Uuid,
    at: Timestamp,
}

impl Verb for AssignSome {
    /// Whether there may be more.
    type Answer = bool;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<bool, Failure> {
        let version = versions::find(tx, self.version).await?.ok_or_else(Refusal::not_found)?;
        let policy = policies::find(tx, version.policy).await?.ok_or_else(Refusal::not_found)?;
        let current = versions::in_force(tx, policy.id, self.at).await?;
        // A newer version came into force before this one was assigned to all: it asks them itself.
        if current.is_none_or(|current| current.id != version.id) {
            return Ok(false);
        }
        let mut told = BTreeSet::new();
        let mut assigned = 0;
        for ask in version.content.asks() {
            let body = (!policy.is_everywhere).then_some(policy.body);
            let found = table::to_assign(tx, version.id, &ask, (body, self.at), PEOPLE_AT_ONCE).await?;
            for worker in found {
                assigned += i64::from(self.one(tx, &version, &ask.clause, &worker).await?);
                told.insert(worker.person);
            }
        }
        if version.notifies {
            self.tell(tx, &policy, &version, told).await?;
        }
        if assigned > 0 {
            self.record(tx, &policy, &version, assigned).await?;
        }
        Ok(assigned > 0)
    }
}

impl AssignSome {
    async fn one(
        &self,
        tx: &Tx,
        version: &Version,
        clause: &str,
        worker: &table::Worker,
    ) -> Result<bool, Failure> {
        let (due_at, remind_at) = days(version, self.at);
        let new = Assignment {
            id: Uuid::now_v7(),
            policy: version.policy,
            version: version.id,
            clause: clause.to_owned(),
            person: worker.person,
            body: worker.body,
            unit: worker.unit,
            assigned_at: self.at,
            due_at,
            acknowledged_at: None,
        };
        Ok(table::insert(tx, &new, remind_at).await?)
    }

    async fn tell(
        &self,
        tx: &Tx,
        policy: &Policy,
        version: &Version,
        people: BTreeSet<Uuid>,
    ) -> Result<(), Failure> {
        let people: Vec<Uuid> = people.into_iter().collect();
        let (due_at, _) = days(version, self.at);
        compliance::tell(tx, &people, self.at, |to| {
            message(to, "policy-assigned", policy.ledger_subject(), policy.href())
                .text("title", &version.content.title())
                .word("issue", &version.content.issue)
                .moment("due_on", due_at)
        })
        .await
    }

    async fn record(&self, tx: &Tx, policy: &Policy, version: &Version, count: i64) -> Result<(), Failure> {
        let entry = ledger::Entry {
            kind: "policy.assigned",
            subject: policy.ledger_subject(),
            actor: None,
            controls: &["OM-SOC-S.1"],
            body: json!({ "body": policy.body, "version": version.number, "assignments": count,
                "notifies": version.notifies }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

/// By when it has to be acknowledged, and when the first reminder comes.
fn days(version: &Version, from: Timestamp) -> (Timestamp, Timestamp) {
    let days = u32::try_from(version.content.due_days).unwrap_or_default();
    (from + DAY * days, from + DAY * days.saturating_sub(REMINDED_BEFORE_DAYS))
}

/// Asks again for what was acknowledged longer ago than the version lets it hold (IQ-SOC-10.3).
struct Refresh {
    version: Uuid,
    at: Timestamp,
}

impl Verb for Refresh {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let version = versions::find(tx, self.version).await?.ok_or_else(Refusal::not_found)?;
        let months = u32::try_from(version.content.repeat_months).unwrap_or_default();
        if months == 0 {
            return Ok(());
        }
        let before = self.at - DAY * (months * MONTH_DAYS);
        let count = table::refresh(tx, version.id, before, days(&version, self.at)).await?;
        if count == 0 {
            return Ok(());
        }
        let entry = ledger::Entry {
            kind: "policy.refreshed",
            subject: format!("policy/{}", version.policy),
            actor: None,
            controls: &["IQ-SOC-10.3"],
            body: json!({ "version": version.number, "assignments": count }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
