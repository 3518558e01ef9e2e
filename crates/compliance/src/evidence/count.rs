//! Counts the entries that the log has gained, by the controls that they cite and the body that they name.

use std::{collections::BTreeMap, time::Duration};

use authz::Failure;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Evidence, table};
use crate::Compliance;

/// Entries that one transaction counts.
const ENTRIES_AT_ONCE: u64 = 500;
/// How soon an overview shows what happened.
pub const EVERY: Duration = Duration::from_secs(5);

struct CountEvidence;

impl Verb for CountEvidence {
    type Answer = usize;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<usize, Failure> {
        let from = table::take_mark(tx).await?;
        let found = ledger::from_index(tx, from.unsigned_abs(), ENTRIES_AT_ONCE).await?;
        let mut counted: BTreeMap<(&str, Uuid), Evidence> = BTreeMap::new();
        for entry in &found {
            let named = entry.body.as_ref().and_then(|body| body.get("body")?.as_str()?.parse().ok());
            for body in std::iter::once(Uuid::nil()).chain(named) {
                for control in &entry.controls {
                    let held = counted.entry((control, body)).or_default();
                    held.entries += 1;
                    held.last_at = entry.at;
                    held.last_kind = entry.kind.clone();
                    held.last_index = entry.index.unwrap_or_default() as i64;
                }
            }
        }
        for ((control, body), evidence) in &counted {
            table::add(tx, control, *body, evidence).await?;
        }
        if let Some(last) = found.last().and_then(|entry| entry.index) {
            table::move_mark(tx, last as i64 + 1).await?;
        }
        Ok(found.len())
    }
}

impl Compliance {
    /// Catches up with the log. Writes nothing where there is nothing new.
    pub async fn count_evidence(&self) -> Result<(), Failure> {
        loop {
            let sql = self.store.read();
            let from = table::mark(&sql).await?;
            if ledger::from_index(&sql, from.unsigned_abs(), 1).await?.is_empty() {
                return Ok(());
            }
            self.store.write(CountEvidence).await?;
        }
    }

    /// Counts for as long as the node runs.
    pub async fn keep_counting(&self) {
        loop {
            if let Err(failure) = self.count_evidence().await {
                tracing::warn!(%failure, "the evidence could not be counted; it is tried again");
            }
            tokio::time::sleep(EVERY).await;
        }
    }
}
