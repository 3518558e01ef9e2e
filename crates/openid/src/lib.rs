//! People sign in at the systems of public bodies with their account here: registered clients, the code flow with proof keys,
//! signed identity tokens, and the word to every system when a session is over.
//!
//! A shared noun above `identity`, whose sessions it follows and whose people it tells of. The README says what is absent.

mod acts;
mod asked;
mod authority;
mod authorize;
mod client;
mod consent;
mod discovery;
mod house;
mod leave;
mod signing;
mod token;
mod visit;

use std::sync::Arc;

use authz::{Actor, Policies, Source};
use axum::Router;
use clock::Clock;
use compliance::Door;
use courier::Courier;
use identity::{Identity, SecretKey};
use ledger::Ledger;
use store::{Migration, Migrations, Store, Verb};
use utoipa_axum::router::OpenApiRouter;

pub use acts::NewSystem;
pub use visit::{farewell::SayFarewell, tell::TellOfEnd};

use authority::Acting;

pub const MIGRATIONS: Migrations = Migrations {
    set: "openid",
    steps: &[Migration::same("0115_openid", include_str!("../migrations/0115_openid.sql"))],
};

/// Who may do what here.
pub const POLICIES: Source = Source {
    capability: "openid",
    schema: include_str!("../policies/openid.cedarschema"),
    text: include_str!("../policies/openid.cedar"),
};

pub const LOCALE: language::Locale = language::Locale {
    name: "openid",
    ar: concat!(include_str!("../locales/openid.ar.ftl"), include_str!("../locales/acts.ar.ftl")),
    en: concat!(include_str!("../locales/openid.en.ftl"), include_str!("../locales/acts.en.ftl")),
};

/// The door of this crate.
pub struct OpenId {
    pub store: Store,
    pub clock: Clock,
    pub ledger: Arc<Ledger>,
    pub policies: Arc<Policies>,
    pub identity: Arc<Identity>,
    /// Seals the keys that sign.
    pub key: SecretKey,
    /// Carries farewells.
    pub courier: Courier,
    /// How others name this provider: the address of the site.
    pub issuer: String,
}

impl OpenId {
    fn acting(&self, actor: &Actor) -> Acting {
        Acting { actor: actor.clone(), policies: self.policies.clone(), clock: self.clock.clone() }
    }

    /// What no person asked for by a form, or whose answer is a secret that must not be kept.
    async fn write<V: Verb>(&self, verb: V) -> Result<V::Answer, V::Error> {
        let answer = self.store.write(verb).await;
        self.ledger.wake();
        answer
    }
}

/// `/openid/authorize`, `/openid/end-session`, `/account/systems` and `/desk/systems`.
pub fn pages() -> Router<Arc<OpenId>> {
    Router::new()
        .merge(authorize::routes())
        .merge(leave::routes())
        .merge(consent::page::routes())
        .merge(client::desk::routes())
        .merge(client::form::routes())
}

/// What systems call themselves, with their own secrets and tokens: these must not pass the recognition of people.
pub fn machines() -> Router<Arc<OpenId>> {
    Router::new().merge(discovery::routes()).merge(token::endpoint::routes()).merge(token::userinfo::routes())
}

/// `/api/v1/systems`.
pub fn api() -> OpenApiRouter<Arc<OpenId>> {
    client::api::routes()
}

impl Door for OpenId {
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
