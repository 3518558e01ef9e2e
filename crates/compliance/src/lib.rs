//! The regulation as it runs: packs, controls, parameters, the state of each control; what is found not to hold, from what a
//! body is exempt, what people confirm, and how each body stands.
//!
//! The packs in `regulations/` are built into the program; everything that happens with them is kept by [`Compliance`].
//! Any part of the product raises a finding with [`raise`] and asks for an exemption with [`exempt`].

mod api;
mod assignment;
mod attack;
mod attestation;
mod authority;
mod browse;
mod call;
mod case;
mod control;
mod desk;
mod door;
mod evidence;
mod exemption;
mod finding;
mod kernel;
mod listing;
mod matrix;
mod oscal;
mod own;
mod pack;
mod packs;
mod pages;
mod parameter;
mod places;
mod posted;
mod proof;
mod requirement;
mod telling;
mod value;

use std::sync::Arc;

use authz::Source;
use store::{Migration, Migrations};
use utoipa_axum::router::OpenApiRouter;

pub use api::api;
pub use authority::guards_of_accounts;
pub use browse::{Filter, Tally};
pub use case::breach::{Attached, Breach, breach};
pub use control::{Control, ControlState, Enforcement};
pub use desk::{At, Requires};
pub use door::Door;
pub use exemption::check::{exempt, unless_exempt};
pub use finding::{
    Severity,
    raise::{Found, Raised, raise},
};
pub use kernel::{Compliance, Provides};
pub use listing::{COLUMNS, Format, cells, listing};
pub use pack::{Footing, FootingKind, PackError, PackTitle};
pub use packs::{CONTROLS_IN_ALL, Packs, PacksError};
pub use pages::pages;
pub use parameter::{Basis, Origin, Resolved, Stricter};
pub use posted::Posted;
pub use proof::Proof;
pub use requirement::effective;
pub use telling::{kinds, tell};
pub use value::{Unit, Value};

/// The tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    set: "compliance",
    steps: &[
        Migration::same("0110_findings", include_str!("../migrations/0110_findings.sql")),
        Migration::same("0110_exemptions", include_str!("../migrations/0110_exemptions.sql")),
        Migration::same("0111_attestations", include_str!("../migrations/0111_attestations.sql")),
        Migration::same("0112_evidence", include_str!("../migrations/0112_evidence.sql")),
        Migration::same("0113_cases", include_str!("../migrations/0113_cases.sql")),
        Migration::same("0120_own_controls", include_str!("../migrations/0120_own_controls.sql")),
        Migration::same("0120_case_law", include_str!("../migrations/0120_case_law.sql")),
        Migration::same("0118_requirements", include_str!("../migrations/0118_requirements.sql")),
    ],
};

/// Who may do what here.
pub const POLICIES: Source = Source {
    capability: "compliance",
    schema: include_str!("../policies/compliance.cedarschema"),
    text: concat!(include_str!("../policies/compliance.cedar"), include_str!("../policies/security.cedar")),
};

/// What is kept about bodies, over HTTP.
pub fn desk_api() -> OpenApiRouter<Arc<Compliance>> {
    OpenApiRouter::new()
        .merge(matrix::api::routes())
        .merge(oscal::api::routes())
        .merge(own::api::routes())
        .merge(finding::api::routes())
        .merge(exemption::api::routes())
        .merge(attestation::api::routes())
        .merge(assignment::api::routes())
        .merge(attack::api::routes())
        .merge(case::api::routes())
        .merge(requirement::api::routes())
}

/// What is kept about bodies, as pages.
pub fn desk() -> axum::Router<Arc<Compliance>> {
    axum::Router::new()
        .merge(matrix::page::routes())
        .merge(pages::of_control())
        .merge(own::page::routes())
        .merge(finding::page::routes())
        .merge(exemption::page::routes())
        .merge(attestation::page::routes())
        .merge(assignment::page::routes())
        .merge(attack::page::routes())
        .merge(case::page::routes())
        .merge(requirement::page::routes())
}

pub const LOCALE: language::Locale = language::Locale {
    name: "compliance",
    ar: concat!(
        include_str!("../locales/ar.ftl"),
        include_str!("../locales/kernel.ar.ftl"),
        include_str!("../locales/requirement.ar.ftl"),
        include_str!("../locales/security.ar.ftl"),
        include_str!("../locales/acts.ar.ftl"),
        include_str!("../locales/oversight.ar.ftl"),
    ),
    en: concat!(
        include_str!("../locales/en.ftl"),
        include_str!("../locales/kernel.en.ftl"),
        include_str!("../locales/requirement.en.ftl"),
        include_str!("../locales/security.en.ftl"),
        include_str!("../locales/acts.en.ftl"),
        include_str!("../locales/oversight.en.ftl"),
    ),
};
