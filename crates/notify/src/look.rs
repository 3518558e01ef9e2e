//! The style sheet of the pages of this crate: what no component has, because no other page needs it.

use std::sync::LazyLock;

use axum::{Router, http::header, response::IntoResponse, routing::get};

const TEXT: &str = include_str!("look.css");

/// The address carries the crate's own hash of the content, so that browsers keep it for ever.
static HREF: LazyLock<String> = LazyLock::new(|| format!("/assets/notify.{:08x}.css", fingerprint(TEXT)));

pub(crate) fn href() -> &'static str {
    &HREF
}

pub(crate) fn pages() -> Router {
    Router::new().route(href(), get(sheet))
}

async fn sheet() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, TEXT)
}

/// FNV-1a: two sheets of one name need only be told apart.
fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
