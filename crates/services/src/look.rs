//! The style sheets of the pages of services: what no component has, because no other page needs it.
//!
//! One for what everybody sees before and while applying, one for requests and verification, that one with the desk's
//! own rules for the desk, one for those who write and keep the directory, one for the editor of letters: no page loads
//! two. They use the tokens of the theme alone, so that a state that swaps its theme swaps these too.

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

static APPLYING: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::of("applying", concat!(include_str!("look.css"), include_str!("process/picture.css")))
});
static REQUESTS: LazyLock<Sheet> =
    LazyLock::new(|| Sheet::of("requests", include_str!("request/page/sheet.css")));

static TEMPLATES: LazyLock<Sheet> =
    LazyLock::new(|| Sheet::of("templates", include_str!("template/sheet.css")));
static DESK: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::of("desk", concat!(include_str!("request/page/sheet.css"), include_str!("task/desk/desk.css")))
});
static DESK_SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let hash = hex::encode(&Sha256::digest(SCRIPT)[..4]);
    format!("/assets/services-desk.{hash}.js")
});
/// What a desk gains where JavaScript runs.
const SCRIPT: &str = include_str!("task/desk/desk.js");

static DIRECTORY: LazyLock<Sheet> = LazyLock::new(|| {
    let text = concat!(include_str!("process/picture.css"), include_str!("entry/desk/sheet.css"));
    Sheet::of("directory", text)
});

/// For the head of the directory's desk and of the register.
pub(crate) fn directory_href() -> &'static str {
    &DIRECTORY.href
}

static FORM: LazyLock<Sheet> = LazyLock::new(|| {
    let hash = hex::encode(&Sha256::digest(script::SCRIPT)[..4]);
    Sheet { text: script::SCRIPT, href: format!("/assets/services-form.{hash}.js") }
});

static UPLOAD: LazyLock<Sheet> = LazyLock::new(|| {
    let text = include_str!("upload/upload.js");
    let hash = hex::encode(&Sha256::digest(text)[..4]);
    Sheet { text, href: format!("/assets/services-upload.{hash}.js") }
});

/// The script of the page on which documents are handed in.
pub(crate) fn upload_script_href() -> &'static str {
    &UPLOAD.href
}

/// The script of a form's page.
pub(crate) fn form_script_href() -> &'static str {
    &FORM.href
}

/// For the head of home, directory, card and drafts.
pub(crate) fn href() -> &'static str {
    &APPLYING.href
}

/// For the head of requests and verification.
pub(crate) fn requests_href() -> &'static str {
    &REQUESTS.href
}

/// For the head of the editor of letters.
pub(crate) fn templates_href() -> &'static str {
    &TEMPLATES.href
}

/// For the head of every page of the desk.
pub(crate) fn desk_href() -> &'static str {
    &DESK.href
}

pub(crate) fn desk_script() -> &'static str {
    &DESK_SCRIPT
}

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route(form_script_href(), get(async || file("text/javascript; charset=utf-8", FORM.text)))
        .route(upload_script_href(), get(async || file("text/javascript; charset=utf-8", UPLOAD.text)))
        .route(href(), get(async || sheet(&APPLYING)))
        .route(requests_href(), get(async || sheet(&REQUESTS)))
        .route(templates_href(), get(async || sheet(&TEMPLATES)))
        .route(desk_href(), get(async || sheet(&DESK)))
        .route(desk_script(), get(async || file("text/javascript; charset=utf-8", SCRIPT)))
        .route(directory_href(), get(async || sheet(&DIRECTORY)))
}

fn sheet(sheet: &Sheet) -> Response {
    file("text/css; charset=utf-8", sheet.text)
}

fn file(media_type: &'static str, text: &'static str) -> Response {
    let headers =
        [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, text).into_response()
}
