//! Subscriptions over HTTP (LY-SVC-23.3).

use std::sync::Arc;

use authz::{Actor, Failure};
use axum::{extract::State, http::StatusCode};
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, openapi::Refusals};

use super::{follow::Follow, table};
use crate::{Services, call::Call, classification::Tree};

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(list, follow))
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubscriptionBody {
    tree: Tree,
    #[schema(example = "civil-status")]
    word: String,
    /// No longer.
    #[serde(default)]
    end: bool,
}

/// What you are told of
#[utoipa::path(get, path = "/api/v1/subscriptions", operation_id = "list_subscriptions", tag = "directory",
    security(("token" = [])), responses((status = 200, body = Vec<SubscriptionBody>), Refusals))]
async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
) -> Result<Json<Vec<SubscriptionBody>>, web::Error> {
    let held = table::of_person(&services.store.read(), actor.person).await?;
    Ok(Json(
        held.into_iter().map(|it| SubscriptionBody { tree: it.tree, word: it.word, end: false }).collect(),
    ))
}

/// Be told of new services of a kind, or no longer
#[utoipa::path(post, path = "/api/v1/subscriptions", operation_id = "follow", tag = "directory",
    security(("token" = [])), request_body = SubscriptionBody, params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), Refusals))]
async fn follow(call: Call, Json(body): Json<SubscriptionBody>) -> Result<StatusCode, web::Error> {
    let key = call.once("subscriptions", &body)?;
    call.services.follow_word(&call.actor, body.tree, body.word, body.end, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl Services {
    pub(crate) async fn follow_word(
        &self,
        actor: &Actor,
        tree: Tree,
        word: String,
        end: bool,
        key: Option<store::OnceKey>,
    ) -> Result<(), Failure> {
        let verb = Follow { person: actor.person, tree, word, end, at: self.clock.now() };
        self.carry_out_entry(actor, "directory/subscriptions", verb, key).await
    }
}
