//! The pages of a draft, from the button on the card to the number.

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use serde::Deserialize;

use super::{apply, attach, discard, journey::Stop, open::Opened, sent, step, summary, whom};
use crate::Services;

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
