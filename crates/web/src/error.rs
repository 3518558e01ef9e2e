//! Why a call got no answer: the one error type of handlers.
//!
//! It carries no language. The guard around the router knows the call and renders it, as a page or a problem.

pub(crate) mod render;
mod title;

use std::{error::Error as StdError, sync::Arc};

use authz::{Failure, Kind, Refusal};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use store::{Reused, StoreError};

/// What a handler returns when it cannot answer. `?` makes one of a [`Refusal`], a [`Failure`] and any error.
#[derive(Debug)]
pub struct Error {
    failure: Failure,
    status: Option<StatusCode>,
    way: Option<Way>,
    retry_after_seconds: Option<u64>,
}

/// The button below a refusal.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub href: String,
    /// Message key of its words.
    pub key: &'static str,
}

/// How soon a caller may come back when a part was busy.
const BUSY_RETRY_SECONDS: u64 = 1;

impl<E: Into<Failure>> From<E> for Error {
    fn from(cause: E) -> Error {
        Error { failure: cause.into(), status: None, way: None, retry_after_seconds: None }.sorted()
    }
}

impl Error {
    pub fn not_found() -> Error {
        Refusal::not_found().into()
    }

    /// The button that leads on, in place of the one that the kind of refusal suggests.
    pub fn way_out(mut self, href: impl Into<String>, key: &'static str) -> Error {
        self.way = Some(Way { href: href.into(), key });
        self
    }

    /// The refusal, when it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.failure.refusal()
    }

    /// A status that says more than the kind does: 400, 405, 415.
    pub fn with_status(mut self, status: StatusCode) -> Error {
        self.status = Some(status);
        self
    }

    pub(crate) fn retry_after(mut self, seconds: u64) -> Error {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// Two of the store's errors are refusals: they are the caller's to mend, or only a matter of time.
    fn sorted(self) -> Error {
        let Failure::Broken(source) = &self.failure else { return self };
        let mut cause: Option<&(dyn StdError + 'static)> = Some(source.as_ref());
        while let Some(error) = cause {
            if error.is::<Reused>() {
                return Error::from(Refusal::new(Kind::Invalid, "idempotency.key_reused", &[]));
            }
            if matches!(error.downcast_ref::<StoreError>(), Some(StoreError::Busy)) {
                let busy = Refusal::new(Kind::Unavailable, "web.busy", &[]);
                return Error::from(busy).retry_after(BUSY_RETRY_SECONDS);
            }
            cause = error.source();
        }
        self
    }

    pub(crate) fn status(&self) -> StatusCode {
        if let Some(status) = self.status {
            return status;
        }
        match &self.failure {
            Failure::Refused(refusal) => status_of(refusal.kind),
            Failure::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// The only place where a kind of refusal meets a status code.
pub(crate) fn status_of(kind: Kind) -> StatusCode {
    match kind {
        Kind::NotIdentified => StatusCode::UNAUTHORIZED,
        Kind::NotAllowed => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Waits in the response's extensions until the guard renders it.
#[derive(Clone)]
pub(crate) struct Unrendered(pub Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Unrendered(Arc::new(self)));
        response
    }
}
