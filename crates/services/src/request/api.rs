//! Requests over HTTP: deliver, list, follow, act, fetch. Each call translates to the same verb as its page.

pub(crate) mod actions;
pub(crate) mod deliver;
pub(crate) mod show;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::Services;

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(deliver::submit))
        .routes(routes!(deliver::complete))
        .routes(routes!(show::list))
        .routes(routes!(show::show))
        .routes(routes!(show::receipt))
        .routes(routes!(show::output))
        .routes(routes!(show::document))
        .routes(routes!(actions::resubmit))
        .routes(routes!(actions::verify))
        .routes(routes!(actions::pass_on))
        .routes(routes!(actions::send_back))
        .routes(routes!(actions::approve))
        .routes(routes!(actions::refuse))
        .routes(routes!(actions::withdraw))
        .routes(routes!(show::archive))
}
