//! Which document binds which body, from which day (LY-SVC-3.1, KW-RW-5.1). The competent administration assigns; what is
//! assigned asks for attestations.

pub(crate) mod api;
pub(crate) mod assign;
pub(crate) mod page;
pub(crate) mod table;

use clock::Timestamp;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assignment {
    pub pack: String,
    pub body: Uuid,
    pub from_at: Timestamp,
}
