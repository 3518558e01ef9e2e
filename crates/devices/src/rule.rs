//! The baseline: the oldest systems and applications that are allowed, how old the definitions of the antivirus software may
//! be, and the applications that are banned from use from outside (KW-RW-9.1.2.j2).

pub(crate) mod api;
pub(crate) mod end;
pub(crate) mod page;
pub(crate) mod set;
pub(crate) mod table;
pub(crate) mod tell;

use clock::Timestamp;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuleKind {
    System,
    Application,
    Antivirus,
    Banned,
}

impl RuleKind {
    pub(crate) const ALL: [RuleKind; 4] =
        [RuleKind::Banned, RuleKind::System, RuleKind::Application, RuleKind::Antivirus];

    pub(crate) fn word(self) -> &'static str {
        match self {
            RuleKind::System => "system",
            RuleKind::Application => "application",
            RuleKind::Antivirus => "antivirus",
            RuleKind::Banned => "banned",
        }
    }

    pub(crate) fn named(word: &str) -> Option<RuleKind> {
        RuleKind::ALL.into_iter().find(|it| it.word() == word)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub id: Uuid,
    pub kind: RuleKind,
    /// Of the system or application; empty for the antivirus software, of which there is one rule.
    pub name: String,
    /// The oldest version that is allowed, or days; empty for what is banned.
    pub least: String,
    pub why: String,
    pub made_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}
