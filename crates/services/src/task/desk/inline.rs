//! Supplied pictures and PDF pages beside the answers. A PDF is drawn here and shown as a picture: what an applicant
//! sent is never opened by a program on the officer's machine unless the officer asks for the file itself.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State as Extract,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;
use identity::Caller;
use uuid::Uuid;
use web::{Page, Path, Shell, components::Link};

use crate::{
    Services,
    request::{RequestNumber, act::visible, page::words},
};

/// Pages of a PDF that are drawn; the rest is in the file.
const PAGES_SHOWN_MAX: usize = 20;
/// Larger files are downloaded, not drawn.
const DRAWN_BYTES_MAX: i64 = 20 * 1024 * 1024;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/desk/{number}/pages/{document}", get(pages))
        .route("/desk/{number}/pages/{document}/{page}", get(page))
}

#[derive(Template)]
#[template(path = "task/desk/pages.html")]
struct PagesPage {
    trail: Vec<Link>,
    title: String,
    file_href: String,
    pictures: Vec<String>,
    /// The file has more pages than are drawn.
    has_more: bool,
    shell: Shell,
}

async fn pages(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((number, document)): Path<(RequestNumber, Uuid)>,
) -> Result<Response, web::Error> {
    let followed = services.follow(&actor, &number).await?;
    let supplied = followed.request.documents.iter().find(|supplied| supplied.document == document);
    let supplied = supplied.filter(|supplied| supplied.media_type == "application/pdf");
    let supplied = supplied.ok_or_else(Refusal::not_found)?;
    let pdf = services.documents.bytes(document).await?;
    let count = tokio::task::spawn_blocking(move || print::pages(&pdf)).await.unwrap_or_default();
    let picture = |page| format!("/desk/{number}/pages/{document}/{page}");
    Ok(Page(PagesPage {
        trail: vec![
            Link::new("/desk", shell.t("desk-title")),
            Link::new(format!("/desk/{number}"), shell.in_digits(number.to_string())),
        ],
        title: words::evidence_title(&shell, &followed.entry, &supplied.evidence),
        file_href: format!("/requests/{number}/documents/{document}"),
        pictures: (0..count.min(PAGES_SHOWN_MAX)).map(picture).collect(),
        has_more: count > PAGES_SHOWN_MAX,
        shell,
    })
    .into_response())
}

async fn page(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Path((number, document, page)): Path<(RequestNumber, Uuid, usize)>,
) -> Result<Response, web::Error> {
    let (media_type, picture) = services.document_page(&actor, &number, document, page).await?;
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "private, max-age=600"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::CONTENT_DISPOSITION, "inline"),
    ];
    Ok((headers, picture).into_response())
}

impl Services {
    async fn document_page(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        document: Uuid,
        page: usize,
    ) -> Result<(&'static str, Bytes), Failure> {
        let request = visible(&self.store.read(), &self.policies, actor, number).await?;
        self.read_as_officer(actor, &request).await?;
        let supplied = request.documents.iter().find(|supplied| supplied.document == document);
        let supplied =
            supplied.filter(|supplied| supplied.bytes <= DRAWN_BYTES_MAX && page < PAGES_SHOWN_MAX);
        let supplied = supplied.ok_or_else(Refusal::not_found)?;
        match supplied.media_type.as_str() {
            "image/png" if page == 0 => Ok(("image/png", self.documents.bytes(document).await?)),
            "image/jpeg" if page == 0 => Ok(("image/jpeg", self.documents.bytes(document).await?)),
            "application/pdf" => {
                let pdf = self.documents.bytes(document).await?;
                let drawn = tokio::task::spawn_blocking(move || print::picture(&pdf, page)).await;
                // A file that cannot be drawn is no fault of ours: the page offers the file itself.
                let drawn = drawn.ok().flatten().ok_or_else(Refusal::not_found)?;
                Ok(("image/png", drawn.into()))
            }
            _ => Err(Refusal::not_found().into()),
        }
    }
}
