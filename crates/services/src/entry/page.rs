//! The directory as people read it: the list of services, the card of one with its history, the ways to browse, and the
//! register.

mod browse;
mod card;
mod history;
mod list;
pub(crate) mod marked;
mod register;
mod report;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::Services;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/services", get(list::show))
        .route("/services/{slug}", get(card::show))
        .route("/services/{slug}/history", get(history::show))
        .route("/services/{slug}/report", get(report::show).post(report::send))
        .route("/browse", get(browse::show))
        .route("/browse/follow", post(browse::follow))
        .merge(register::routes())
}
