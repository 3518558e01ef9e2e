//! The style sheet of the pages of services: what no component has, because no other page needs it.
//!
//! It uses the tokens of the theme alone, so that a state that swaps its theme swaps this too.

use std::sync::{Arc, LazyLock};

use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use sha2::{Digest, Sha256};

use crate::Services;

const SHEET: &str = concat!(include_str!("look.css"), include_str!("request/page/sheet.css"));

/// The address carries the hash of the content, so that browsers keep it for ever.
static HREF: LazyLock<String> =
    LazyLock::new(|| format!("/assets/services.{}.css", hex::encode(&Sha256::digest(SHEET)[..4])));

pub(crate) fn href() -> &'static str {
    &HREF
}

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route(href(), get(sheet))
}

async fn sheet() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, SHEET).into_response()
}
