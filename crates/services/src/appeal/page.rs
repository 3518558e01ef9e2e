//! The pages of appeals: the applicant's, and the desk of the head.

mod desk;
mod file;

use std::sync::Arc;

use axum::Router;

use crate::Services;

pub(crate) use file::AppealNow;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().merge(file::routes()).merge(desk::routes())
}
