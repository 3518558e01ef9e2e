//! The inbox over JSON.

use axum::{extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use store::Store;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Json, Path, Query, Shell};

use super::{Line, Mark, MarkNotice, Recipient, slice, way};
use crate::notice::table::{View, Wanted};

/// The inbox and the acts on its messages.
pub(crate) fn api(store: Store) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(inbox))
        .routes(routes!(read))
        .routes(routes!(unread))
        .routes(routes!(archive))
        .routes(routes!(restore))
        .with_state(store)
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// `all` (what was not put away), `needs_you`, `unread` or `archived`.
    show: Option<String>,
    /// Words that the messages must hold.
    q: Option<String>,
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
    archived_at: Option<String>,
    /// It asks something of the caller that is not done yet.
    asks: bool,
    deliveries: Vec<InboxDelivery>,
}

#[derive(Serialize, ToSchema)]
struct InboxDelivery {
    /// `email` or `sms`.
    means: &'static str,
    /// `queued`, `digest`, `sent`, `delayed`, `bounced`, `failed`, `stopped`, `off` or `no_means`.
    state: &'static str,
    /// Since when it stands so.
    at: String,
    /// What the mail server answered.
    reason: Option<String>,
    /// When it is tried next, or sent at all.
    retry_at: Option<String>,
}

impl From<Line> for InboxItem {
    fn from(line: Line) -> InboxItem {
        let delivery = |delivery: crate::Delivery| InboxDelivery {
            means: delivery.means.code(),
            state: delivery.state.code(),
            at: delivery.at.to_string(),
            reason: delivery.reason,
            retry_at: delivery.retry_at.map(|at| at.to_string()),
        };
        InboxItem {
            id: line.notice.id,
            subject: line.words.subject(),
            body: line.words.body(),
            about: line.notice.subject,
            link: way(&line.notice.link).to_owned(),
            sent_at: line.notice.sent_at.to_string(),
            read_at: line.notice.read_at.map(|at| at.to_string()),
            archived_at: line.notice.archived_at.map(|at| at.to_string()),
            asks: line.notice.asks,
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
    let wanted = Wanted {
        view: View::named(asked.show.as_deref().unwrap_or_default()),
        words: asked.q.unwrap_or_default(),
    };
    let slice = slice(&store, &shell, person, &wanted, asked.cursor.as_deref()).await?;
    Ok(Json(InboxPage { items: slice.lines.into_iter().map(InboxItem::from).collect(), next: slice.next }))
}

/// Marks a message as read. Asking twice changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/inbox/{id}/read",
    operation_id = "read_message",
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
    mark(&store, &shell, person, notice, Mark::Read).await
}

/// Puts a message back among the unread
#[utoipa::path(
    post,
    path = "/api/v1/inbox/{id}/unread",
    operation_id = "unread_message",
    tag = "inbox",
    security(("token" = [])),
    params(("id" = Uuid, Path, description = "The message")),
    responses((status = 204, description = "It is unread"), web::openapi::Refusals)
)]
async fn unread(
    State(store): State<Store>,
    Recipient(person): Recipient,
    shell: Shell,
    Path(notice): Path<Uuid>,
) -> Result<StatusCode, web::Error> {
    mark(&store, &shell, person, notice, Mark::Unread).await
}

/// Puts a message away, out of the list
#[utoipa::path(
    post,
    path = "/api/v1/inbox/{id}/archive",
    operation_id = "archive_message",
    tag = "inbox",
    security(("token" = [])),
    params(("id" = Uuid, Path, description = "The message")),
    responses((status = 204, description = "It is put away"), web::openapi::Refusals)
)]
async fn archive(
    State(store): State<Store>,
    Recipient(person): Recipient,
    shell: Shell,
    Path(notice): Path<Uuid>,
) -> Result<StatusCode, web::Error> {
    mark(&store, &shell, person, notice, Mark::Archive).await
}

/// Takes back a message that was put away
#[utoipa::path(
    post,
    path = "/api/v1/inbox/{id}/restore",
    operation_id = "restore_message",
    tag = "inbox",
    security(("token" = [])),
    params(("id" = Uuid, Path, description = "The message")),
    responses((status = 204, description = "It is in the list again"), web::openapi::Refusals)
)]
async fn restore(
    State(store): State<Store>,
    Recipient(person): Recipient,
    shell: Shell,
    Path(notice): Path<Uuid>,
) -> Result<StatusCode, web::Error> {
    mark(&store, &shell, person, notice, Mark::Restore).await
}

async fn mark(
    store: &Store,
    shell: &Shell,
    person: Uuid,
    notice: Uuid,
    mark: Mark,
) -> Result<StatusCode, web::Error> {
    let now = shell.site().clock.now();
    match store.write(MarkNotice { person, notice, mark, now }).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(web::Error::not_found()),
    }
}
