//! From data to PDF: receipts and outputs that look the same on every machine.
//!
//! Typst runs inside the program and sees nothing but the template, the data and the files handed to it: no disk, no
//! network, no packages, no clock. The same input gives the same bytes, so that a document can be sealed.
//! Absent on purpose: what a document says. Callers bring it, in both languages, as a [`Paper`].

mod batch;
mod engine;
mod fonts;
pub mod letter;
mod paper;
mod picture;
pub mod press;
mod qr;
mod world;

pub use batch::{Envelope, batch};
pub use engine::{Assets, PrintError, render, render_now};
pub use letter::{Block, Composed, Flaw};
pub use paper::{Decided, Fact, Form, Paper};
pub use picture::{pages, picture};
pub use press::{Press, PressError};
pub use qr::qr_svg;
