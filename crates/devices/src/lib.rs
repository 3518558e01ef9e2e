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
mod permission;
mod places;
mod release;
mod rule;
mod telling;
mod vpn;

use std::{sync::Arc, time::Duration};

use authz::{Actor, Policies, Source};
use axum::{
    Router,
    http::{HeaderMap, HeaderName, HeaderValue},
};
use clock::{Clock, Timestamp};
use compliance::Door;
use documents::Documents;
use ledger::Ledger;
use store::{Migration, Migrations, Store};
use utoipa_axum::router::OpenApiRouter;

pub use acts::{NewDevice, NewPermission, NewVpn};
pub use admission::admit;
pub use device::ACCEPTANCE_HOLDS;
pub use permission::usage::{LogUses, Noted};
pub use rule::tell::TellOfRule;
pub use telling::kinds;
pub use vpn::{
    PolicyBook,
    keep::{KeepVpn, Tunnels},
};

use authority::Acting;

pub const MIGRATIONS: Migrations = Migrations {
    set: "devices",
    steps: &[
        Migration::same("0114_devices", include_str!("../migrations/0114_devices.sql")),
        Migration::same("0119_vpn", include_str!("../migrations/0119_vpn.sql")),
        Migration::same("0119_releases", include_str!("../migrations/0119_releases.sql")),
    ],
};

/// Who may do what here.
pub const POLICIES: Source = Source {
    capability: "devices",
    schema: include_str!("../policies/devices.cedarschema"),
    text: concat!(include_str!("../policies/devices.cedar"), include_str!("../policies/vpn.cedar")),
};

pub const LOCALE: language::Locale = language::Locale {
    name: "devices",
    ar: concat!(
        include_str!("../locales/devices.ar.ftl"),
        include_str!("../locales/releases.ar.ftl"),
        include_str!("../locales/vpn.ar.ftl"),
        include_str!("../locales/acts.ar.ftl"),
    ),
    en: concat!(
        include_str!("../locales/devices.en.ftl"),
        include_str!("../locales/releases.en.ftl"),
        include_str!("../locales/vpn.en.ftl"),
        include_str!("../locales/acts.en.ftl"),
    ),
};

/// The door of this crate.
pub struct Devices {
    pub store: Store,
    pub clock: Clock,
    pub ledger: Arc<Ledger>,
    pub documents: Arc<Documents>,
    pub policies: Arc<Policies>,
    /// How devices reach the site; what they sign names it.
    pub public_address: String,
    /// How far clocks on the wall are from UTC, for what people type and read.
    pub offset: language::Offset,
    /// How long the holder's acceptance of the rules of care holds (KW-RW-9.5.4).
    pub acceptance_holds: Duration,
    /// Beginnings of paths that open only from a device that an institution owns.
    pub institution_paths: Vec<String>,
    /// What virtual private networks stand on.
    pub tunnels: Tunnels,
}

/// Rows of one file.
pub(crate) const EXPORT_ROWS_MAX: u64 = 20_000;

/// What says that an answer is a file of this name.
pub(crate) fn attached(name: &str, media_type: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static(media_type));
    for (name, value) in documents::attachment_headers(name) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    headers
}

/// The last second of a local day.
pub(crate) fn day_end(day: i64, offset: language::Offset) -> Timestamp {
    let seconds = (day + 1) * 86_400 - 1 - i64::from(offset.minutes) * 60;
    Timestamp(seconds * 1_000_000)
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
        .merge(release::page::routes())
        .merge(rule::page::routes())
        .merge(loss::page::routes())
        .merge(loss::desk::routes())
        .merge(vpn::desk::routes())
        .merge(vpn::show::routes())
        .merge(permission::desk::routes())
        .merge(permission::own::routes())
}

/// `/api/v1/devices`, `/api/v1/losses` and `/api/v1/vpn`.
pub fn api() -> OpenApiRouter<Arc<Devices>> {
    OpenApiRouter::new()
        .merge(device::api::routes())
        .merge(loss::api::routes())
        .merge(release::api::routes())
        .merge(rule::api::routes())
        .merge(vpn::api::routes())
        .merge(permission::api::routes())
}
