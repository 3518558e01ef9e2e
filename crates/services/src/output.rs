//! An output: the certificate, the notice of measures, or the administrative act that a request ends in.
//!
//! It is delivered when it becomes available on the portal (LY-SVC-18.4), and anybody who holds its file or its QR
//! code can verify it without asking who holds it.

pub(crate) mod check;
pub(crate) mod download;
pub(crate) mod issue;
pub(crate) mod table;

use clock::Timestamp;
use serde_json::Value;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Output {
    pub id: Uuid,
    pub request: Uuid,
    /// The output's id on the card: `certificate`.
    pub part: String,
    pub kind: String,
    /// Unguessable; it stands in the QR code.
    pub code: String,
    pub document: Uuid,
    /// What the ledger entry states.
    pub statement: Value,
    pub leaf: Uuid,
    pub delivered_at: Timestamp,
}
