//! The inbox over JSON.

use axum::{extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use store::Store;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, Query, Shell};

use super::{Line, MarkRead, Recipient, slice, way};

/// `GET /api/v1/inbox` and `POST /api/v1/inbox/{id}/read`.
pub fn api(store: Store) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(inbox)).routes(routes!(read)).with_state(store)
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// `next` of the page before.
    cursor: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct InboxPage {
    items: Vec<InboxItem>,
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct InboxItem {
    id: Uuid,
    subject: String,
    body: String,
    /// What it is about: `request/26-000123`.
    about: String,
    /// A path of the portal.
    link: String,
    sent_at: String,
    read_at: Option<String>,
    deliveries: Vec<InboxDelivery>,
}

#[derive(Serialize, ToSchema)]
struct InboxDelivery {
    /// `email` or `sms`.
    means: &'static str,
    /// `queued`, `sent`, `failed` or `no_means`.
    state: &'static str,
    at: String,
    reason: Option<String>,
}

impl From<Line> for InboxItem {
    fn from(line: Line) -> InboxItem {
        let delivery = |delivery: crate::Delivery| InboxDelivery {
            means: delivery.means.code(),
            state: delivery.state.code(),
            at: delivery.at.to_string(),
            reason: delivery.reason,
        };
        InboxItem {
            id: line.notice.id,
            subject: line.words.subject(),
            body: line.words.body(),
            about: line.notice.subject,
            link: way(&line.notice.link).to_owned(),
            sent_at: line.notice.sent_at.to_string(),
            read_at: line.notice.read_at.map(|at| at.to_string()),
            deliveries: line.deliveries.into_iter().map(delivery).collect(),
        }
    }
}

/// The caller's messages, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/inbox",
    tag = "inbox",
    security(("token" = [])),
    params(Asked),
    responses((status = 200, description = "A page of messages", body = InboxPage), web::openapi::Refusals)
)]
async fn inbox(
    State(store): State<Store>,
    Recipient(person): Recipient,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Json<InboxPage>, web::Error> {
    let slice = slice(&store, &shell, person, asked.cursor.as_deref()).await?;
    Ok(Json(InboxPage { items: slice.lines.into_iter().map(InboxItem::from).collect(), next: slice.next }))
}

/// Marks a message as read. Asking twice changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/inbox/{id}/read",
    tag = "inbox",
    security(("token" = [])),
    params(("id" = Uuid, Path, description = "The message")),
    responses((status = 204, description = "It is read"), web::openapi::Refusals)
)]
async fn read(
    State(store): State<Store>,
    Recipient(person): Recipient,
    shell: Shell,
    Path(notice): Path<Uuid>,
) -> Result<StatusCode, web::Error> {
    let now = shell.site().clock.now();
    match store.write(MarkRead { person, notice, now }).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(web::Error::not_found()),
    }
}
