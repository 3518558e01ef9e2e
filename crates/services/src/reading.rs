//! Who read a request at a body: every opening by an officer is tied to a purpose, kept, and shown to the applicant.
//!
//! Somebody who has nothing to do with a request is refused, even at the providing body (LY-SVC-6.4b).

pub(crate) mod lines;
pub(crate) mod note;
pub(crate) mod table;

use clock::{MINUTE, Timestamp};
use std::time::Duration;
use uuid::Uuid;

/// Opening the same request again within this time is the same reading: a page has documents and a way back.
const READ_AGAIN: Duration = Duration::from_secs(10 * MINUTE.as_secs());

/// What a record is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A task of the officer's own desk is open on it.
    Task,
    /// The officer acted on it before.
    OwnWork,
    /// The officer's advice was asked.
    Advice,
    /// The head of the body answers for its work.
    Oversight,
    /// The officer entered it for the applicant.
    Assisted,
}

impl Purpose {
    pub fn word(self) -> &'static str {
        match self {
            Purpose::Task => "task",
            Purpose::OwnWork => "own_work",
            Purpose::Advice => "advice",
            Purpose::Oversight => "oversight",
            Purpose::Assisted => "assisted",
        }
    }
}

/// One reading.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub request: Uuid,
    pub person: Uuid,
    pub body: Uuid,
    /// `officer`, `decider` or `head`.
    pub role: String,
    pub purpose: String,
    pub at: Timestamp,
}
