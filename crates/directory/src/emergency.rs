//! Who gets in with the password that is kept here while the directory of their body is silent: named people, for a time, with a
//! reason. What the directory refuses, no emergency opens.

pub(crate) mod api;
pub(crate) mod name;
pub(crate) mod page;
pub(crate) mod table;
pub(crate) mod used;
pub(crate) mod withdraw;

use clock::Timestamp;
use uuid::Uuid;

/// Where the desk keeps them.
pub(crate) const HREF: &str = "/desk/staff-directory/emergencies";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Emergency {
    pub id: Uuid,
    pub body: Uuid,
    pub person: Uuid,
    pub reason: String,
    pub named_by: Uuid,
    pub named_at: Timestamp,
    /// The first moment at which it no longer counts.
    pub until: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub uses: i64,
    pub used_at: Option<Timestamp>,
}

impl Emergency {
    pub(crate) fn counts_at(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && now < self.until
    }

    pub(crate) fn ledger_subject(&self) -> String {
        format!("emergency/{}", self.id)
    }
}
