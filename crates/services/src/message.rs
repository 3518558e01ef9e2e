//! A message on a request: the desk asks or tells, the applicant answers, and the request stays where it is.
//!
//! What must be corrected goes the way of `request/send_back`; this is for everything that needs words alone.

pub(crate) mod api;
pub(crate) mod page;
pub(crate) mod send;
pub(crate) mod table;

use clock::Timestamp;
use uuid::Uuid;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Applicant,
    /// Somebody at the provider, or at the body that is asked.
    Desk,
}

impl Side {
    pub fn word(self) -> &'static str {
        match self {
            Side::Applicant => "applicant",
            Side::Desk => "desk",
        }
    }

    pub fn named(word: &str) -> Option<Side> {
        [Side::Applicant, Side::Desk].into_iter().find(|side| side.word() == word)
    }
}

/// A document that came with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosed {
    pub document: Uuid,
    pub name: String,
}

#[derive(Clone, Debug)]
pub struct Message {
    pub id: Uuid,
    pub author: Uuid,
    pub side: Side,
    pub words: String,
    pub enclosed: Vec<Enclosed>,
    pub at: Timestamp,
}
