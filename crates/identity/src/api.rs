//! The caller, its sessions and its tokens over JSON.

mod me;
mod sessions;
mod tokens;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::Identity;

/// `/api/v1/me`, `/api/v1/sessions`, `/api/v1/tokens`.
pub fn api() -> OpenApiRouter<Arc<Identity>> {
    OpenApiRouter::new()
        .routes(routes!(me::me))
        .routes(routes!(crate::email::report::count))
        .routes(routes!(sessions::list, sessions::open, sessions::end_others))
        .routes(routes!(sessions::end))
        .routes(routes!(sessions::confirm))
        .routes(routes!(tokens::list, tokens::issue))
        .routes(routes!(tokens::end))
}
