//! Delegations as their two sides and the keepers of the body see them (KW-RW-9.1.1b).

mod act;
pub(crate) mod api;
pub(crate) mod page;
