//! The headers that keep a browser from doing what no page of ours needs.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::Site;

/// Nothing from elsewhere, nothing inline: what a page does not carry itself, it cannot be made to run.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

const PERMISSIONS_POLICY: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), \
    gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), interest-cohort=()";

/// Two years, as the preload lists ask.
const STRICT_TRANSPORT: &str = "max-age=63072000; includeSubDomains";

/// What a file needs that is no page: it cannot run, frame or link anything.
const ALWAYS: [(HeaderName, &str); 2] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

const PAGES: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
];

/// Adds what is missing. A handler that set one of these itself meant it.
pub fn secure(site: &Site, path: &str, headers: &mut HeaderMap) {
    let mut add = |lines: &[(HeaderName, &'static str)]| {
        for (name, value) in lines {
            headers.entry(name).or_insert(HeaderValue::from_static(value));
        }
    };
    add(&ALWAYS);
    if site.is_https() {
        add(&[(header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT)]);
    }
    if !path.starts_with("/assets/") {
        add(&PAGES);
        headers.append(header::VARY, HeaderValue::from_static("accept, accept-language, cookie"));
    }
}
