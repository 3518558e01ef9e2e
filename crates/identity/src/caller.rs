//! How a handler asks who calls.

use std::convert::Infallible;

use authz::{Actor, Assurance, Kind, Refusal, Via};
use axum::{
    extract::FromRequestParts,
    http::{Method, request::Parts},
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use crate::{Recognised, session::sign_in::page::sign_in_href, token::issue::SESSION_REQUIRED};

/// Nobody is signed in.
pub const SIGN_IN_REQUIRED: Refusal =
    Refusal::new(Kind::NotIdentified, "auth.sign_in_required", &["LY-SVC-8.1"]);
/// Signed in, but not surely enough for this.
pub const ASSURANCE_REQUIRED: Refusal =
    Refusal::new(Kind::NotIdentified, "identity.assurance_required", &["LY-SVC-8.1"]);

/// Somebody who is signed in. Otherwise a page leads to the sign-in and back; a program is told 401.
#[derive(Clone, Debug)]
pub struct Caller(pub Actor);

/// Whoever calls, signed in or not.
#[derive(Clone, Debug)]
pub struct MaybeCaller(pub Option<Actor>);

/// Refuses a caller who was not identified surely enough (LY-SVC-8.1).
pub fn require(actor: &Actor, level: Assurance) -> Result<(), Refusal> {
    match actor.assurance >= level {
        true => Ok(()),
        false => {
            Err(ASSURANCE_REQUIRED.with_item("", "assurance_level", crate::session::assurance_word(level)))
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Caller, Response> {
        recognised(parts).map(Caller).ok_or_else(|| lead_to_sign_in(parts))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for MaybeCaller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<MaybeCaller, Infallible> {
        Ok(MaybeCaller(recognised(parts)))
    }
}

impl Caller {
    /// The session of the call; a program with a token is refused.
    pub(crate) fn own_session(&self) -> Result<Uuid, Refusal> {
        self.session().ok_or(SESSION_REQUIRED)
    }

    /// The session of the call, when it came with one.
    pub fn session(&self) -> Option<Uuid> {
        match self.0.via {
            Via::Session(id) => Some(id),
            Via::Token(_) | Via::System => None,
        }
    }
}

fn recognised(parts: &Parts) -> Option<Actor> {
    let recognised = parts.extensions.get::<Recognised>()?;
    recognised.0.as_ref().map(|(actor, _)| actor.clone())
}

/// What was posted cannot be brought along, so after a POST the way back is the account page.
fn lead_to_sign_in(parts: &Parts) -> Response {
    let path = parts.extensions.get::<axum::extract::OriginalUri>().map_or(&parts.uri, |uri| &uri.0);
    if path.path().starts_with("/api/") {
        return web::Error::from(SIGN_IN_REQUIRED).into_response();
    }
    let next = match parts.method {
        Method::GET | Method::HEAD => path.path_and_query().map_or("/", |whole| whole.as_str()),
        _ => "/account",
    };
    web::see_other(&sign_in_href(next))
}
