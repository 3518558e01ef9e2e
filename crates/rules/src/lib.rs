//! Rules of a form: what is asked when, what is computed, what must fit together.
//!
//! Rules are written in CEL, parsed and type-checked once, when a form is published, and compiled to a small program.
//! Two evaluators run that program and nothing else: `evaluate.rs` here and `rules.js` in the browser, so that a rule
//! has one meaning. What has no value (an open answer, a division by zero) makes what uses it have no value, as an
//! error does in CEL; `false && …` and `true || …` are decided all the same.
//!
//! Absent on purpose: floating point (numbers are decimals of six places), regular expressions (they differ between
//! engines; a schema's `pattern` is there for that), loops other than over the rows of a group, and any clock: the day
//! comes in with the answers.

mod calls;
mod compile;
mod day;
mod decimal;
mod declared;
mod evaluate;
mod expression;
mod fold;
mod order;
mod program;
#[cfg(test)]
mod tests;

pub use day::{day_of, iso};
pub use decimal::Decimal;
pub use declared::{Check, Declared, Kind, Problem, Question, Section};
pub use evaluate::{Failed, Outcome};
pub use program::Program;
