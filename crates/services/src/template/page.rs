//! `/templates`: where a body's author writes the letters of its outputs, and where they are agreed to.

mod editor;
mod list;
mod shown;

use std::sync::Arc;

use axum::{Router, routing::get};

use crate::Services;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/templates", get(list::show))
        .route("/templates/{service}/{output}", get(editor::show).post(editor::post))
        .route("/templates/{service}/{output}/preview", axum::routing::post(editor::preview))
        .route("/templates/{service}/{output}/sample.pdf", get(editor::sample_pdf))
}
