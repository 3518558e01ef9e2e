//! An assignment: somebody has to acknowledge a version of a policy, or one clause of it, by a day. Whom a version binds is told
//! from the register of appointments whenever it is asked, so that whoever joins is assigned and whoever left counts no more.

pub(crate) mod acknowledge;
pub(crate) mod api;
pub(crate) mod assign;
pub(crate) mod board;
pub(crate) mod own;
pub(crate) mod remind;
pub(crate) mod table;

use clock::Timestamp;
use uuid::Uuid;

/// How long before the day the first reminder comes, and how often it comes again.
pub(crate) const REMINDED_BEFORE_DAYS: u32 = 3;
pub(crate) const REMINDED_EVERY_DAYS: u32 = 7;

#[derive(Clone, Debug)]
pub(crate) struct Assignment {
    pub id: Uuid,
    pub policy: Uuid,
    pub version: Uuid,
    /// Empty for the policy as a whole.
    pub clause: String,
    pub person: Uuid,
    pub body: Uuid,
    pub unit: Option<Uuid>,
    pub assigned_at: Timestamp,
    pub due_at: Timestamp,
    pub acknowledged_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Acknowledged,
    Outstanding,
    Overdue,
}

impl Standing {
    pub(crate) const ALL: [Standing; 3] = [Standing::Overdue, Standing::Outstanding, Standing::Acknowledged];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Standing::Acknowledged => "acknowledged",
            Standing::Outstanding => "outstanding",
            Standing::Overdue => "overdue",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|standing| standing.word() == word)
    }

    pub(crate) fn signal(self) -> &'static str {
        match self {
            Standing::Acknowledged => "done",
            Standing::Outstanding => "needs-you",
            Standing::Overdue => "refused",
        }
    }
}

impl Assignment {
    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        match self.acknowledged_at {
            Some(_) => Standing::Acknowledged,
            None if self.due_at < now => Standing::Overdue,
            None => Standing::Outstanding,
        }
    }
}

/// As the ledger names the acknowledgement of one person.
pub(crate) fn ledger_subject(assignment: Uuid) -> String {
    format!("acknowledgement/{assignment}")
}
