//! Being told of new services of a kind (LY-SVC-23.3).

pub(crate) mod api;
pub(crate) mod follow;
pub(crate) mod table;

use crate::classification::Tree;

/// A word of a tree that somebody follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subscription {
    pub tree: Tree,
    pub word: String,
}
