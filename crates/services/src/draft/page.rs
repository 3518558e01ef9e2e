//! The pages of a draft, from the button on the card to the number.

use std::sync::Arc;

use authz::Actor;
use axum::{
    Router,
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use uuid::Uuid;
use web::{Path, Query, Shell};

use super::{apply, attach, discard, journey::Stop, open::Opened, sent, step, summary, whom};
use crate::{Services, call::Visit};

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/services/{slug}/apply", get(apply::show).post(apply::submit))
        .route("/drafts/{id}/for-whom", get(whom::show).post(whom::submit))
        .route("/drafts/{id}/{step}", get(step::show).post(step::submit))
        .route("/drafts/{id}/keep/{step}", post(step::keep))
        .route("/drafts/{id}/documents", get(attach::show).post(attach::submit))
        .route("/drafts/{id}/documents/{evidence}", post(attach::attach))
        .route("/drafts/{id}/documents/{evidence}/remove", post(attach::remove))
        .route("/drafts/{id}/documents/{evidence}/arrange", post(attach::arrange))
        .route("/drafts/{id}/summary", get(summary::show).post(summary::submit))
        .route("/drafts/{id}/sent", get(sent::show))
        .route("/drafts/{id}/discard", get(discard::show).post(discard::submit))
}

/// Where somebody came from who changes one answer: `?back=summary` leads straight back.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Whence {
    back: Option<String>,
}

impl Whence {
    pub fn is_summary(&self) -> bool {
        self.back.as_deref() == Some("summary")
    }

    /// What the form's own address carries on.
    pub fn query(&self) -> &'static str {
        if self.is_summary() { "?back=summary" } else { "" }
    }

    pub fn next(&self, opened: &Opened, stop: Stop) -> String {
        opened.href(if self.is_summary() { Stop::Summary } else { opened.journey.after(stop) })
    }
}

/// A draft that its person works on: what every page of the way begins with. Whoever comes back to one that was sent is
/// led to what became of it.
pub(super) struct Working {
    pub services: Arc<Services>,
    pub actor: Actor,
    pub shell: Shell,
    pub whence: Whence,
    pub opened: Opened,
}

/// The part of the address that every page of a draft has.
#[derive(Deserialize)]
struct Place {
    id: Uuid,
}

impl FromRequestParts<Arc<Services>> for Working {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, services: &Arc<Services>) -> Result<Working, Response> {
        let Visit { services, actor, shell } = Visit::from_request_parts(parts, services).await?;
        let place = Path::<Place>::from_request_parts(parts, &services).await;
        let Path(place) = place.map_err(IntoResponse::into_response)?;
        let whence = Query::<Whence>::from_request_parts(parts, &services).await;
        let Query(whence) = whence.map_err(IntoResponse::into_response)?;
        let opened = services.open_draft(&actor, place.id).await;
        let opened = opened.map_err(|failure| web::Error::from(failure).into_response())?;
        match opened.sent() {
            Some(sent) => Err(sent),
            None => Ok(Working { services, actor, shell, whence, opened }),
        }
    }
}
