//! A document as everybody but the object store sees it.

use clock::Timestamp;
use uuid::Uuid;

use crate::{Classification, MediaType};

/// What is known about the content, and whether it is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The scanner found nothing.
    Clean,
    /// No scanner was configured when it came.
    Unscanned,
    /// Found to be more secret than the portal may hold: kept, and opened for nobody.
    Quarantined,
    /// Its time has passed: the bytes are about to go or gone. The row stays as evidence, without the name.
    Removed,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Clean => "clean",
            State::Unscanned => "unscanned",
            State::Quarantined => "quarantined",
            State::Removed => "removed",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub id: Uuid,
    pub owner: Uuid,
    /// Cleaned, with an ending that fits the content.
    pub name: String,
    pub media_type: MediaType,
    /// Of the clear text, in hexadecimal digits.
    pub sha256: String,
    pub bytes: u64,
    pub state: State,
    pub classification: Option<Classification>,
    pub retention_until: Option<Timestamp>,
    pub created_at: Timestamp,
    /// The storage that it is bound to; empty for the portal's own.
    pub place: String,
    /// When its bytes had left the portal for that storage.
    pub housed_at: Option<Timestamp>,
}
