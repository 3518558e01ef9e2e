//! Who keeps the systems of a body: its administrators.

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, Policies, Refusal, Resource};
use clock::Clock;
use uuid::Uuid;

/// The role that keeps the systems of a body.
const KEEPER: &str = "administrator";

pub(crate) const NOT_YOURS: Refusal = Refusal::new(Kind::NotAllowed, "openid.not_yours", &["LY-SVC-8.1"]);

#[derive(Clone)]
pub(crate) struct Acting {
    pub actor: Actor,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Acting {
    pub(crate) fn check(&self, act: &'static str, body: Uuid) -> Result<(), Refusal> {
        let keepers = Attribute::Words(vec![format!("{KEEPER}@{body}")]);
        let resource =
            Resource { kind: "System", id: body.to_string(), attributes: vec![("keepers", keepers)] };
        let told = |refusal: Refusal| if refusal.code == "not_allowed" { NOT_YOURS } else { refusal };
        self.policies.require("openid", &self.actor, act, &resource).map_err(told)
    }

    /// The bodies whose systems this person keeps; nobody else sees a list.
    pub(crate) fn sight(&self) -> Result<Vec<Uuid>, Failure> {
        let mut bodies = self.actor.bodies();
        bodies.retain(|body| self.check("see", *body).is_ok());
        bodies.sort();
        bodies.dedup();
        if bodies.is_empty() { Err(NOT_YOURS.into()) } else { Ok(bodies) }
    }
}
