//! What happens to a request is written down for the endpoint of the body that it concerns, in the transaction in which it
//! happens (LY-SVC-7.1b). A body without an endpoint has its work queue alone.

use authz::Failure;
use clock::Timestamp;
use jobs::Job;
use serde_json::{Value, json};
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Delivery, Event, Standing, deliver::KIND, table};
use crate::{
    duty,
    request::{Desk, Request},
};

/// Tells a body of what happened to a request.
pub(crate) async fn body(
    tx: &Tx,
    body: Uuid,
    request: &Request,
    event: Event,
    at: Timestamp,
) -> Result<(), Failure> {
    if table::find(tx, body).await?.is_none() {
        return Ok(());
    }
    let about = json!({
        "number": request.number.as_str(),
        "service": duty::table::slug_of(tx, request.entry).await?,
        "service_version": request.entry_version,
        "state": request.state.word(),
        "stage": request.stage,
        "href": format!("/api/v1/requests/{}", request.number),
    });
    send(tx, body, event, request.number.as_str(), about, at).await.map(drop)
}

/// The providing body, and the one on whose desk it lay.
pub(crate) async fn all(
    tx: &Tx,
    request: &Request,
    held_by: Option<&Desk>,
    event: Event,
    at: Timestamp,
) -> Result<(), Failure> {
    body(tx, request.body, request, event, at).await?;
    match held_by.map(|desk| desk.body).filter(|other| *other != request.body) {
        Some(other) => body(tx, other, request, event, at).await,
        None => Ok(()),
    }
}

/// Writes a delivery and orders the job that posts it.
pub(super) async fn send(
    tx: &Tx,
    body: Uuid,
    event: Event,
    number: &str,
    about: Value,
    at: Timestamp,
) -> Result<Uuid, Failure> {
    let id = Uuid::now_v7();
    let slug = slug(tx, body).await?;
    let mut payload = json!({ "id": id, "event": event.word(), "body": slug, "at": at.to_string() });
    if let (Some(payload), Value::Object(about)) = (payload.as_object_mut(), about) {
        payload.extend(about);
    }
    let new = Delivery {
        id,
        body,
        event,
        number: number.to_owned(),
        payload: payload.to_string(),
        standing: Standing::Waiting,
        tries: 0,
        created_at: at,
        tried_at: None,
        answer: String::new(),
        ended_at: None,
    };
    table::insert(tx, &new).await?;
    jobs::enqueue(tx, job(id, at)).await?;
    Ok(id)
}

pub(super) fn job(delivery: Uuid, at: Timestamp) -> Job {
    Job { kind: KIND, key: delivery.to_string(), payload: json!({ "delivery": delivery }), run_at: at }
}

async fn slug(sql: &impl Sql, body: Uuid) -> Result<String, StoreError> {
    Ok(organisations::body(sql, body).await?.map(|body| body.slug).unwrap_or_default())
}
