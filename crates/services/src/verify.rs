//! Verification for anybody, without an account: is this file as it was issued, is this code one of ours, and the
//! public log itself.

mod code;
mod log;
mod page;
mod verdict;

use std::sync::Arc;

use axum::Router;

use crate::Services;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().merge(page::routes()).merge(code::routes()).merge(log::routes())
}
