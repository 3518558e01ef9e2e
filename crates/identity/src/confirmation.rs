//! A second look at who is there: what is sensitive asks for the second factor again, unless it was shown lately. Whoever
//! has none shows the password.
//!
//! A handler says that it is sensitive by what it takes: [`Fresh`] in place of a page's or a call's caller, [`FreshForm`] in
//! place of a form. A form that comes too late is not lost: the question carries all that was typed, and goes on with it.
//! Calls with a token pass: a token was issued by a session that had shown it, and no person sits behind one.

pub(crate) mod confirm;
pub(crate) mod page;
#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use authz::{Kind, Refusal, Via};
use axum::{
    body::{Body, Bytes},
    extract::{FromRef, FromRequest, FromRequestParts, Request},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use clock::Timestamp;
use serde::de::DeserializeOwned;
use web::{Form, Shell};

use self::page::{Asking, Typed};
use crate::{Caller, Identity, session::sign_in::Origin};

/// How long a second factor holds where nothing else is set.
pub const STEP_UP_HOLDS: Duration = Duration::from_secs(15 * 60);

/// What was asked for is sensitive, and the second factor was not shown lately.
pub const STEP_UP_REQUIRED: Refusal =
    Refusal::new(Kind::NotIdentified, "auth.step_up_required", &["KW-RW-9.5.9"]);

/// When the person behind the session of this call last showed who they are. In the extensions of every request.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LastShown(pub Option<Timestamp>);

/// Somebody who showed lately who they are.
#[derive(Clone, Debug)]
pub struct Fresh(pub Caller);

/// A form of somebody who showed lately who they are.
#[derive(Clone, Debug)]
pub struct FreshForm<T>(pub T);

impl Identity {
    /// Whether what was shown in this session still holds.
    fn holds(&self, caller: &Caller, last: LastShown) -> bool {
        match caller.0.via {
            Via::Session(_) => last.0.is_some_and(|at| self.clock.now() < at + self.step_up_holds),
            Via::Token(_) | Via::System => true,
        }
    }
}

fn last_shown(parts: &Parts) -> LastShown {
    parts.extensions.get::<LastShown>().copied().unwrap_or_default()
}

fn path_of(parts: &Parts) -> String {
    let uri = parts.extensions.get::<axum::extract::OriginalUri>().map_or(&parts.uri, |uri| &uri.0);
    uri.path_and_query().map_or("/", |whole| whole.as_str()).to_owned()
}

impl<S> FromRequestParts<S> for Fresh
where
    S: Send + Sync,
    Arc<Identity>: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Fresh, Response> {
        let caller = Caller::from_request_parts(parts, state).await?;
        let identity = Arc::<Identity>::from_ref(state);
        if identity.holds(&caller, last_shown(parts)) {
            return Ok(Fresh(caller));
        }
        let path = path_of(parts);
        if path.starts_with("/api/") {
            return Err(web::Error::from(STEP_UP_REQUIRED).into_response());
        }
        let shell = Shell::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        Err(identity.asks(&caller, shell, Asking::to_open(&path)).await)
    }
}

impl<S, T> FromRequest<S> for FreshForm<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
    Arc<Identity>: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<FreshForm<T>, Response> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, state).await?;
        let shell =
            Shell::from_request_parts(&mut parts, state).await.map_err(IntoResponse::into_response)?;
        let Ok(origin) = Origin::from_request_parts(&mut parts, state).await;
        let (path, last) = (path_of(&parts), last_shown(&parts));
        let body = Request::from_parts(parts.clone(), body);
        let body = Bytes::from_request(body, state).await.map_err(IntoResponse::into_response)?;
        let again = || Request::from_parts(parts.clone(), Body::from(body.clone()));
        let identity = Arc::<Identity>::from_ref(state);
        if !identity.holds(&caller, last) {
            let Form(pairs) = Form::<Vec<(String, String)>>::from_request(again(), state)
                .await
                .map_err(IntoResponse::into_response)?;
            let (typed, kept) = Typed::apart(pairs);
            identity.goes_on(&caller, shell, &typed, Asking::to_send(&path, kept), &origin).await?;
        }
        let form = Form::<T>::from_request(again(), state).await;
        form.map(|Form(form)| FreshForm(form)).map_err(IntoResponse::into_response)
    }
}
