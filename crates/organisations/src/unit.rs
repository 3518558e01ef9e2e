//! A unit of a body: the section or office that holds a piece of work.

pub(crate) mod add;
pub(crate) mod table;

use language::Text;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub id: Uuid,
    pub body: Uuid,
    /// Unique within its body.
    pub slug: String,
    pub name: Text,
}
