//! Calls that leave: a letter is signed, posted over TLS to an address that this installation allows, and its answer is a
//! status. What arrives signed in the same way is checked here too. This crate knows no capability and no database; whoever sends keeps what became of it, and tries again.
//! Absent on purpose: redirects, cookies, kept connections, and the words that others answer.

mod dial;
mod letter;
mod reach;
mod sign;
mod verify;

pub use dial::{ANSWER_TIME_MAX, CONNECT_TIME_MAX, Courier, PostError, TrustError};
pub use letter::{FORM, JSON, Letter};
pub use reach::{ADDRESS_CHARACTERS_MAX, Address, AddressError, Network, NetworkError, Reach};
pub use sign::{COMPONENTS, LABEL};
pub use verify::{SKEW_SECONDS_MAX, Signed, VerifyError, signed};
