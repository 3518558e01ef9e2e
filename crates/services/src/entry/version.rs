//! One version of an entry, whatever its state: what authors and the competent administration work on, and what the
//! register keeps.

pub(crate) mod table;

use authz::{Failure, Refusal};
use clock::Timestamp;
use store::Sql;
use uuid::Uuid;

use super::{Card, EntryState};
use crate::process::Process;

/// A version with everything that was registered.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub entry: Uuid,
    pub version: i64,
    pub body: Uuid,
    pub state: EntryState,
    pub card: Card,
    /// The form's JSON Schema.
    pub form: String,
    /// Nothing where it is carried out in the standard way.
    pub process: Option<Process>,
    /// Who attested that the process contravenes no law.
    pub legal_reviewer: Option<Uuid>,
    pub author: Uuid,
    pub registered_at: Timestamp,
    pub verifier: Option<Uuid>,
    pub verified_at: Option<Timestamp>,
    /// Since when it is in this state.
    pub state_at: Timestamp,
    /// What the competent administration asked to mend, or why it acted.
    pub remarks: String,
    /// The service that took it up.
    pub merged_into: Option<String>,
}

/// The version that leads, whoever asks: in force, off the portal, or not published yet.
pub(crate) async fn leading(sql: &impl Sql, slug: &str) -> Result<Version, Failure> {
    let states = [EntryState::Published, EntryState::Suspended, EntryState::Merged];
    let leading = table::newest(sql, slug, &states).await?;
    Ok(leading.ok_or_else(Refusal::not_found)?)
}

/// Something that happened to a version.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub version: i64,
    pub act: String,
    pub actor: Option<Uuid>,
    pub note: String,
    pub at: Timestamp,
}
