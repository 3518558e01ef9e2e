//! A case: what is alleged under which clause, and the procedure that it goes through, step by step and in no other order.
//! The procedure is data; a case keeps the one with which it was opened.

pub(crate) mod api;
pub(crate) mod breach;
pub(crate) mod list;
pub(crate) mod open;
pub(crate) mod page;
pub(crate) mod readers;
pub(crate) mod seal;
pub(crate) mod step;
pub(crate) mod table;

use std::sync::LazyLock;

use authz::{Kind, Refusal};
use clock::Timestamp;
use language::Text;
use serde::Deserialize;
use uuid::Uuid;

use crate::authority::About;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CaseKind {
    /// What happened to an account, after its password was ended.
    Forensic,
    /// Somebody did not keep to a policy.
    Violation,
}

impl CaseKind {
    pub(crate) const ALL: [CaseKind; 2] = [CaseKind::Forensic, CaseKind::Violation];

    pub(crate) fn word(self) -> &'static str {
        match self {
            CaseKind::Forensic => "forensic",
            CaseKind::Violation => "violation",
        }
    }

    pub(crate) fn named(word: &str) -> Option<CaseKind> {
        CaseKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The steps that a case of this kind is opened with.
    pub(crate) fn steps(self) -> Vec<String> {
        let found = PROCEDURES.procedure.iter().find(|it| it.kind == self);
        found.map(|it| it.steps.clone()).unwrap_or_default()
    }
}

#[derive(Debug, Default, Deserialize)]
struct Procedures {
    #[serde(default)]
    procedure: Vec<Procedure>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Procedure {
    kind: CaseKind,
    steps: Vec<String>,
}

/// Read once. The file is part of the program, and a test reads it.
static PROCEDURES: LazyLock<Procedures> =
    LazyLock::new(|| toml::from_str(include_str!("../procedures.toml")).unwrap_or_default());

#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub id: Uuid,
    pub kind: CaseKind,
    pub body: Uuid,
    pub control: String,
    /// The id of a law that a document rests on; empty where the clause alone is the ground.
    pub law: String,
    pub edition: String,
    pub person: Option<Uuid>,
    pub origin: String,
    pub title: Text,
    pub facts: Text,
    pub steps: Vec<String>,
    /// How many of the steps were taken.
    pub done: usize,
    pub opened_by: Uuid,
    pub opened_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

/// A step that was taken; without words where an act of the platform took it.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub step: String,
    pub words: String,
    pub by: Uuid,
    pub at: Timestamp,
}

/// What the ledger held about something at a moment, under one hash; what it is goes without words where the platform sealed it.
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    pub id: Uuid,
    pub what: String,
    pub subject: String,
    pub entries: i64,
    pub hash: String,
    pub by: Uuid,
    pub at: Timestamp,
}

impl Case {
    pub(crate) fn ledger_subject(&self) -> String {
        format!("case/{}", self.id)
    }

    pub(crate) fn href(&self) -> String {
        format!("/compliance/cases/{}", self.id)
    }

    /// The step that comes next; nothing when the case is closed.
    pub(crate) fn next(&self) -> Option<&str> {
        self.steps.get(self.done).map(String::as_str)
    }

    /// Nobody sees or works on a case about themselves.
    pub(crate) fn about(&self, readers: Vec<Uuid>) -> About {
        About { parties: self.person.into_iter().collect(), readers, ..About::default() }
    }
}

pub(crate) const INVALID: Refusal = Refusal::new(Kind::Invalid, "case.incomplete", &["OM-SOC-C.3"]);
/// Another step comes first, or the case is closed.
pub(crate) const STEP_ORDER: Refusal = Refusal::new(Kind::Conflict, "case.step_order", &["OM-SOC-C.3"]);

#[cfg(test)]
mod tests {
    use super::*;

    /// Each kind has its procedure, and each step its words in both languages.
    #[test]
    fn the_procedures_can_be_read_and_said() {
        let read: Procedures = toml::from_str(include_str!("../procedures.toml")).expect("procedures.toml");
        let texts = language::Texts::assemble(&[crate::LOCALE]).expect("the texts can be read");
        let keys = texts.keys();
        for kind in CaseKind::ALL {
            let steps = kind.steps();
            assert!(steps.len() > 1, "{}", kind.word());
            for key in steps.iter().map(|step| format!("case-step-{step}")) {
                assert!(keys.contains(key.as_str()), "{key}");
                assert!(keys.contains(format!("{key}-hint").as_str()), "{key}-hint");
            }
        }
        assert_eq!(read.procedure.len(), CaseKind::ALL.len());
    }
}
