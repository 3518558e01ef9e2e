//! A form that is handed in as a file; what was there before is replaced, and nothing is judged yet.

use std::sync::Arc;

use authz::{Kind, Refusal};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, State},
    response::Response,
    routing::post,
};
use identity::Caller;
use uuid::Uuid;
use web::{Path, see_other};

use super::FILE_BYTES_MAX;
use crate::{Services, proposal::save::Save};

pub(super) fn routes() -> Router<Arc<Services>> {
    let take = post(take).layer(DefaultBodyLimit::max(FILE_BYTES_MAX));
    Router::new().route("/directory/proposals/{id}/file", take)
}

async fn take(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    mut parts: Multipart,
) -> Result<Response, web::Error> {
    let mut proposal = services.own_proposal(&actor, id).await?;
    while let Some(part) = parts.next_field().await.map_err(|_| unreadable())? {
        let name = part.name().unwrap_or_default().to_owned();
        let text = part.text().await.map_err(|_| unreadable())?;
        if name == "form" && !text.trim().is_empty() {
            proposal.form = text;
        }
    }
    let verb = Save {
        actor: actor.clone(),
        id,
        card: proposal.card,
        form: proposal.form,
        process: proposal.process,
        revision: None,
        clock: services.clock.clone(),
    };
    services.carry_out_entry(&actor, "directory/proposals", verb, None).await?;
    Ok(see_other(&format!("/directory/proposals/{id}/form")))
}

fn unreadable() -> Refusal {
    Refusal::new(Kind::Invalid, "document.form_malformed", &[])
}
