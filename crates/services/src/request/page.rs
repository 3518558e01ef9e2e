//! The pages of a request: mine, one as it is followed, its correction, and everything that can be downloaded.

pub(crate) mod about;
mod again;
mod complete;
pub(crate) mod correct;
pub(crate) mod download;
pub(crate) mod list;
pub(crate) mod status;
mod withdraw;
pub(crate) mod words;

use std::sync::Arc;

use axum::Router;

use crate::Services;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .merge(list::routes())
        .merge(status::routes())
        .merge(correct::routes())
        .merge(download::routes())
        .merge(withdraw::routes())
        .merge(again::routes())
        .merge(complete::routes())
}
