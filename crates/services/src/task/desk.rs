//! The desk as pages: what lies on it, and one case with everything that its decision needs.

mod act;
mod canned;
mod case;
pub(crate) mod density;
mod done;
mod fields;
mod hand;
mod history;
mod inline;
mod items;
mod list;
mod opinions;
mod places;
mod queue;
mod typed;

use std::sync::Arc;

use axum::Router;

use crate::Services;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .merge(list::routes())
        .merge(case::routes())
        .merge(act::routes())
        .merge(hand::routes())
        .merge(inline::routes())
}
