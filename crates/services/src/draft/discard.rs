//! `/drafts/{id}/discard`: what somebody typed is theirs to throw away. GET asks, POST does.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use identity::Caller;
use uuid::Uuid;
use web::{Page, Path, Shell, see_other};

use super::{open::Opened, page::Working, table};
use crate::Services;

#[derive(Template)]
#[template(path = "draft/discard.html")]
struct DiscardPage {
    shell: Shell,
    opened: Opened,
}

impl DiscardPage {
    fn back(&self) -> String {
        self.opened.href(self.opened.resumes_at())
    }
}

pub(super) async fn show(Working { shell, opened, .. }: Working) -> Result<Response, web::Error> {
    Ok(Page(DiscardPage { shell, opened }).into_response())
}

pub(super) async fn submit(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    services.store.write(table::Discard { person: actor.person, id }).await?;
    Ok(see_other("/?discarded=1"))
}
