//! The button on the page of a request whose receipt is not confirmed: it leads to the draft in which it is completed.

use std::sync::Arc;

use axum::{Router, extract::State as Extract, response::Response, routing::post};
use identity::Caller;
use web::{Path, see_other};

use crate::{Services, request::RequestNumber};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/requests/{number}/complete", post(begin))
}

async fn begin(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Path(number): Path<RequestNumber>,
) -> Result<Response, web::Error> {
    let draft = services.completing_draft(&actor, &number).await?;
    Ok(see_other(&format!("/drafts/{draft}/summary")))
}
