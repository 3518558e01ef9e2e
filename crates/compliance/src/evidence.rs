//! Live evidence: how many entries of the ledger cite a control, and which was the last. Counted as the log grows.

pub(crate) mod count;
pub(crate) mod table;

use clock::Timestamp;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Evidence {
    pub entries: i64,
    pub last_at: Timestamp,
    /// `request.verified`.
    pub last_kind: String,
    /// Its place in the log, from which anyone proves it.
    pub last_index: i64,
}
