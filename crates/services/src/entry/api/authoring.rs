//! Registering, verifying and looking after entries over HTTP: the same verbs and the same schema as the pages
//! (LY-SVC-24.1b).

use std::sync::Arc;

use authz::{Actor, Failure, Refusal};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use compliance::Door;
use identity::Caller;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use store::{OnceKey, Verb};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, Path, openapi::Refusals};

use crate::{
    Services,
    call::Call,
    entry::{
        EntryState, authority,
        changes::{ChangeKind, Side, Value as Part, changes},
        clarity::{self, Warning},
        classify::Classify,
        merge::Merge,
        publish::Publish,
        reading,
        register::Register,
        send_back::SendBackVersion,
        suspend::Suspend,
        version::{self, Version},
    },
    rulebook,
};

pub(super) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(register))
        .routes(routes!(show))
        .routes(routes!(publish))
        .routes(routes!(send_back))
        .routes(routes!(suspend))
        .routes(routes!(restore))
        .routes(routes!(merge))
        .routes(routes!(classify))
}

/// A card and its form, in the schema that `GET /api/v1/directory/schema` serves.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterBody {
    #[schema(value_type = Object)]
    card: Value,
    /// JSON Schema 2020-12 of the form; empty for an entry that is information alone.
    #[serde(default)]
    #[schema(value_type = Object)]
    form: Value,
    /// How it is carried out; without one it is carried out in the standard way.
    #[serde(default)]
    #[schema(value_type = Object)]
    process: Value,
}

/// The version that now waits for the competent administration.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisteredBody {
    service: String,
    version: i64,
    state: String,
    /// What the verifier will stumble over; nothing here refuses the registration.
    warnings: Vec<Warning>,
    href: String,
}

/// Register a service, or a new version of it
///
/// Stays `pending_verification` and invisible until an officer of the competent administration publishes it.
#[utoipa::path(post, path = "/api/v1/directory/entries", operation_id = "register_entry", tag = "directory",
    request_body = RegisterBody, params(("Idempotency-Key" = Option<String>, Header)), security(("token" = [])),
    responses((status = 201, body = RegisteredBody), Refusals))]
async fn register(call: Call, Json(body): Json<RegisterBody>) -> Result<Response, web::Error> {
    let key = call.once("entries", &body)?;
    let subject = format!("service/{}", body.card["id"].as_str().unwrap_or("?"));
    let read = reading::card(&body.card).map_err(Failure::from);
    let card = call.services.noted(&call.actor, &subject, read).await?;
    let verb = Register {
        actor: call.actor.clone(),
        card: card.clone(),
        form: if body.form.is_null() { "{}".to_owned() } else { body.form.to_string() },
        process: if body.process.is_null() { None } else { reading::process(&body.process.to_string())? },
        policies: call.services.policies.clone(),
        clock: call.services.clock.clone(),
    };
    let registered = call.services.carry_out_entry(&call.actor, &subject, verb, key).await?;
    let rules = rulebook::table::current(&call.services.store.read()).await?.rules;
    let href = format!("/api/v1/directory/entries/{}/versions/{}", card.id, registered.version);
    let answer = RegisteredBody {
        service: card.id.clone(),
        version: registered.version,
        state: EntryState::PendingVerification.word().to_owned(),
        warnings: clarity::warnings(&card, &rules),
        href: href.clone(),
    };
    Ok((StatusCode::CREATED, [(header::LOCATION, href)], Json(answer)).into_response())
}

/// A version as its author and its verifier see it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionBody {
    service: String,
    version: i64,
    state: String,
    #[schema(value_type = Object)]
    card: Value,
    #[schema(value_type = Object)]
    form: Value,
    #[schema(value_type = Object)]
    process: Value,
    /// RFC 3339.
    registered_at: String,
    verified_at: Option<String>,
    remarks: String,
    warnings: Vec<Warning>,
    /// What differs from the version that is in force.
    changes: Vec<ChangeLine>,
}

/// One difference between two versions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangeLine {
    /// The part of the card, or `form`.
    part: String,
    /// `added`, `removed`, `changed` or `moved`.
    kind: String,
    /// What of the part: `title`, `required`; empty for the whole.
    aspect: String,
    #[schema(value_type = Object)]
    before: Value,
    #[schema(value_type = Object)]
    after: Value,
}

/// One version, with its differences from what is in force
#[utoipa::path(get, path = "/api/v1/directory/entries/{id}/versions/{version}", operation_id = "show_entry_version",
    tag = "directory", security(("token" = [])),
    params(("id" = String, Path, description = "The service's slug"), ("version" = i64, Path)),
    responses((status = 200, body = VersionBody), Refusals))]
async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path((id, number)): Path<(String, i64)>,
) -> Result<Json<VersionBody>, web::Error> {
    let version = services.version_for(&actor, &id, number).await?;
    let sql = services.store.read();
    let in_force = version::table::newest(&sql, &id, &[EntryState::Published]).await?;
    let changed = in_force.filter(|it| it.version != number).map(|it| differences(&it, &version));
    let rules = rulebook::table::current(&sql).await?.rules;
    Ok(Json(VersionBody {
        service: id,
        version: number,
        state: version.state.word().to_owned(),
        warnings: clarity::warnings(&version.card, &rules),
        card: serde_json::to_value(&version.card)?,
        form: serde_json::from_str(&version.form)?,
        process: serde_json::to_value(&version.process)?,
        registered_at: version.registered_at.to_string(),
        verified_at: version.verified_at.map(|at| at.to_string()),
        remarks: version.remarks,
        changes: changed.unwrap_or_default(),
    }))
}

fn differences(before: &Version, after: &Version) -> Vec<ChangeLine> {
    let side = |version| -> Side<'_> {
        let version: &Version = version;
        Side { card: &version.card, form: &version.form, process: version.process.as_ref() }
    };
    changes(side(before), side(after)).into_iter().map(line).collect()
}

pub(crate) fn line(change: crate::entry::changes::Change) -> ChangeLine {
    debug_assert!(change.kind != ChangeKind::Moved || change.before.is_none());
    ChangeLine {
        part: change.part.to_owned(),
        kind: change.kind.word().to_owned(),
        aspect: change.aspect.to_owned(),
        before: change.before.map_or(Value::Null, value),
        after: change.after.map_or(Value::Null, value),
    }
}

fn value(part: Part) -> Value {
    match part {
        Part::Text(text) => serde_json::json!({ "ar": text.ar, "en": text.en }),
        Part::Money(milli) => milli.into(),
        Part::Days(days) => days.into(),
        Part::Truth(truth) => truth.into(),
        Part::Words(_, words) => words.into(),
        Part::Plain(word) => word.into(),
        Part::Ways(ways) => {
            let ways = ways.iter().map(|(act, to, _)| format!("{} → {to}", act.word()));
            ways.collect::<Vec<_>>().join(", ").into()
        }
        Part::Party(party) => serde_json::to_value(party).unwrap_or_default(),
        Part::Silence(expiry, _) => serde_json::to_value(expiry).unwrap_or_default(),
        Part::Number(number) => number.into(),
    }
}

impl Services {
    /// A version, for the authors of its body and the verifiers of the competent administration.
    pub(crate) async fn version_for(
        &self,
        actor: &Actor,
        slug: &str,
        number: i64,
    ) -> Result<Version, Failure> {
        let sql = self.store.read();
        let version = version::table::find(&sql, slug, number).await?.ok_or_else(Refusal::not_found)?;
        match self.works_on(actor, &version).await? {
            true => Ok(version),
            false => Err(Refusal::not_found().into()),
        }
    }

    /// Whether somebody works on a version: writes for its body, or verifies.
    pub(crate) async fn works_on(&self, actor: &Actor, version: &Version) -> Result<bool, Failure> {
        let provides = ["author", "head", "administrator"].iter().any(|role| actor.holds(role, version.body));
        Ok(provides || self.verifies(actor).await?)
    }

    /// Whether somebody is a verifier of the competent administration.
    pub(crate) async fn verifies(&self, actor: &Actor) -> Result<bool, Failure> {
        if !actor.holds_anywhere("verifier") {
            return Ok(false);
        }
        let administration = authority::administration(&self.store.read()).await?;
        Ok(actor.holds("verifier", administration))
    }
}

/// Where an entry stands after an act.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActedOnEntry {
    service: String,
    version: i64,
    state: String,
}

impl Services {
    async fn acted(&self, slug: &str, version: Option<i64>) -> Result<Json<ActedOnEntry>, Failure> {
        let sql = self.store.read();
        let found = match version {
            Some(number) => version::table::find(&sql, slug, number).await?.ok_or_else(Refusal::not_found)?,
            None => version::leading(&sql, slug).await?,
        };
        let state = found.state.word().to_owned();
        Ok(Json(ActedOnEntry { service: slug.to_owned(), version: found.version, state }))
    }
}

/// Verify a version and publish it
#[utoipa::path(post, path = "/api/v1/directory/entries/{id}/versions/{version}/publish",
    operation_id = "publish_entry", tag = "directory", security(("token" = [])),
    params(("id" = String, Path), ("version" = i64, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = ActedOnEntry), Refusals))]
async fn publish(
    call: Call,
    Path((id, version)): Path<(String, i64)>,
) -> Result<Json<ActedOnEntry>, web::Error> {
    let key = call.once("entries/publish", &(&id, version))?;
    let verb = Publish {
        actor: call.actor.clone(),
        slug: id.clone(),
        version,
        policies: call.services.policies.clone(),
        clock: call.services.clock.clone(),
    };
    call.on_entry(&id, Some(version), verb, key).await
}

/// Why an entry is handed back, taken off the portal, or put back onto it.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ReasonBody {
    /// At least ten characters; the provider reads it.
    reason: String,
}

/// Hand a registered version back to its author
#[utoipa::path(post, path = "/api/v1/directory/entries/{id}/versions/{version}/send_back",
    operation_id = "send_back_entry", tag = "directory", security(("token" = [])), request_body = ReasonBody,
    params(("id" = String, Path), ("version" = i64, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = ActedOnEntry), Refusals))]
async fn send_back(
    call: Call,
    Path((id, version)): Path<(String, i64)>,
    Json(body): Json<ReasonBody>,
) -> Result<Json<ActedOnEntry>, web::Error> {
    let key = call.once("entries/send_back", &(&id, version, &body))?;
    let acting = call.acting_on_directory();
    let verb = SendBackVersion { acting, slug: id.clone(), version, remarks: body.reason };
    call.on_entry(&id, Some(version), verb, key).await
}

/// Take a service off the portal
#[utoipa::path(post, path = "/api/v1/directory/entries/{id}/suspend", operation_id = "suspend_entry",
    tag = "directory", security(("token" = [])), request_body = ReasonBody,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = ActedOnEntry), Refusals))]
async fn suspend(
    call: Call,
    Path(id): Path<String>,
    Json(body): Json<ReasonBody>,
) -> Result<Json<ActedOnEntry>, web::Error> {
    call.take_off(&id, body, false).await
}

/// Put a service back onto the portal
#[utoipa::path(post, path = "/api/v1/directory/entries/{id}/restore", operation_id = "restore_entry",
    tag = "directory", security(("token" = [])), request_body = ReasonBody,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = ActedOnEntry), Refusals))]
async fn restore(
    call: Call,
    Path(id): Path<String>,
    Json(body): Json<ReasonBody>,
) -> Result<Json<ActedOnEntry>, web::Error> {
    call.take_off(&id, body, true).await
}

impl Call {
    async fn take_off(
        &self,
        slug: &str,
        body: ReasonBody,
        restore: bool,
    ) -> Result<Json<ActedOnEntry>, web::Error> {
        let key = self.once("entries/suspend", &(slug, restore, &body))?;
        let acting = self.acting_on_directory();
        let verb = Suspend { acting, slug: slug.to_owned(), restore, reason: body.reason };
        self.on_entry(slug, None, verb, key).await
    }

    /// Carries out an act on an entry and says where it stands then: the version, or the one that leads.
    async fn on_entry<V>(
        &self,
        slug: &str,
        version: Option<i64>,
        verb: V,
        key: Option<OnceKey>,
    ) -> Result<Json<ActedOnEntry>, web::Error>
    where
        V: Verb<Error = Failure, Answer: Serialize + DeserializeOwned + Sync>,
    {
        self.services.carry_out_entry(&self.actor, &format!("service/{slug}"), verb, key).await?;
        Ok(self.services.acted(slug, version).await?)
    }
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct MergeBody {
    /// Slug of the service that takes it up.
    into: String,
    reason: String,
}

/// Merge a service into another
#[utoipa::path(post, path = "/api/v1/directory/entries/{id}/merge", operation_id = "merge_entry", tag = "directory",
    security(("token" = [])), request_body = MergeBody,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = ActedOnEntry), Refusals))]
async fn merge(
    call: Call,
    Path(id): Path<String>,
    Json(body): Json<MergeBody>,
) -> Result<Json<ActedOnEntry>, web::Error> {
    let key = call.once("entries/merge", &(&id, &body))?;
    let acting = call.acting_on_directory();
    let verb = Merge { acting, slug: id.clone(), into: body.into, reason: body.reason };
    call.on_entry(&id, None, verb, key).await
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ClassifyBody {
    themes: Vec<String>,
    life_events: Vec<String>,
    audience: Vec<String>,
}

/// Sort a published service anew
#[utoipa::path(post, path = "/api/v1/directory/entries/{id}/classify", operation_id = "classify_entry",
    tag = "directory", security(("token" = [])), request_body = ClassifyBody,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = ActedOnEntry), Refusals))]
async fn classify(
    call: Call,
    Path(id): Path<String>,
    Json(body): Json<ClassifyBody>,
) -> Result<Json<ActedOnEntry>, web::Error> {
    let key = call.once("entries/classify", &(&id, &body))?;
    let verb = Classify {
        acting: call.acting_on_directory(),
        slug: id.clone(),
        themes: body.themes,
        life_events: body.life_events,
        audience: body.audience,
    };
    call.on_entry(&id, None, verb, key).await
}
