//! Who may do what, and, when not, by which article.
//!
//! This crate knows [`Actor`], [`Refusal`] and the [`Policies`]; it knows no capability, no page and no SQL.

mod actor;
mod policies;
mod refusal;

pub use actor::{Actor, Assurance, Role, Via};
pub use policies::{Attribute, Decision, Described, Policies, PolicyError, Resource, Source};
pub use refusal::{Failure, Item, Kind, Refusal};
