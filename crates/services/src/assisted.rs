//! A request that an officer enters in the portal for somebody who is present: identified, asked, and agreed
//! (LY-SVC-13.1). It is marked for good with the officer, the reason and the consent; there is no other way in.

pub(crate) mod begin;
pub(crate) mod enter;
pub(crate) mod page;
pub(crate) mod table;

use authz::{Actor, Assurance, Via};
use clock::Timestamp;
use uuid::Uuid;

pub(crate) const REASON_CHARACTERS_MIN: usize = 10;
pub(crate) const REASON_CHARACTERS_MAX: usize = 500;
pub(crate) const IDENTIFIED_CHARACTERS_MAX: usize = 200;

/// An assisted entry, from the consent on.
#[derive(Clone, Debug)]
pub(crate) struct Assisted {
    pub id: Uuid,
    pub officer: Uuid,
    pub body: Uuid,
    pub entry: Uuid,
    pub applicant: Uuid,
    pub reason: String,
    /// What the person showed: the document and its number.
    pub identified_by: String,
    pub consent_at: Timestamp,
    /// The request that came of it.
    pub number: Option<String>,
}

/// The applicant as the rules see them: present and identified by an officer, which is more than a password.
pub(crate) fn present(applicant: &identity::Person) -> Actor {
    Actor {
        person: applicant.id,
        via: Via::System,
        assurance: Assurance::Substantial,
        roles: Vec::new(),
        kind: applicant.kind.word().to_owned(),
    }
}
