//! A draft: what a person has typed so far, kept on the server from the first step on.
//!
//! It is saved at every step, valid or not, can be taken up on another device, and becomes a request once: sending
//! it twice gives the same number.

mod apply;
mod attach;
mod checklist;
mod discard;
pub(crate) mod files;
mod frame;
mod journey;
mod keep;
mod notes;
mod open;
pub(crate) mod page;
mod parties;
mod sent;
mod sources;
mod step;
mod summary;
pub(crate) mod table;
mod whom;

use clock::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{entry::Entry, request::Supplied};
pub use notes::Notes;

#[derive(Clone, Debug)]
pub struct Draft {
    pub id: Uuid,
    pub person: Uuid,
    pub entry: Uuid,
    pub entry_version: i64,
    pub entity: Option<Uuid>,
    pub answers: Map<String, Value>,
    pub documents: Vec<Supplied>,
    pub saved_at: Timestamp,
    /// The number under which it was sent.
    pub sent_as: Option<String>,
    /// Moves with each save that changed something.
    pub revision: i64,
    pub notes: Notes,
    /// The number of the request that is completed in it, where its receipt was not confirmed (LY-SVC-15.3).
    pub completes: Option<String>,
}

impl Draft {
    /// A draft in which nothing was typed yet.
    pub fn new(person: Uuid, entry: &Entry, entity: Option<Uuid>, at: Timestamp) -> Draft {
        Draft {
            id: Uuid::now_v7(),
            person,
            entry: entry.id,
            entry_version: entry.version,
            entity,
            answers: Map::new(),
            documents: Vec::new(),
            saved_at: at,
            sent_as: None,
            revision: 1,
            notes: Notes::default(),
            completes: None,
        }
    }
}

/// Drafts of one person that are kept; the oldest gives way.
pub const DRAFTS_PER_PERSON_MAX: i64 = 50;
/// How long a draft is kept after somebody last typed in it.
pub const DRAFT_DAYS_MAX: u32 = 90;
