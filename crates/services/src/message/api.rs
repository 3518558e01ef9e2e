//! Messages on a request over HTTP.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Cursor, Json, Path, Query, openapi::Refusals};

use super::{Message, table};
use crate::{
    Services,
    call::Call,
    request::{RequestNumber, act::visible, api::show::PageParams},
};

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(write))
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageList {
    pub items: Vec<MessageLine>,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageLine {
    pub id: Uuid,
    /// `applicant` or `desk`.
    pub side: String,
    pub words: String,
    pub documents: Vec<EnclosedLine>,
    pub at: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EnclosedLine {
    pub name: String,
    pub href: String,
}

/// Messages on a request, newest first
#[utoipa::path(get, path = "/api/v1/requests/{number}/messages", operation_id = "list_messages", tag = "requests",
    params(("number" = String, Path), PageParams), security(("token" = [])),
    responses((status = 200, body = MessageList), Refusals))]
async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(number): Path<RequestNumber>,
    Query(params): Query<PageParams>,
) -> Result<Json<MessageList>, web::Error> {
    let sql = services.store.read();
    let request = visible(&sql, &services.policies, &actor, &number).await?;
    let before = Cursor::decode_given(params.cursor.as_deref())?.unwrap_or(Uuid::max());
    let limit = params.limit();
    let messages = table::of_request(&sql, request.id, before, limit).await?;
    let next = match messages.last() {
        Some(last) if messages.len() as i64 == limit => Some(Cursor::encode(&last.id)?),
        _ => None,
    };
    Ok(Json(MessageList { items: messages.into_iter().map(|it| line(&number, it)).collect(), next }))
}

fn line(number: &RequestNumber, message: Message) -> MessageLine {
    let enclosed = message.enclosed.into_iter().map(|it| EnclosedLine {
        href: format!("/api/v1/requests/{number}/documents/{}", it.document),
        name: it.name,
    });
    MessageLine {
        id: message.id,
        side: message.side.word().to_owned(),
        words: message.words,
        documents: enclosed.collect(),
        at: message.at.to_string(),
    }
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteBody {
    #[schema(example = "هل يمكن أن ترسل صورة أوضح للمخطط؟")]
    words: String,
    /// Documents of your own that were uploaded before; five at most.
    #[serde(default)]
    documents: Vec<Uuid>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WrittenBody {
    id: Uuid,
}

/// Write on a request
///
/// The request stays where it is; its applicant is told when a desk writes.
#[utoipa::path(post, path = "/api/v1/requests/{number}/messages", operation_id = "write_message", tag = "requests",
    params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)), security(("token" = [])),
    request_body = WriteBody, responses((status = 201, body = WrittenBody), Refusals))]
async fn write(
    call: Call,
    Path(number): Path<RequestNumber>,
    Json(body): Json<WriteBody>,
) -> Result<(StatusCode, Json<WrittenBody>), web::Error> {
    let once = call.once(&format!("{number}/messages"), &body)?;
    let id = call.services.write_message(&call.actor, &number, body.words, &body.documents, once).await?;
    Ok((StatusCode::CREATED, Json(WrittenBody { id })))
}
