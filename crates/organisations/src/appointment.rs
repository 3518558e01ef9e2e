//! An appointment: a person holds a role at a body for a time. It is ended, never deleted, so that one can
//! still say who was allowed to decide on any day in the past.

pub(crate) mod appoint;
pub(crate) mod end;
pub(crate) mod table;

use clock::Timestamp;
use uuid::Uuid;

/// The roles that policies know; the text of each is `org-role-<word>`.
pub const ROLES: [&str; 10] = [
    "officer",
    "decider",
    "head",
    "member",
    "author",
    "verifier",
    "legal_reviewer",
    "auditor",
    "administrator",
    "device_officer",
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    pub id: Uuid,
    pub person: Uuid,
    pub body: Uuid,
    pub unit: Option<Uuid>,
    pub role: String,
    pub from: Timestamp,
    /// The first moment at which the role is no longer held; open when absent.
    pub until: Option<Timestamp>,
}

impl Appointment {
    pub fn holds_at(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}
