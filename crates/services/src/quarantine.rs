//! A document that is found to be confidential after it came in is closed to everybody, and its body is alerted
//! (LY-SVC-4.2a).

pub(crate) mod close;
pub(crate) mod page;
pub(crate) mod table;
