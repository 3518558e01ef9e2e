//! The directory in which a body keeps the accounts of its own staff (Active Directory, OpenLDAP and their like): set up by the
//! body, asked at every sign-in of its staff, and who gets in while it is silent.
//!
//! A shared noun above `identity`, which asks it through a trait of its own. Absent on purpose: copies of accounts, and any
//! memory of what a directory said. The second factor stays where it is.

mod account;
mod acts;
mod authority;
mod call;
mod connection;
mod emergency;
mod house;
mod line;
mod places;
mod telling;
mod vouch;

use std::sync::Arc;

use authz::{Actor, Policies, Source};
use axum::{Router, extract::FromRef};
use clock::Clock;
use compliance::Door;
use courier::Reach;
use identity::{Identity, SecretKey};
use ledger::Ledger;
use store::{Migration, Migrations, Store};
use utoipa_axum::router::OpenApiRouter;

pub use acts::NewEmergency;
pub use telling::kinds;

use authority::Acting;
use line::pool::Pool;

pub const MIGRATIONS: Migrations = Migrations {
    set: "directory",
    steps: &[Migration::same("0116_directory", include_str!("../migrations/0116_directory.sql"))],
};

/// Who may do what here.
pub const POLICIES: Source = Source {
    capability: "directory",
    schema: include_str!("../policies/directory.cedarschema"),
    text: include_str!("../policies/directory.cedar"),
};

pub const LOCALE: language::Locale = language::Locale {
    name: "directory",
    ar: concat!(include_str!("../locales/directory.ar.ftl"), include_str!("../locales/acts.ar.ftl")),
    en: concat!(include_str!("../locales/directory.en.ftl"), include_str!("../locales/acts.en.ftl")),
};

/// The door of this crate.
pub struct Directories {
    store: Store,
    clock: Clock,
    ledger: Arc<Ledger>,
    policies: Arc<Policies>,
    /// Seals the passwords of the accounts that look people up.
    key: SecretKey,
    /// Where directories may be.
    reach: Reach,
    pool: Pool,
}

/// The door together with who knows sign-ins: what is set up here asks for the second factor again.
#[derive(Clone, FromRef)]
pub struct Desk {
    pub directories: Arc<Directories>,
    pub identity: Arc<Identity>,
}

impl Directories {
    pub fn new(
        store: Store,
        clock: Clock,
        ledger: Arc<Ledger>,
        policies: Arc<Policies>,
        (key, reach): (SecretKey, Reach),
    ) -> Arc<Directories> {
        Arc::new(Directories { store, clock, ledger, policies, key, reach, pool: Pool::default() })
    }

    fn acting(&self, actor: &Actor) -> Acting {
        Acting { actor: actor.clone(), policies: self.policies.clone(), clock: self.clock.clone() }
    }
}

/// `/desk/staff-directory` and what belongs to it.
pub fn pages() -> Router<Desk> {
    Router::new().merge(connection::page::routes()).merge(emergency::page::routes())
}

/// `/api/v1/staff-directories`.
pub fn api() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().merge(connection::api::routes()).merge(emergency::api::routes())
}

impl Door for Directories {
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
