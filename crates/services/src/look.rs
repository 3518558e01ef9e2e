//! The style sheets of the pages of services: what no component has, because no other page needs it.
//!
//! One for what everybody sees before and while applying, one for requests, the desk and verification, one for the
//! editor of letters: no page loads two. They use the tokens of the theme alone, so that a state that swaps its theme swaps these too.

use std::sync::{Arc, LazyLock};

use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use sha2::{Digest, Sha256};

use crate::{Services, form::script};

struct Sheet {
    text: &'static str,
    /// The address carries the hash of the content, so that browsers keep it for ever.
    href: String,
}

impl Sheet {
    fn of(name: &str, text: &'static str) -> Sheet {
        let hash = hex::encode(&Sha256::digest(text)[..4]);
        Sheet { text, href: format!("/assets/services-{name}.{hash}.css") }
    }
}

static APPLYING: LazyLock<Sheet> = LazyLock::new(|| Sheet::of("applying", include_str!("look.css")));
static REQUESTS: LazyLock<Sheet> =
    LazyLock::new(|| Sheet::of("requests", include_str!("request/page/sheet.css")));

static TEMPLATES: LazyLock<Sheet> =
    LazyLock::new(|| Sheet::of("templates", include_str!("template/sheet.css")));

static FORM: LazyLock<Sheet> = LazyLock::new(|| {
    let hash = hex::encode(&Sha256::digest(script::SCRIPT)[..4]);
    Sheet { text: script::SCRIPT, href: format!("/assets/services-form.{hash}.js") }
});

/// The script of a form's page.
pub(crate) fn form_script_href() -> &'static str {
    &FORM.href
}

/// For the head of home, directory, card and drafts.
pub(crate) fn href() -> &'static str {
    &APPLYING.href
}

/// For the head of requests, desk and verification.
pub(crate) fn requests_href() -> &'static str {
    &REQUESTS.href
}

/// For the head of the editor of letters.
pub(crate) fn templates_href() -> &'static str {
    &TEMPLATES.href
}

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route(form_script_href(), get(async || served(&FORM, "text/javascript; charset=utf-8")))
        .route(href(), get(async || sheet(&APPLYING)))
        .route(requests_href(), get(async || sheet(&REQUESTS)))
        .route(templates_href(), get(async || sheet(&TEMPLATES)))
}

fn sheet(sheet: &Sheet) -> Response {
    served(sheet, "text/css; charset=utf-8")
}

fn served(sheet: &Sheet, media_type: &'static str) -> Response {
    let headers =
        [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, sheet.text).into_response()
}
