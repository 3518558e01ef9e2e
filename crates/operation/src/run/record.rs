//! A run begins and ends: its row, and at its end the entry of the ledger that is its evidence.

use authz::Failure;
use clock::Timestamp;
use serde_json::{Value, json};
use store::{Tx, Verb};

use super::{Kind, Run, RunState, table};

/// Characters of a reason that are kept.
const SAID_CHARACTERS_MAX: usize = 2_000;

pub(super) struct Begin(pub Run);

impl Verb for Begin {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        Ok(table::insert(tx, &self.0).await?)
    }
}

/// How a run ended, with what the ledger keeps of it.
pub(super) struct End {
    pub run: Run,
    pub evidence: Value,
}

impl Verb for End {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        end(tx, &self.run, self.evidence.clone()).await
    }
}

pub(super) async fn end(tx: &Tx, run: &Run, evidence: Value) -> Result<(), Failure> {
    let at = run.ended_at.unwrap_or(run.started_at);
    let kept = Run { said: run.said.chars().take(SAID_CHARACTERS_MAX).collect(), ..run.clone() };
    if !table::end(tx, &kept).await? {
        return Ok(());
    }
    let recorded = ledger::Entry {
        kind: ledger_kind(run),
        subject: format!("run/{}", run.id),
        actor: None,
        controls: &[run.kind.control()],
        body: json!({
            "by": run.by.word(),
            "snapshot": run.snapshot,
            "files": run.files,
            "bytes": run.bytes,
            "seconds": at.since(run.started_at).as_secs(),
            "evidence": evidence,
        }),
        at,
    };
    ledger::append(tx, recorded).await?;
    Ok(())
}

fn ledger_kind(run: &Run) -> &'static str {
    match (run.kind, run.state == RunState::Done) {
        (Kind::Backup, true) => "backup.taken",
        (Kind::Backup, false) => "backup.failed",
        (Kind::RestoreTest, true) => "restore_test.passed",
        (Kind::RestoreTest, false) => "restore_test.failed",
    }
}

impl Run {
    pub(super) fn done(&self, at: Timestamp) -> Run {
        Run { state: RunState::Done, ended_at: Some(at), ..self.clone() }
    }

    pub(super) fn failed(&self, at: Timestamp, why: impl Into<String>) -> Run {
        Run { state: RunState::Failed, ended_at: Some(at), said: why.into(), ..self.clone() }
    }
}
