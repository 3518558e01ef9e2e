//! The trees that services are sorted by: themes and life events. The competent administration edits them without a
//! release; a provider chooses from them (LY-SVC-23.4). Kinds of beneficiary are not a tree: the law names the five.

pub(crate) mod edit;
pub(crate) mod page;
pub(crate) mod table;

use clock::Timestamp;
use language::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Tree {
    Theme,
    LifeEvent,
}

impl Tree {
    pub(crate) const ALL: [Tree; 2] = [Tree::Theme, Tree::LifeEvent];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Tree::Theme => "theme",
            Tree::LifeEvent => "life_event",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Tree> {
        Tree::ALL.into_iter().find(|tree| tree.word() == word)
    }

    /// The parameter of the directory's address that narrows it to a word of this tree.
    pub(crate) fn parameter(self) -> &'static str {
        match self {
            Tree::Theme => "topic",
            Tree::LifeEvent => "life_event",
        }
    }
}

/// A word of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub tree: Tree,
    /// Stable and readable: `civil-status`.
    pub word: String,
    /// The word above it, or nothing.
    pub parent: String,
    pub name: Text,
    /// The smaller, the earlier it is listed.
    pub place: i64,
    pub changed_at: Timestamp,
    /// No longer chosen; what bears it keeps it.
    pub retired_at: Option<Timestamp>,
}

/// Roots in their order, each followed by what stands under it.
pub(crate) fn ordered(terms: Vec<Term>) -> Vec<Term> {
    let (roots, branches): (Vec<Term>, Vec<Term>) =
        terms.into_iter().partition(|term| term.parent.is_empty());
    let mut ordered = Vec::with_capacity(roots.len() + branches.len());
    for root in roots {
        let under = branches.iter().filter(|term| term.parent == root.word).cloned();
        let under: Vec<Term> = under.collect();
        ordered.push(root);
        ordered.extend(under);
    }
    ordered
}
