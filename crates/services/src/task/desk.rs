//! The desk as a page: what lies on it, and one case with everything that its decision needs.

mod act;
mod case;
mod density;
mod history;
mod items;
mod list;
mod opinions;
mod queue;
mod typed;

use std::sync::Arc;

use axum::Router;

use crate::Services;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().merge(list::routes()).merge(case::routes()).merge(act::routes())
}
