//! A task: what a role at a body has to do on a request, and by when.

pub(crate) mod api;
pub(crate) mod desk;
pub(crate) mod queue;
pub(crate) mod table;

use crate::{process::Stage, request::Act};

/// What a stage asks of its desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskKind {
    /// Check the accuracy of each answer and document (LY-SVC-16.1).
    Verification,
    /// Find something out, or say what one thinks: an inspection, a committee, another body.
    Opinion,
    /// Approve or refuse.
    Decision,
}

impl TaskKind {
    pub const ALL: [TaskKind; 3] = [TaskKind::Verification, TaskKind::Opinion, TaskKind::Decision];

    pub fn word(self) -> &'static str {
        match self {
            TaskKind::Verification => "verification",
            TaskKind::Opinion => "opinion",
            TaskKind::Decision => "decision",
        }
    }

    pub fn named(word: &str) -> Option<TaskKind> {
        TaskKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What there is to do at a stage follows from the acts that it offers.
    pub fn at(stage: &Stage) -> TaskKind {
        match stage {
            stage if stage.offers(Act::Verify) => TaskKind::Verification,
            stage if stage.offers(Act::Approve) || stage.offers(Act::Refuse) => TaskKind::Decision,
            _ => TaskKind::Opinion,
        }
    }
}
