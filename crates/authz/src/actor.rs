//! The person behind a call, as every rule sees them.

use behalf::{Delegation, Lapsed};
use uuid::Uuid;

/// How surely the person was identified, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assurance {
    /// A password.
    Basic = 1,
    /// A password and a second factor.
    Substantial = 2,
    /// A factor that cannot be phished, bound to the person in presence.
    High = 3,
}

impl Assurance {
    /// The level named `basic`, `substantial` or `high`; any other word is nobody's level.
    pub fn named(word: &str) -> Option<Assurance> {
        match word {
            "basic" => Some(Assurance::Basic),
            "substantial" => Some(Assurance::Substantial),
            "high" => Some(Assurance::High),
            _ => None,
        }
    }
}

/// What the call came with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A browser session: cross-site checks apply.
    Session(Uuid),
    /// A bearer token.
    Token(Uuid),
    /// The platform itself (a job).
    System,
}

/// A role that the person holds today at a body, by an appointment or by delegation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub body: Uuid,
    pub unit: Option<Uuid>,
    /// `officer`, `decider`, `head`, `author`, `verifier`, `auditor`, `administrator`.
    pub name: String,
    /// The delegation by which the person holds it; nothing for a role of their own.
    pub by: Option<Delegation>,
}

/// Somebody who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub person: Uuid,
    pub via: Via,
    pub assurance: Assurance,
    pub roles: Vec<Role>,
    /// The kind of beneficiary: `citizen`, `resident`, `visitor`.
    pub kind: String,
}

impl Actor {
    pub fn holds(&self, role: &str, body: Uuid) -> bool {
        self.roles.iter().any(|held| held.name == role && held.body == body)
    }

    pub fn holds_anywhere(&self, role: &str) -> bool {
        self.roles.iter().any(|held| held.name == role)
    }

    /// The same person without what others delegated to them.
    pub fn by_own_right(&self) -> Actor {
        self.limited_to(None)
    }

    /// The bodies at which the person holds any role, each once.
    pub fn bodies(&self) -> Vec<Uuid> {
        let mut bodies: Vec<Uuid> = self.roles.iter().map(|held| held.body).collect();
        bodies.sort();
        bodies.dedup();
        bodies
    }

    /// The same person with their own roles and those of one delegation.
    pub(crate) fn limited_to(&self, delegation: Option<Delegation>) -> Actor {
        let mut limited = self.clone();
        limited.roles.retain(|role| role.by.is_none() || role.by == delegation);
        limited
    }

    /// The same person as they stood before these powers ended.
    pub(crate) fn with_lapsed(&self, lapsed: &[Lapsed]) -> Actor {
        let mut before = self.clone();
        let again =
            |power: &Lapsed| Role { body: power.body, unit: None, name: power.role.clone(), by: None };
        before.roles.extend(lapsed.iter().map(again));
        before
    }
}
