//! The pages of paper copies: the applicant's, and the desk that prints and posts them.

mod ask;
mod desk;

use std::sync::Arc;

use axum::Router;

pub(crate) use ask::CopyNow;

use crate::Services;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().merge(ask::routes()).merge(desk::routes())
}
