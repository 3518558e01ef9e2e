//! A draft: what a person has typed so far, kept on the server from the first step on.
//!
//! It is saved at every step, valid or not, can be taken up on another device, and becomes a request once: sending
//! it twice gives the same number.

mod apply;
mod attach;
mod discard;
mod frame;
mod journey;
mod open;
pub(crate) mod page;
mod parties;
mod sent;
mod step;
mod summary;
pub(crate) mod table;
mod whom;

use clock::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::request::Supplied;

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
}

/// Drafts of one person that are kept; the oldest gives way.
pub const DRAFTS_PER_PERSON_MAX: i64 = 50;
