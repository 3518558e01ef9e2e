//! The regulation as data: packs, controls, parameters, and the state of each control.
//!
//! The packs in `regulations/` are built into the program. This crate tells which duty lies where, how strict a
//! parameter is and by whose order, and which test proves what; pages and the API show it to anybody.
//! Absent on purpose: the database. What a body tightened is kept by others and handed to [`Resolved::tighten`].

mod api;
mod browse;
mod control;
mod listing;
mod pack;
mod packs;
mod pages;
mod parameter;
mod proof;
mod value;

pub use api::api;
pub use browse::{Filter, Tally};
pub use control::{Control, ControlState, Enforcement};
pub use listing::{COLUMNS, Format, cells, listing};
pub use pack::{PackError, PackTitle};
pub use packs::{CONTROLS_IN_ALL, Packs, PacksError};
pub use pages::pages;
pub use parameter::{Basis, Origin, Resolved, Stricter};
pub use proof::Proof;
pub use value::{Unit, Value};

pub const LOCALE: language::Locale = language::Locale {
    name: "compliance",
    ar: include_str!("../locales/ar.ftl"),
    en: include_str!("../locales/en.ftl"),
};
