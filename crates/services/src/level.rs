//! How surely a person must be identified to apply for a service. Its card proposes a level; the supervising body sets
//! another one, effective at once, and says why (LY-SVC-8.2a).

pub(crate) mod page;
pub(crate) mod set;
pub(crate) mod table;

use clock::Timestamp;
use uuid::Uuid;

/// In rising order, as cards name them.
pub(crate) const LEVELS: [&str; 3] = ["basic", "substantial", "high"];

/// The function of the body that sets them.
pub(crate) const SUPERVISING_BODY: &str = "supervising_body";

#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub version: i64,
    pub level: String,
    pub reason: String,
    pub actor: Uuid,
    pub at: Timestamp,
}
