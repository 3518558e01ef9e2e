//! From a call to a part of the product: who calls, at which door, and under which key the call may be repeated.

use std::sync::Arc;

use authz::{Actor, Failure};
use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};
use clock::Timestamp;
use serde::Serialize;
use store::OnceKey;
use web::{IdempotencyKey, Shell};

use crate::Caller;

/// A call over HTTP by somebody who is known, and the key under which it may be repeated. `door` is the part of the product.
pub struct Call<D> {
    pub door: Arc<D>,
    pub actor: Actor,
    key: IdempotencyKey,
}

/// Somebody who is known, on a page.
pub struct Visit<D> {
    pub door: Arc<D>,
    pub actor: Actor,
    pub shell: Shell,
}

impl<D: Send + Sync + 'static> FromRequestParts<Arc<D>> for Call<D> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, door: &Arc<D>) -> Result<Call<D>, Response> {
        let Caller(actor) = Caller::from_request_parts(parts, door).await?;
        let key = IdempotencyKey::from_request_parts(parts, door).await;
        let key = key.map_err(IntoResponse::into_response)?;
        Ok(Call { door: door.clone(), actor, key })
    }
}

impl<D: Send + Sync + 'static> FromRequestParts<Arc<D>> for Visit<D> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, door: &Arc<D>) -> Result<Visit<D>, Response> {
        let Caller(actor) = Caller::from_request_parts(parts, door).await?;
        let shell = Shell::from_request_parts(parts, door).await.map_err(IntoResponse::into_response)?;
        Ok(Visit { door: door.clone(), actor, shell })
    }
}

impl<D> Call<D> {
    /// Under which name this call is remembered, when it came with a key.
    pub fn once(
        &self,
        route: &str,
        asked: &impl Serialize,
        now: Timestamp,
    ) -> Result<Option<OnceKey>, Failure> {
        self.key.once(&self.actor, route, asked, now)
    }
}
