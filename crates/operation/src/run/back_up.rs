//! One backup, from its row to the end of its row.

use std::sync::Arc;

use authz::{Failure, Kind as RefusalKind, Refusal};
use backup::{Progress, Snapshot, Taking, Vault};
use serde_json::json;
use uuid::Uuid;

use super::{Backups, By, Kind, Run, record};
use crate::Operation;

/// No place for backups is set.
pub const NO_PLACE: Refusal = Refusal::new(RefusalKind::Conflict, "backup.no_place", &["KW-RW-9.1.2.d1"]);

/// Is told how far the reading has come, as soon as it begins.
pub type Watching = Box<dyn Fn(Arc<Progress>) + Send>;

impl Operation {
    /// Takes a backup and lets go of what is older than is kept.
    pub async fn back_up(&self, by: By, watching: Option<Watching>) -> Result<Snapshot, Failure> {
        let backups = self.place.backups.as_ref().ok_or(NO_PLACE)?;
        let run = Run::begun(Uuid::now_v7(), Kind::Backup, by, self.clock.now());
        self.store.write(record::Begin(run.clone())).await?;
        match self.taken(backups, watching).await {
            Ok(snapshot) => {
                let ended = Run {
                    snapshot: snapshot.id.clone(),
                    files: number(snapshot.files),
                    bytes: number(snapshot.bytes),
                    added_bytes: number(snapshot.added_bytes),
                    ..run.done(self.clock.now())
                };
                self.conclude(ended, json!({ "added_bytes": snapshot.added_bytes })).await?;
                Ok(snapshot)
            }
            Err(failure) => {
                let ended = run.failed(self.clock.now(), failure.to_string());
                self.conclude(ended, serde_json::Value::Null).await?;
                Err(failure)
            }
        }
    }

    async fn taken(&self, backups: &Backups, watching: Option<Watching>) -> Result<Snapshot, Failure> {
        let vault = backups.open(true).await?;
        if let Some(watching) = watching {
            watching(vault.progress());
        }
        let taking = Taking {
            store: self.store.clone(),
            documents: (*self.documents).clone(),
            clock: self.clock.clone(),
            keys: self.place.keys.clone(),
            scratch: self.place.data.clone(),
            settings: self.place.settings.clone(),
        };
        let snapshot = backup::take(&taking, &vault).await?;
        let (keep, now) = (backups.keep, self.clock.now());
        if let Err(error) = Vault::on_thread(move || vault.forget(keep, now)).await {
            tracing::warn!(%error, "what is older than is kept stays until the next backup; this one stands");
        }
        Ok(snapshot)
    }

    pub(super) async fn conclude(&self, run: Run, evidence: serde_json::Value) -> Result<(), Failure> {
        self.store.write(record::End { run, evidence }).await?;
        self.ledger.wake();
        Ok(())
    }
}

pub(super) fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
