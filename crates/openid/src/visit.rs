//! Visits: which session reached which system, so that each of them hears when it is over.

pub(crate) mod farewell;
pub(crate) mod table;
pub(crate) mod tell;

use uuid::Uuid;

#[derive(Clone, Debug)]
pub(crate) struct Visit {
    /// The `sid` by which the system knows the session.
    pub id: Uuid,
    pub client: Uuid,
    pub person: Uuid,
    pub is_told: bool,
}
