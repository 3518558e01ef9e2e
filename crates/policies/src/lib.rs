//! A body's own policies for its people: who owns them, what is in force and who approved it, who has to acknowledge what by
//! when, and who has not.
//!
//! A capability on the register of bodies and appointments. Absent on purpose: what a policy asks of a program. The numbers
//! that a body sets stricter than the documents are requirements of `compliance`.

mod assignment;
mod authority;
mod breach;
mod clauses;
mod desk;
mod house;
mod policy;
mod review;
mod telling;
mod version;

use std::sync::Arc;

use authz::{Actor, Failure, Source};
use axum::Router;
use clock::{Clock, Timestamp};
use compliance::{Door, Packs};
use ledger::Ledger;
use store::{Migration, Migrations, Sql, Store};
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

pub use assignment::assign::AssignPolicies;
pub use desk::{NewPolicy, Text as PolicyText};
pub use policy::PolicyKind;
pub use telling::kinds;

use authority::Acting;

pub const MIGRATIONS: Migrations = Migrations {
    set: "policies",
    steps: &[Migration::same("0118_policies", include_str!("../migrations/0118_policies.sql"))],
};

/// Who may do what here.
pub const POLICIES: Source = Source {
    capability: "policies",
    schema: include_str!("../policies/policies.cedarschema"),
    text: include_str!("../policies/policies.cedar"),
};

pub const LOCALE: language::Locale = language::Locale {
    name: "policies",
    ar: concat!(include_str!("../locales/policies.ar.ftl"), include_str!("../locales/acts.ar.ftl")),
    en: concat!(include_str!("../locales/policies.en.ftl"), include_str!("../locales/acts.en.ftl")),
};

/// The register of policies, with what its verbs and pages stand on.
pub struct Register {
    pub store: Store,
    pub clock: Clock,
    pub ledger: Arc<Ledger>,
    pub policies: Arc<authz::Policies>,
    pub packs: Arc<Packs>,
}

/// Whether a body has a policy of this kind in force, of its own or one for all bodies.
pub async fn has_in_force(
    sql: &impl Sql,
    body: Uuid,
    kind: PolicyKind,
    at: Timestamp,
) -> Result<bool, Failure> {
    Ok(policy::table::has_in_force(sql, body, kind, at).await?)
}

impl Register {
    fn acting(&self, actor: &Actor) -> Acting {
        Acting { actor: actor.clone(), policies: self.policies.clone(), clock: self.clock.clone() }
    }
}

/// `/policies`, `/account/policies` and what belongs to them.
pub fn pages() -> Router<Arc<Register>> {
    Router::new()
        .merge(policy::page::routes())
        .merge(policy::new::routes())
        .merge(version::edit::routes())
        .merge(version::show::routes())
        .merge(version::compare::routes())
        .merge(assignment::own::routes())
        .merge(assignment::board::routes())
}

/// `/api/v1/policies` and `/api/v1/acknowledgements`.
pub fn api() -> OpenApiRouter<Arc<Register>> {
    OpenApiRouter::new()
        .merge(policy::api::routes())
        .merge(version::api::routes())
        .merge(assignment::api::routes())
}

impl Door for Register {
    fn store(&self) -> &Store {
        &self.store
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}
