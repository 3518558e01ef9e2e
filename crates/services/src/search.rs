//! Finding things: one page over services, requests and help, and suggestions while somebody types (LY-SVC-23.2).
//!
//! What fits is decided by the directory's index in memory (`entry/search.rs`) and, for requests, by what this person
//! may see; this folder asks and shows.

pub(crate) mod api;
mod page;
mod requests;
mod suggest;
pub(crate) mod told;
mod why;
pub(crate) mod words;

use std::sync::Arc;

use axum::{Router, routing::get};

use crate::Services;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/search", get(page::show))
        .route("/services/suggest", get(suggest::show))
        .merge(words::page::routes())
}
