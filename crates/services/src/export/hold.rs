//! VERBS. The owner stops an export that is being made, and has it go on later from where it stopped.

use authz::{Actor, Failure, Kind, Refusal};
use clock::Timestamp;
use jobs::Job;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Export, WAITING_MAX, ask, make, table};
use crate::Services;

const NOT_OPEN: Refusal = Refusal::new(Kind::Conflict, "export.not_open", &[]);
const NOT_STOPPED: Refusal = Refusal::new(Kind::Conflict, "export.not_stopped", &[]);

/// No further part is begun. The one that is being written is thrown away when it is done.
struct Stop {
    id: Uuid,
    owner: Uuid,
    at: Timestamp,
}

impl Verb for Stop {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let export = owned(tx, self.id, self.owner).await?;
        if !export.acts(self.at).contains(&"stop") || !table::stop(tx, export.id, self.at).await? {
            return Err(NOT_OPEN.into());
        }
        ask::noted(tx, &export, "export.stopped", self.at).await
    }
}

/// Goes on after the last part that is there.
struct Resume {
    id: Uuid,
    owner: Uuid,
    at: Timestamp,
}

impl Verb for Resume {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let export = owned(tx, self.id, self.owner).await?;
        if !export.acts(self.at).contains(&"resume") {
            return Err(NOT_STOPPED.into());
        }
        if table::waiting(tx, export.owner).await? >= WAITING_MAX {
            return Err(ask::too_many());
        }
        if !table::resume(tx, export.id, self.at).await? {
            return Err(NOT_STOPPED.into());
        }
        ask::noted(tx, &export, "export.resumed", self.at).await?;
        // A key of its own: the job that was stopped may still be open, and will end without another part.
        let key = format!("{}@{}", export.id, self.at.0);
        let payload = json!({ "export": export.id });
        Ok(jobs::enqueue(tx, Job { kind: make::KIND, key, payload, run_at: self.at }).await?)
    }
}

async fn owned(tx: &Tx, id: Uuid, owner: Uuid) -> Result<Export, Failure> {
    let export = table::find(tx, id).await?.filter(|export| export.owner == owner);
    Ok(export.ok_or_else(Refusal::not_found)?)
}

impl Services {
    pub(super) async fn stop_export(&self, actor: &Actor, id: Uuid) -> Result<(), Failure> {
        let verb = Stop { id, owner: actor.person, at: self.clock.now() };
        self.store.write(verb).await?;
        self.ledger.wake();
        Ok(())
    }

    /// Whoever lost the list since then is refused as when asking for it.
    pub(super) async fn resume_export(&self, actor: &Actor, id: Uuid) -> Result<(), Failure> {
        let export = self.export_of(actor, id).await?;
        self.check_taking(&self.taking_of(&export).await?).await?;
        let verb = Resume { id, owner: actor.person, at: self.clock.now() };
        self.store.write(verb).await?;
        self.ledger.wake();
        Ok(())
    }
}
