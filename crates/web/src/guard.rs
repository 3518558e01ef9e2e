//! Everything that stands around the routes: headers, limits, checks, and the rendering of refusals.
//!
//! From the outside in: compression; the call (its id, its span, its language, its headers, its refusals
//! rendered); the rate; the cross-site check; the time limit and the net for panics; the size of bodies.

mod cross_site;
mod headers;
mod rate;

use std::{net::IpAddr, sync::Arc, time::Duration};

use authz::{Kind, Refusal};
use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderValue, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer, Predicate,
        predicate::{NotForContentType, SizeAbove},
    },
    timeout::RequestBodyTimeoutLayer,
};
use tracing::Instrument;

pub use headers::CONTENT_SECURITY_POLICY;
pub use rate::{Peer, Rate};

use crate::{
    Error, Site, assets,
    call::Call,
    error::{Unrendered, render::render},
    preferences,
};

/// Answers below this size travel as they are: compressing them costs more than it saves.
const COMPRESS_BYTES_MIN: u64 = 1_024;

/// Limits of the door.
#[derive(Clone)]
pub struct GuardConfig {
    pub site: Site,
    /// The largest body that a route takes unless it carries its own `DefaultBodyLimit`.
    pub body_bytes_max: usize,
    /// How long a call may take in all.
    pub call_timeout: Duration,
    /// How long a sender may pause within a body.
    pub body_pause_timeout: Duration,
    /// Paths (by their beginning) that may take longer, such as uploads.
    pub slow_paths: Vec<(String, Duration)>,
    /// How often one address may call; none switches it off.
    pub rate: Option<Rate>,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

impl GuardConfig {
    pub fn new(site: Site) -> GuardConfig {
        GuardConfig {
            site,
            body_bytes_max: 1_048_576,
            call_timeout: Duration::from_secs(30),
            body_pause_timeout: Duration::from_secs(10),
            slow_paths: Vec::new(),
            rate: Some(Rate::default()),
            trusted_proxies: Vec::new(),
        }
    }
}

/// Puts the guards around a router, and the assets into it. Call it once, around everything.
pub fn guard(router: Router, config: GuardConfig) -> Router {
    let site = Arc::new(config.site.clone());
    let limiter = Arc::new(rate::Limiter::new(config.rate, config.trusted_proxies.clone()));
    let (call_site, check_site) = (site.clone(), site.clone());
    let config = Arc::new(config);
    let (body_bytes_max, pause) = (config.body_bytes_max, config.body_pause_timeout);
    router
        .merge(assets::routes())
        .fallback(|| async { Error::not_found() })
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(body_bytes_max))
        .layer(RequestBodyTimeoutLayer::new(pause))
        .layer(from_fn(move |request, next| in_time(config.clone(), request, next)))
        .layer(from_fn(move |request, next| cross_site::check(check_site.clone(), request, next)))
        .layer(from_fn(move |request, next| rate::check(limiter.clone(), request, next)))
        .layer(from_fn(move |request, next| answer(call_site.clone(), request, next)))
        .layer(Extension(site))
        .layer(compression())
}

fn compression() -> CompressionLayer<impl Predicate> {
    let predicate = SizeAbove::new(COMPRESS_BYTES_MIN)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("application/octet-stream"));
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(predicate)
}

async fn method_not_allowed() -> Error {
    let refusal = Refusal::new(Kind::Invalid, "web.method", &[]);
    Error::from(refusal).with_status(StatusCode::METHOD_NOT_ALLOWED)
}

/// Opens the call: everything further in finds it in the request; what comes out is rendered and dressed.
async fn answer(site: Arc<Site>, mut request: Request, next: Next) -> Response {
    let call = Arc::new(Call::of(site, &request));
    request.extensions_mut().insert(call.clone());
    // The path alone: queries carry what people search for.
    let span = tracing::info_span!("call", id = %call.id, method = %request.method(), path = call.path);
    let rendering = call.clone();
    async move {
        let began = std::time::Instant::now();
        let response = rendered(&rendering, next.run(request).await);
        let took_micros = began.elapsed().as_micros() as u64;
        tracing::debug!(status = response.status().as_u16(), took_micros, "answered");
        dressed(&rendering, response)
    }
    .instrument(span)
    .await
}

/// Renders what a handler, a guard or axum itself refused.
fn rendered(call: &Arc<Call>, response: Response) -> Response {
    let error = match response.extensions().get::<Unrendered>() {
        Some(Unrendered(error)) => error.clone(),
        None => match unspoken(&response) {
            Some(error) => Arc::new(error),
            None => return response,
        },
    };
    let mut page = render(call, &error);
    for (name, value) in response.headers() {
        if name == header::SET_COOKIE {
            page.headers_mut().append(name.clone(), value.clone());
        } else if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            page.headers_mut().insert(name.clone(), value.clone());
        }
    }
    page
}

/// A refusal that is nobody's: a bare status, or the plain text of axum's own extractors.
fn unspoken(response: &Response) -> Option<Error> {
    let status = response.status();
    let media_type = response.headers().get(header::CONTENT_TYPE).and_then(|line| line.to_str().ok());
    let plain = media_type.is_none_or(|media_type| media_type.starts_with("text/plain"));
    if !plain || !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    let (kind, code) = match status {
        StatusCode::UNAUTHORIZED => (Kind::NotIdentified, "web.not_identified"),
        StatusCode::FORBIDDEN => (Kind::NotAllowed, "web.not_allowed"),
        StatusCode::NOT_FOUND => (Kind::NotFound, "not_found"),
        StatusCode::PAYLOAD_TOO_LARGE => (Kind::TooLarge, "web.too_large"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => (Kind::Invalid, "web.content_type"),
        StatusCode::TOO_MANY_REQUESTS => (Kind::TooMany, "web.too_many"),
        StatusCode::REQUEST_TIMEOUT => (Kind::Unavailable, "web.timeout"),
        status if status.is_server_error() => (Kind::Unavailable, "web.unavailable"),
        _ => (Kind::Invalid, "web.body"),
    };
    Some(Error::from(Refusal::new(kind, code, &[])).with_status(status))
}

/// Headers that every answer carries.
fn dressed(call: &Call, mut response: Response) -> Response {
    headers::secure(&call.site, &call.path, response.headers_mut());
    if let Ok(id) = HeaderValue::from_str(&call.id.to_string()) {
        response.headers_mut().insert("x-request-id", id);
    }
    if !call.is_api() {
        for line in preferences::chosen(&call.query, call.site.is_https()) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
    response
}

#[derive(Debug, thiserror::Error)]
#[error("a handler panicked: {0}")]
struct Panicked(String);

/// Nobody waits for ever, and one bad call does not end the server.
async fn in_time(config: Arc<GuardConfig>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let slow = config.slow_paths.iter().find(|(beginning, _)| path.starts_with(beginning.as_str()));
    let limit = slow.map_or(config.call_timeout, |(_, limit)| *limit);
    let caught = std::panic::AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(limit, caught).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => {
            let said = panic.downcast_ref::<&str>().map(|said| (*said).to_owned());
            let said = said.or_else(|| panic.downcast_ref::<String>().cloned());
            Error::from(Panicked(said.unwrap_or_default())).into_response()
        }
        Err(_) => Error::from(Refusal::new(Kind::Unavailable, "web.timeout", &[])).into_response(),
    }
}

#[cfg(test)]
mod tests;
