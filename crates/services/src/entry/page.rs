//! The directory as people read it: the list of services, and the card of one.

mod card;
mod list;
pub(crate) mod marked;

use std::sync::Arc;

use axum::{Router, routing::get};

use crate::Services;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/services", get(list::show)).route("/services/{slug}", get(card::show))
}
