//! A batch: one decision on many verified requests of the same service and stage, seen as a list before it is taken.
//!
//! Each line is carried out by itself, in a transaction of its own with its own ledger entry, by a job that goes on
//! where it was broken off. Verifications are not taken in batches: each datum is checked by somebody who saw it.

pub(crate) mod carry_out;
pub(crate) mod order;
pub(crate) mod page;
pub(crate) mod preview;
pub(crate) mod table;

use clock::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Requests of one batch: a page of the list.
pub(crate) const LINES_MAX: usize = 100;

/// What is decided on all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    Approve { measures: String },
    Refuse { reason: String },
}

impl Verdict {
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Approve { .. } => "approve",
            Verdict::Refuse { .. } => "refuse",
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Batch {
    pub id: Uuid,
    pub person: Uuid,
    /// How surely the person was identified when it was ordered.
    pub assurance: i64,
    pub verdict: Verdict,
    pub ordered_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

/// One request of a batch.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub place: i64,
    pub number: String,
    /// The revision that was shown before it was ordered.
    pub revision: i64,
    /// Empty until its turn; then `done`, or the code of the refusal.
    pub outcome: String,
}
