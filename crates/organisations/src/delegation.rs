//! A delegation: somebody gives powers of their own to a colleague for a time, and a third person approves it (KW-RW-9.1.1b).
//!
//! It begins and ends by itself, because the moment decides and not a job. Whoever loses the role that they delegated has no
//! longer delegated anything.

pub(crate) mod ask;
pub(crate) mod decide;
pub(crate) mod end;
pub(crate) mod table;

use authz::{Kind, Refusal};
use clock::Timestamp;
use uuid::Uuid;

/// Roles that may be delegated. Never oversight, and never the keeping of rights: nobody approves in somebody else's name what
/// themselves may do.
pub const DELEGABLE: [&str; 8] =
    ["officer", "decider", "head", "member", "author", "verifier", "legal_reviewer", "device_officer"];

/// A delegation lasts a year at most and is then asked for again.
pub const DELEGATION_DAYS_MAX: u32 = 366;
/// How long somebody is told that what they try was delegated to them once. Later it is as if it had never been theirs.
pub const LAPSED_TOLD_DAYS: u32 = 30;
/// Longer is no topic.
pub const TOPICS_CHARACTERS_MAX: usize = 1_000;

pub(crate) const INCOMPLETE: Refusal =
    Refusal::new(Kind::Invalid, "delegation.incomplete", &["KW-RW-9.1.1b"]);
pub(crate) const SUB_DELEGATION: Refusal =
    Refusal::new(Kind::NotAllowed, "delegation.sub_delegation", &["KW-RW-9.1.1b"]);
pub(crate) const OWN: Refusal = Refusal::new(Kind::Conflict, "delegation.own", &["KW-RW-9.1.1b"]);
pub(crate) const STATE: Refusal = Refusal::new(Kind::Conflict, "delegation.state", &["KW-RW-9.1.1b"]);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DelegationState {
    Asked,
    Refused,
    Ahead,
    InForce,
    Ended,
}

impl DelegationState {
    pub fn word(self) -> &'static str {
        match self {
            DelegationState::Asked => "asked",
            DelegationState::Refused => "refused",
            DelegationState::Ahead => "ahead",
            DelegationState::InForce => "in_force",
            DelegationState::Ended => "ended",
        }
    }
}

/// What was written down of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    Asked,
    Approved,
    Refused,
}

impl Written {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Written::Asked => "asked",
            Written::Approved => "approved",
            Written::Refused => "refused",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Written> {
        [Written::Asked, Written::Approved, Written::Refused].into_iter().find(|it| it.word() == word)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    pub id: Uuid,
    pub body: Uuid,
    pub delegator: Uuid,
    pub delegate: Uuid,
    /// Roles of [`DELEGABLE`].
    pub powers: Vec<String>,
    /// In which matters, in words.
    pub topics: String,
    pub(crate) written: Written,
    pub from: Timestamp,
    pub until: Timestamp,
    /// The first moment at which it no longer holds.
    pub over_at: Timestamp,
    pub asked_at: Timestamp,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<Timestamp>,
    pub ended_by: Option<Uuid>,
    /// Why it was refused or ended early.
    pub reason: String,
}

impl Delegation {
    pub fn state(&self, now: Timestamp) -> DelegationState {
        match self.written {
            Written::Refused => DelegationState::Refused,
            _ if now >= self.over_at => DelegationState::Ended,
            Written::Asked => DelegationState::Asked,
            Written::Approved if now < self.from => DelegationState::Ahead,
            Written::Approved => DelegationState::InForce,
        }
    }

    pub fn ledger_subject(&self) -> String {
        format!("delegation/{}", self.id)
    }

    /// Whether the person is one of its two sides.
    pub fn is_party(&self, person: Uuid) -> bool {
        [self.delegator, self.delegate].contains(&person)
    }
}
