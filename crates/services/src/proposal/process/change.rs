//! Keeps a changed process with its draft, and what it was before, so that the change can be undone. Two authors never
//! overwrite each other: each change names the revision on which it was made.

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

/// Changes that can be undone.
pub(super) const STEPS_MAX: i64 = 50;
/// Characters of a process as JSON.
const CHARACTERS_MAX: usize = 200_000;

pub(crate) struct ChangeProcess {
    pub actor: Actor,
    pub id: Uuid,
    /// As JSON; empty for the standard process.
    pub process: String,
    /// The revision on the page; `None` accepts the current one.
    pub revision: Option<i64>,
    pub clock: Clock,
}

impl Verb for ChangeProcess {
    type Answer = i64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<i64, Failure> {
        let known = own(table::find(tx, self.id).await?, &self.actor)?;
        if self.revision.is_some_and(|seen| seen != known.revision) {
            return Err(CHANGED.into());
        }
        if self.process.chars().count() > CHARACTERS_MAX {
            return Err(Refusal::new(Kind::TooLarge, "directory.card_too_large", &["LY-SVC-24.1b"]).into());
        }
        if known.process == self.process {
            return Ok(known.revision);
        }
        let at = self.clock.now();
        past::remember(tx, known.id, known.revision, &known.process, at, STEPS_MAX).await?;
        let revision = known.revision + 1;
        match table::update(tx, &Proposal { process: self.process.clone(), saved_at: at, ..known }).await? {
            true => Ok(revision),
            false => Err(CHANGED.into()),
        }
    }
}
