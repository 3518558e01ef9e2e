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

use authz::{Actor, Failure, Policies, Source};
use axum::Router;
use clock::Clock;
use compliance::NoteRefusal;
use ledger::Ledger;
use serde::{Serialize, de::DeserializeOwned};
use store::{Migration, Migrations, Once, OnceKey, Store, Verb};
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
pub const POLICIES: Source =
    Source { capability: "devices", text: include_str!("../policies/devices.cedar") };

pub const LOCALE: language::Locale = language::Locale {
    name: "devices",
    ar: include_str!("../locales/devices.ar.ftl"),
    en: include_str!("../locales/devices.en.ftl"),
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

    /// Runs a verb once and notes refusals under `subject`, the name that the ledger knows it by.
    async fn carry_out<V>(
        &self,
        actor: &Actor,
        subject: &str,
        verb: V,
        key: Option<OnceKey>,
    ) -> Result<V::Answer, Failure>
    where
        V: Verb<Error = Failure, Answer: Serialize + DeserializeOwned + Sync>,
    {
        let outcome = self.store.write(Once { key, verb }).await;
        if let Some(note) = NoteRefusal::of(actor, subject, &outcome, self.clock.now()) {
            self.store.write(note).await?;
        }
        self.ledger.wake();
        outcome
    }

    /// The key under which a caller may repeat a call on one route.
    fn once(
        &self,
        actor: &Actor,
        route: &str,
        key: Option<String>,
        asked: &impl Serialize,
    ) -> Result<Option<OnceKey>, Failure> {
        let Some(key) = key else { return Ok(None) };
        let asked = serde_json::to_vec(asked)?;
        Ok(Some(OnceKey::new(format!("{}/{route}", actor.person), key, &asked, self.clock.now())))
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
