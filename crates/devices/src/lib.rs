//! The devices with which people work for a body: the inventory and the list of personal devices that are allowed, how each
//! stands against the baseline, from where they may work, and what happens at once when one is lost.
//!
//! A shared noun beside `identity`, which knows sessions and zones but no device. Absent on purpose: managing devices. A
//! device tells how it stands, signed by its key; nothing is changed on it from here.

mod acts;
mod admission;
mod authority;
mod device;
mod house;
mod loss;
mod places;
mod rule;
mod telling;

use std::{sync::Arc, time::Duration};

use authz::{Actor, Policies, Source};
use axum::Router;
use clock::Clock;
use compliance::Door;
use ledger::Ledger;
use store::{Migration, Migrations, Store};
use utoipa_axum::router::OpenApiRouter;

pub use admission::admit;
pub use device::ACCEPTANCE_HOLDS;
pub use rule::tell::TellOfRule;
pub use telling::kinds;

pub use acts::NewDevice;

use authority::Acting;

pub const MIGRATIONS: Migrations = Migrations {
    set: "devices",
    steps: &[Migration::same("0114_devices", include_str!("../migrations/0114_devices.sql"))],
};

/// Who may do what here.
pub const POLICIES: Source = Source {
    capability: "devices",
    schema: include_str!("../policies/devices.cedarschema"),
    text: include_str!("../policies/devices.cedar"),
};

pub const LOCALE: language::Locale = language::Locale {
    name: "devices",
    ar: concat!(include_str!("../locales/devices.ar.ftl"), include_str!("../locales/acts.ar.ftl")),
    en: concat!(include_str!("../locales/devices.en.ftl"), include_str!("../locales/acts.en.ftl")),
};

/// The door of this crate.
pub struct Devices {
    pub store: Store,
    pub clock: Clock,
    pub ledger: Arc<Ledger>,
    pub policies: Arc<Policies>,
    /// How devices reach the site; what they sign names it.
    pub public_address: String,
    /// How far clocks on the wall are from UTC, for what people type and read.
    pub offset: language::Offset,
    /// How long the holder's acceptance of the rules of care holds (KW-RW-9.5.4).
    pub acceptance_holds: Duration,
    /// Beginnings of paths that open only from a device that an institution owns.
    pub institution_paths: Vec<String>,
}

impl Devices {
    fn acting(&self, actor: &Actor) -> Acting {
        Acting { actor: actor.clone(), policies: self.policies.clone(), clock: self.clock.clone() }
    }
}

impl Door for Devices {
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

/// `/account/devices`, `/desk/devices` and what belongs to them.
pub fn pages() -> Router<Arc<Devices>> {
    Router::new()
        .merge(device::own::routes())
        .merge(device::seat::routes())
        .merge(device::desk::routes())
        .merge(rule::page::routes())
        .merge(loss::page::routes())
        .merge(loss::desk::routes())
}

/// `/api/v1/devices` and `/api/v1/losses`.
pub fn api() -> OpenApiRouter<Arc<Devices>> {
    OpenApiRouter::new().merge(device::api::routes()).merge(loss::api::routes()).merge(rule::api::routes())
}
