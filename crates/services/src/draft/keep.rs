//! Keeping a step while somebody types: one verb that reads the draft as it is and puts the typed answers over it, so that
//! two devices never overwrite each other unseen.

use std::sync::Arc;

use authz::{Failure, Refusal};
use clock::Timestamp;
use serde_json::{Map, Value};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Draft, table};
use crate::entry::Entry;

/// What is done to a draft in one commit.
pub(super) enum Change {
    /// Answers to these fields; `seen` is the revision that the page showed.
    Answers { keys: Vec<String>, answers: Map<String, Value>, seen: Option<i64> },
    /// Takes the other device's answer, or leaves it.
    Other { key: String, takes: bool },
    /// The person has read what a new version changed.
    Read,
}

pub(super) struct Keep {
    pub person: Uuid,
    pub draft: Uuid,
    pub entry: Arc<Entry>,
    pub change: Change,
    pub at: Timestamp,
}

impl Verb for Keep {
    type Answer = Draft;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Draft, Failure> {
        let mut draft = table::own(tx, self.person, self.draft).await?.ok_or_else(Refusal::not_found)?;
        if draft.sent_as.is_some() {
            return Ok(draft);
        }
        draft.move_to(&self.entry);
        match &self.change {
            Change::Answers { keys, answers, seen } => draft.take(keys, answers, *seen),
            Change::Other { key, takes } => draft.settle_other(key, *takes),
            Change::Read => draft.notes.moved_from = None,
        }
        draft.saved_at = self.at;
        table::Save(draft.clone()).apply(tx).await?;
        Ok(draft)
    }
}
