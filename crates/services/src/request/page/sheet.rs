//! The few styles that only requests, the desk and verification need, beside the sheet of every page.

use std::sync::{Arc, LazyLock};

use axum::{Router, http::header, response::IntoResponse, routing::get};
use sha2::{Digest, Sha256};

use crate::Services;

const SHEET: &str = include_str!("sheet.css");

/// The hash in the address changes with the styles, so that a browser may keep them for ever.
static HREF: LazyLock<String> =
    LazyLock::new(|| format!("/requests/sheet.css?v={}", hex::encode(&Sha256::digest(SHEET)[..6])));

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/requests/sheet.css", get(sheet))
}

/// For `<link rel="stylesheet">` in the head of a page.
pub(crate) fn href() -> &'static str {
    &HREF
}

async fn sheet() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, SHEET)
}
