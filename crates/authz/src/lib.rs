//! Who may do what, and, when not, by which article.
//!
//! This crate knows [`Actor`], [`Refusal`] and the [`Policies`]; it knows no capability, no page and no SQL.

mod actor;
mod matrix;
mod narrowing;
mod policies;
mod question;
mod refusal;
mod schema;

pub use actor::{Actor, Assurance, Role, Via};
pub use matrix::{ANY_ROLE, Held, Row};
pub use narrowing::{Narrowed, Narrowing};
pub use policies::{
    Attribute, DECISIONS, DELEGATION_EXPIRED, Decision, Described, NOT_ALLOWED, Policies, PolicyError,
    Resource, Source,
};
pub use refusal::{Failure, Item, Kind, Refusal};
