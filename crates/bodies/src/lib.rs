//! The state as a tree, and who changes it: bodies and their units, the functions that the law gives them, roles with their
//! beginning and end, and powers that somebody delegates for a time.
//!
//! A shared noun above `organisations`, which keeps what is written here and knows no page. Absent on purpose: the calendar of a
//! body, which services count by; and the documents that bind it, which compliance assigns.

mod authority;
mod body;
mod delegation;
mod people;
mod section;
mod telling;

use std::sync::Arc;

use authz::{Actor, Source};
use axum::Router;
use compliance::Compliance;
use utoipa_axum::router::OpenApiRouter;

pub use telling::kinds;

use authority::Acting;

/// Who may do what here.
pub const POLICIES: Source = Source {
    capability: "bodies",
    schema: include_str!("../policies/bodies.cedarschema"),
    text: include_str!("../policies/bodies.cedar"),
};

pub const LOCALE: language::Locale = language::Locale {
    name: "bodies",
    ar: concat!(include_str!("../locales/bodies.ar.ftl"), include_str!("../locales/acts.ar.ftl")),
    en: concat!(include_str!("../locales/bodies.en.ftl"), include_str!("../locales/acts.en.ftl")),
};

/// The door of this crate. It stands on the ground of compliance, which carries acts out and notes refusals.
pub struct Bodies {
    pub kernel: Arc<Compliance>,
}

impl Bodies {
    fn acting(&self, actor: &Actor) -> Acting {
        Acting::new(actor, self.kernel.policies.clone(), self.kernel.clock.clone())
    }
}

/// `/desk/bodies`, `/account/delegations`, `/delegations/{id}`.
pub fn pages() -> Router<Arc<Bodies>> {
    Router::new().merge(body::routes()).merge(people::routes()).merge(delegation::page::routes())
}

/// `/api/v1/bodies` and `/api/v1/delegations`.
pub fn api() -> OpenApiRouter<Arc<Bodies>> {
    OpenApiRouter::new().merge(body::api::routes()).merge(delegation::api::routes())
}
