//! A document that is found to be confidential after it came in is closed to everybody, and its body is alerted
//! (LY-SVC-4.2a). A second person opens it again, with a reason and after a new scan.

pub(crate) mod close;
pub(crate) mod page;
pub(crate) mod release;
pub(crate) mod table;
