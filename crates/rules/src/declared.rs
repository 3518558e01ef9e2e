//! What a form declares: its questions, their kinds, and the rules in CEL as the author wrote them.

/// What kind of answer a question takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// One of these words.
    Choice(Vec<String>),
    Whole,
    Number,
    Truth,
    Day,
    /// Rows of the questions in `columns`.
    Rows,
}

#[derive(Clone, Debug)]
pub struct Question {
    pub key: String,
    pub kind: Kind,
    /// Asked only if.
    pub when: Option<String>,
    /// Computed, not asked.
    pub calculate: Option<String>,
    /// The questions of a row.
    pub columns: Vec<Question>,
}

impl Question {
    pub fn new(key: &str, kind: Kind) -> Question {
        Question { key: key.into(), kind, when: None, calculate: None, columns: Vec::new() }
    }
}

/// Questions that appear together, or not at all.
#[derive(Clone, Debug)]
pub struct Section {
    pub id: String,
    pub when: Option<String>,
    pub questions: Vec<String>,
}

/// Something that must hold among several answers; with a group, in each of its rows.
#[derive(Clone, Debug)]
pub struct Check {
    pub id: String,
    pub expression: String,
    pub group: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Declared {
    pub questions: Vec<Question>,
    pub sections: Vec<Section>,
    pub checks: Vec<Check>,
}

/// Why a form with these rules cannot be published: where, what, and the words that were meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// `city`, `floors.area`, `step.family`, `check.total`.
    pub at: String,
    /// `syntax`, `unsupported`, `unknown_field`, `rule_type`, `cycle`, `unreachable`, `too_long`,
    /// `too_deep`.
    pub code: &'static str,
    pub detail: String,
}
