//! Takes the last change of a draft's process back; what was written on the other parts of the card stays.

use authz::{Actor, Failure, Kind, Refusal};
use clock::Clock;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table as past;
use crate::proposal::{
    Proposal,
    save::{CHANGED, own},
    table,
};

pub(crate) struct UndoChange {
    pub actor: Actor,
    pub id: Uuid,
    /// The revision on the page; `None` accepts the current one.
    pub revision: Option<i64>,
    pub clock: Clock,
}

impl Verb for UndoChange {
    type Answer = i64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<i64, Failure> {
        let known = own(table::find(tx, self.id).await?, &self.actor)?;
        if self.revision.is_some_and(|seen| seen != known.revision) {
            return Err(CHANGED.into());
        }
        let Some((past_revision, process)) = past::last(tx, known.id).await? else {
            return Err(Refusal::new(Kind::Conflict, "process.nothing_to_undo", &[]).into());
        };
        past::forget(tx, known.id, past_revision).await?;
        let revision = known.revision + 1;
        match table::update(tx, &Proposal { process, saved_at: self.clock.now(), ..known }).await? {
            true => Ok(revision),
            false => Err(CHANGED.into()),
        }
    }
}
