//! Who may do what, and, when not, by which article.
//!
//! This crate knows [`Actor`], [`Refusal`] and the policies; it knows no capability, no page and no SQL.

mod actor;
mod refusal;

pub use actor::{Actor, Assurance, Role, Via};
pub use refusal::{Failure, Item, Kind, Refusal};
