//! A card that is being written: kept with every change, complete or not, until it is submitted for verification. What is
//! published stays as it is meanwhile (LY-SVC-25.2).

pub(crate) mod begin;
pub(crate) mod checked;
pub(crate) mod fields;
pub(crate) mod page;
pub(crate) mod process;
pub(crate) mod remove;
pub(crate) mod save;
pub(crate) mod submit;
pub(crate) mod table;

use clock::Timestamp;
use serde_json::Value;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    pub id: Uuid,
    pub body: Uuid,
    pub author: Uuid,
    /// The service that it is a version of; empty as long as nobody gave it an id.
    pub slug: String,
    /// The card as far as it is written.
    pub card: Value,
    /// The form's JSON Schema as far as it is written.
    pub form: String,
    /// The process as far as it is written, as JSON; empty for the standard one.
    pub process: String,
    pub begun_at: Timestamp,
    pub saved_at: Timestamp,
    /// Moves with every change, so that two authors never overwrite each other.
    pub revision: i64,
}

impl Proposal {
    /// The service's name as far as it is written, in this language or the other.
    pub(crate) fn name(&self, lang: language::Lang) -> String {
        let read = |code: &str| self.card["name"][code].as_str().unwrap_or_default().trim().to_owned();
        let own = read(lang.code());
        if own.is_empty() { read(lang.other().code()) } else { own }
    }
}
