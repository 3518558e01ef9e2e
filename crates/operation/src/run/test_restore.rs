//! A restore test: the newest backup comes back into a place of its own, everything is compared, and the place goes again.

use authz::{Failure, Kind as RefusalKind, Refusal};
use backup::{BackupError, Evidence, Scratch, Snapshot, Target, Vault};
use store::Engine;
use uuid::Uuid;

use super::{Backups, By, Kind, Run, back_up::number, record};
use crate::Operation;

const NOT_WHOLE: Refusal = Refusal::new(RefusalKind::Conflict, "backup.not_whole", &["KW-RW-9.1.2.d2"]);

impl Operation {
    /// Reads every byte of the repository, restores the newest backup into a separate place, and compares. What it found is
    /// in the row and in the ledger, whichever way it ended.
    pub async fn test_restore(&self, by: By) -> Result<Evidence, Failure> {
        let backups = self.place.backups.as_ref().ok_or(super::back_up::NO_PLACE)?;
        let run = Run::begun(Uuid::now_v7(), Kind::RestoreTest, by, self.clock.now());
        self.store.write(record::Begin(run.clone())).await?;
        let outcome = self.brought_back(backups).await;
        let now = self.clock.now();
        match outcome {
            Ok((snapshot, evidence)) => {
                let told = serde_json::to_value(&evidence)?;
                let found = Run {
                    snapshot: snapshot.id.clone(),
                    files: number(snapshot.files),
                    bytes: number(snapshot.bytes),
                    ..run.clone()
                };
                let ended = match evidence.whole {
                    true => Run { said: told.to_string(), ..found.done(now) },
                    false => found.failed(now, evidence.faults.join(" ")),
                };
                self.conclude(ended, told).await?;
                if evidence.whole { Ok(evidence) } else { Err(NOT_WHOLE.into()) }
            }
            Err(failure) => {
                let failure = Failure::from(failure);
                self.conclude(run.failed(now, failure.to_string()), serde_json::Value::Null).await?;
                Err(failure)
            }
        }
    }

    async fn brought_back(&self, backups: &Backups) -> Result<(Snapshot, Evidence), BackupError> {
        let vault = backups.open(false).await?;
        let checked = vault.clone();
        let snapshot = Vault::on_thread(move || {
            checked.check()?;
            checked.find(None)
        })
        .await?;
        let scratch = Scratch::make(&self.place.data)?;
        let aside = match self.store.engine() {
            Engine::Sqlite => None,
            Engine::Postgres => Some(store::Aside::make(&self.place.database_url).await?),
        };
        let target = Target {
            folder: scratch.path().to_owned(),
            database: aside.as_ref().map(|aside| aside.address().to_owned()),
        };
        let restored = backup::restore(&vault, &snapshot, &target, self.place.sets).await;
        if let Some(aside) = aside {
            aside.remove().await?;
        }
        Ok((snapshot, restored?.1))
    }
}
