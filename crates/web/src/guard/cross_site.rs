//! No other site makes a person's browser act here.
//!
//! Decided from what browsers say themselves (`Sec-Fetch-Site`, `Origin`, `Referer`), so pages carry no token.
//! Programs with a bearer token are not browsers and are let through: a token is never sent by accident.

use std::sync::Arc;

use authz::{Kind, Refusal};
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{Error, Site, preferences};

pub async fn check(site: Arc<Site>, request: Request, next: Next) -> Response {
    if is_ours(&site, request.method(), request.headers()) {
        return next.run(request).await;
    }
    Error::from(Refusal::new(Kind::NotAllowed, "web.cross_site", &[])).into_response()
}

/// Whether this call may change something.
pub(super) fn is_ours(site: &Site, method: &Method, headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|line| line.to_str().unwrap_or("unreadable"));
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) || has_bearer(headers) {
        return true;
    }
    if let Some(from) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(from, "same-origin" | "none");
    }
    let from = text(header::ORIGIN).or_else(|| text(header::REFERER));
    if let Some(from) = from {
        return is_same(site, headers, from);
    }
    !(has_session(headers) && could_be_a_form(headers))
}

fn has_bearer(headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|line| line.to_str().ok()).unwrap_or_default();
    given.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer "))
}

/// Whether an origin, or an address below it, is this site: by the host that was asked, or the public one.
fn is_same(site: &Site, headers: &HeaderMap, from: &str) -> bool {
    let Some((_, rest)) = from.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    Some(authority) == host || authority == site.authority()
}

/// Any cookie that is more than a preference might be a session.
fn has_session(headers: &HeaderMap) -> bool {
    preferences::cookies(headers).any(|(name, _)| !preferences::COOKIES.contains(&name))
}

/// The content types that a page elsewhere can send without asking first.
fn could_be_a_form(headers: &HeaderMap) -> bool {
    let Some(given) = headers.get(header::CONTENT_TYPE) else { return true };
    let given = given.to_str().unwrap_or_default().to_ascii_lowercase();
    let media_type = given.split(';').next().unwrap_or_default().trim();
    matches!(media_type, "" | "application/x-www-form-urlencoded" | "multipart/form-data" | "text/plain")
}
