//! From a call to a verb: who calls, and under which key the call may be repeated.

use std::sync::Arc;

use authz::{Actor, Failure};
use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};
use identity::Caller;
use serde::Serialize;
use store::OnceKey;
use web::{IdempotencyKey, Shell};

use crate::{Compliance, authority::Acting};

/// A call over HTTP by somebody who is known, and the key under which it may be repeated.
pub(crate) struct Call {
    pub kernel: Arc<Compliance>,
    pub actor: Actor,
    key: IdempotencyKey,
}

/// Somebody who is known, on a page.
pub(crate) struct Visit {
    pub kernel: Arc<Compliance>,
    pub actor: Actor,
    pub shell: Shell,
}

impl FromRequestParts<Arc<Compliance>> for Call {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, kernel: &Arc<Compliance>) -> Result<Call, Response> {
        let Caller(actor) = Caller::from_request_parts(parts, kernel).await?;
        let key = IdempotencyKey::from_request_parts(parts, kernel).await;
        let key = key.map_err(IntoResponse::into_response)?;
        Ok(Call { kernel: kernel.clone(), actor, key })
    }
}

impl FromRequestParts<Arc<Compliance>> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, kernel: &Arc<Compliance>) -> Result<Visit, Response> {
        let Caller(actor) = Caller::from_request_parts(parts, kernel).await?;
        let shell = Shell::from_request_parts(parts, kernel).await.map_err(IntoResponse::into_response)?;
        Ok(Visit { kernel: kernel.clone(), actor, shell })
    }
}

impl Call {
    /// Under which name this call is remembered, when it came with a key.
    pub fn once(&self, route: &str, asked: &impl Serialize) -> Result<Option<OnceKey>, Failure> {
        self.key.once(&self.actor, route, asked, self.kernel.clock.now())
    }

    pub fn acting(&self) -> Acting {
        self.kernel.acting(&self.actor)
    }
}

impl Visit {
    pub fn acting(&self) -> Acting {
        self.kernel.acting(&self.actor)
    }
}
