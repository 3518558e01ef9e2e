//! A task: what an officer of the providing body has to do on a request, and by when.

pub(crate) mod api;
pub(crate) mod desk;
pub(crate) mod table;

use clock::Timestamp;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskKind {
    /// Check the accuracy of each answer and document (LY-SVC-16.1).
    Verification,
    /// Approve or refuse.
    Decision,
}

impl TaskKind {
    pub fn word(self) -> &'static str {
        match self {
            TaskKind::Verification => "verification",
            TaskKind::Decision => "decision",
        }
    }

    pub fn named(word: &str) -> Option<TaskKind> {
        [TaskKind::Verification, TaskKind::Decision].into_iter().find(|kind| kind.word() == word)
    }

    /// The role whose desk the task lies on.
    pub fn role(self) -> &'static str {
        match self {
            TaskKind::Verification => "officer",
            TaskKind::Decision => "decider",
        }
    }
}

/// A line of the desk.
#[derive(Clone, Debug)]
pub struct Task {
    pub id: Uuid,
    pub request: Uuid,
    pub number: String,
    pub entry: Uuid,
    pub applicant: Uuid,
    pub body: Uuid,
    pub kind: TaskKind,
    pub opened_at: Timestamp,
    pub due_at: Timestamp,
}
