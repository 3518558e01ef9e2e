//! What is due is ordered as a job, once, whichever node looks first; and a run whose process died is told as failed.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use authz::Failure;
use clock::{Clock, HOUR, MINUTE, Timestamp};
use jobs::{Job, JobError, Policy, Task, Work};
use serde_json::{Value, json};
use store::{Tx, Verb};

use super::{By, Kind, Run, RunState, record, table};
use crate::Operation;

pub const BACKUP_JOB: &str = "operation.backup";
pub const RESTORE_TEST_JOB: &str = "operation.restore_test";
/// How long after a run that failed the next one begins.
const AGAIN_AFTER: Duration = HOUR;
/// Tries of one job: a node may die in the middle of it.
const ATTEMPTS_MAX: u32 = 3;

/// Orders what is due.
pub(crate) struct Order {
    cadences: Vec<(Kind, Duration)>,
    clock: Clock,
}

impl Order {
    /// Nothing is due where there is no place for backups.
    pub fn of(operation: &Operation) -> Order {
        let kinds = if operation.place.backups.is_some() { &Kind::ALL[..] } else { &[] };
        let cadences = kinds.iter().map(|kind| (*kind, operation.cadence(*kind))).collect();
        Order { cadences, clock: operation.clock.clone() }
    }
}

impl Verb for Order {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let now = self.clock.now();
        for lost in table::overdue(tx, now - backup::TAKE_TIME_MAX).await? {
            let failed = lost.failed(now, "it was broken off: the process that carried it out ended");
            record::end(tx, &failed, Value::Null).await?;
        }
        let has_backup = table::last_done(tx, Kind::Backup).await?.is_some();
        for (kind, cadence) in &self.cadences {
            let last = table::last(tx, *kind).await?;
            let can = *kind == Kind::Backup || has_backup;
            if can && is_due(last.as_ref(), *cadence, now) {
                let job = Job {
                    kind: if *kind == Kind::Backup { BACKUP_JOB } else { RESTORE_TEST_JOB },
                    key: "scheduled".to_owned(),
                    payload: json!({}),
                    run_at: now,
                };
                jobs::enqueue(tx, job).await?;
            }
        }
        Ok(())
    }
}

fn is_due(last: Option<&Run>, cadence: Duration, now: Timestamp) -> bool {
    match last {
        None => true,
        Some(last) => match last.state {
            RunState::Running => false,
            RunState::Done => now >= last.started_at + cadence,
            RunState::Failed => now >= last.started_at + AGAIN_AFTER.min(cadence),
        },
    }
}

fn policy() -> Policy {
    Policy {
        attempts_max: ATTEMPTS_MAX,
        delay_first: 5 * MINUTE,
        attempt_max: backup::TAKE_TIME_MAX,
        ..Policy::default()
    }
}

/// JOB. The backup that is due.
pub struct TakeBackup(pub Arc<Operation>);

#[async_trait]
impl Work for TakeBackup {
    fn kind(&self) -> &'static str {
        BACKUP_JOB
    }

    fn policy(&self) -> Policy {
        policy()
    }

    /// A failure is in the row of the run and rings; the next one is ordered an hour later.
    async fn run(&self, _: &Task) -> Result<(), JobError> {
        self.0.back_up(By::Schedule, None).await.map(drop).or_else(told)
    }
}

/// JOB. The restore test that is due.
pub struct TestRestore(pub Arc<Operation>);

#[async_trait]
impl Work for TestRestore {
    fn kind(&self) -> &'static str {
        RESTORE_TEST_JOB
    }

    fn policy(&self) -> Policy {
        policy()
    }

    async fn run(&self, _: &Task) -> Result<(), JobError> {
        self.0.test_restore(By::Schedule).await.map(drop).or_else(told)
    }
}

fn told(failure: Failure) -> Result<(), JobError> {
    tracing::error!(%failure, "a scheduled run failed");
    Ok(())
}

#[cfg(test)]
mod tests {
    use clock::{DAY, SECOND};
    use uuid::Uuid;

    use super::*;

    fn check(last: Option<(RunState, Duration)>, expected: bool) {
        let now = Timestamp(1_000_000_000_000_000);
        let last = last.map(|(state, age)| Run {
            state,
            ..Run::begun(Uuid::nil(), Kind::Backup, By::Schedule, now - age)
        });
        assert_eq!(is_due(last.as_ref(), DAY, now), expected, "{last:?}");
    }

    #[test]
    fn a_backup_is_due_a_day_after_the_last_and_an_hour_after_a_failure() {
        check(None, true);
        check(Some((RunState::Done, DAY - SECOND)), false);
        check(Some((RunState::Done, DAY)), true);
        check(Some((RunState::Failed, HOUR - SECOND)), false);
        check(Some((RunState::Failed, HOUR)), true);
        check(Some((RunState::Running, DAY)), false);
    }
}
