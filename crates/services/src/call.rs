//! From a call to a verb: who calls, under which key the call may be repeated, and how a verb is carried out.

use std::sync::Arc;

use authz::{Actor, Failure};
use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};
use clock::Clock;
use compliance::Door;
use identity::Caller;
use ledger::Ledger;
use serde::Serialize;
use store::{OnceKey, Store};
use web::{IdempotencyKey, Shell};

use crate::{
    Services, entry,
    request::{self, RequestNumber},
};

/// A call over HTTP by somebody who is known, and the key under which it may be repeated.
pub(crate) struct Call {
    pub services: Arc<Services>,
    pub actor: Actor,
    key: IdempotencyKey,
}

/// Somebody who is known, on a page.
pub(crate) struct Visit {
    pub services: Arc<Services>,
    pub actor: Actor,
    pub shell: Shell,
}

impl FromRequestParts<Arc<Services>> for Call {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, services: &Arc<Services>) -> Result<Call, Response> {
        let Caller(actor) = Caller::from_request_parts(parts, services).await?;
        let key = IdempotencyKey::from_request_parts(parts, services).await;
        let key = key.map_err(IntoResponse::into_response)?;
        Ok(Call { services: services.clone(), actor, key })
    }
}

impl FromRequestParts<Arc<Services>> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, services: &Arc<Services>) -> Result<Visit, Response> {
        let Caller(actor) = Caller::from_request_parts(parts, services).await?;
        let shell = Shell::from_request_parts(parts, services).await.map_err(IntoResponse::into_response)?;
        Ok(Visit { services: services.clone(), actor, shell })
    }
}

impl Call {
    /// Under which name this call is remembered, when it came with a key.
    pub fn once(&self, route: &str, asked: &impl Serialize) -> Result<Option<OnceKey>, Failure> {
        self.key.once(&self.actor, route, asked, self.services.clock.now())
    }

    /// On a request; `revision` is the one that they were looking at.
    pub fn acting(&self, number: &RequestNumber, revision: Option<i64>) -> request::act::Acting {
        self.services.acting(&self.actor, number, revision)
    }

    pub fn acting_on_directory(&self) -> entry::authority::Acting {
        self.services.acting_on_directory(&self.actor)
    }
}

impl Services {
    /// The key under which a caller may repeat a call on one route.
    pub fn once(&self, actor: &Actor, route: &str, key: String, asked: &[u8]) -> OnceKey {
        OnceKey::new(format!("{}/{route}", actor.person), key, asked, self.clock.now())
    }
}

impl Door for Services {
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
