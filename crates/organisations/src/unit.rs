//! A unit of a body: the section or office that holds a piece of work.

pub(crate) mod add;
pub(crate) mod sensitive;
pub(crate) mod table;

use clock::Timestamp;
use language::Text;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub id: Uuid,
    pub body: Uuid,
    /// Unique within its body.
    pub slug: String,
    pub name: Text,
    /// The unit of the same body that it belongs to.
    pub parent: Option<Uuid>,
    /// Since when it is marked as handling sensitive correspondence or data (LY-MAIL-2.01a).
    pub sensitive_from: Option<Timestamp>,
    pub sensitive_reason: String,
}

/// The unit, or the one nearest above it, that is marked as handling what is sensitive at a moment: the mark is inherited.
pub fn handles_sensitive(units: &[Unit], unit: Uuid, at: Timestamp) -> Option<&Unit> {
    let mut here = units.iter().find(|it| it.id == unit)?;
    for _ in 0..crate::TREE_LEVELS_MAX {
        if here.sensitive_from.is_some_and(|from| from <= at) {
            return Some(here);
        }
        here = units.iter().find(|it| Some(it.id) == here.parent)?;
    }
    None
}
