//! The script of a form's page: it runs the form's rules while somebody types, keeps the draft, and moves rows. Every page
//! of a form works without it.

/// The evaluator of rules and what a page does with it.
pub(crate) const SCRIPT: &str = concat!(include_str!("../../../rules/src/rules.js"), include_str!("form.js"));
