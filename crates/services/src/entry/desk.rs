//! The directory's desk: what a body's authors write and look after, and what waits for the competent administration.

mod act;
pub(crate) mod home;
mod overview;
pub(crate) mod said;
pub(crate) mod verify;

use std::sync::Arc;

use axum::Router;

use crate::Services;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().merge(home::routes()).merge(overview::routes()).merge(verify::routes()).merge(act::routes())
}
