//! A paper copy by post: asked for by the applicant, printed with others in a batch, dispatched with a carrier and a
//! number to follow it by (LY-SVC-18.5a).
//!
//! The copy is the output as it was issued; its QR code verifies it. Absent on purpose: fees for the post.

pub(crate) mod api;
pub(crate) mod ask;
mod carry_out;
pub(crate) mod dispatch;
pub(crate) mod page;
pub(crate) mod print_out;
pub(crate) mod table;

use authz::{Kind, Refusal};
use clock::Timestamp;
use uuid::Uuid;

pub(crate) const CONTROLS: &[&str] = &["LY-SVC-18.5a"];

/// Copies in one batch.
pub const BATCH_COPIES_MAX: usize = 20;

/// Where a copy goes, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub recipient: String,
    pub street: String,
    pub city: String,
    pub phone: String,
}

#[derive(Clone, Debug)]
pub struct PaperCopy {
    pub id: Uuid,
    pub request: Uuid,
    pub body: Uuid,
    pub address: Address,
    pub asked_at: Timestamp,
    /// How often it was printed.
    pub prints: i64,
    pub dispatch: Option<Dispatch>,
}

/// How it left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispatch {
    pub carrier: String,
    pub tracking: String,
    pub by: Uuid,
    pub at: Timestamp,
}

/// The service sends no copies, or nothing is issued yet.
pub(crate) const NOT_OFFERED: Refusal = Refusal::new(Kind::Conflict, "copy.not_offered", CONTROLS);
