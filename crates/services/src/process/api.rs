//! Processes over HTTP: what a version says, a request played along it, and the name of a legal reviewer.

use std::sync::Arc;

use axum::extract::State;
use identity::{Caller, MaybeCaller};
use language::Text;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, Path, Query, openapi::Refusals};

use super::{
    people,
    play::Playing,
    show::{Scene, Shown},
    simulate,
};
use crate::{Services, entry::api::Words};

pub(crate) fn routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(play)).routes(routes!(attest))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProcessParams {
    /// The version of the service; the one in force when it is left out.
    version: Option<i64>,
}

/// How a service is carried out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProcessBody {
    service: String,
    version: i64,
    is_in_force: bool,
    legal_basis: Words,
    /// The legal reviewer who has attested this version.
    attested_by: Option<Words>,
    /// The procedure as it was on paper, step by step.
    before: Vec<Words>,
    /// The procedure as it is now.
    after: Vec<Words>,
    rights: Vec<Words>,
    obligations: Vec<Words>,
    /// Stages with their parties, states, moves, time limits and what follows from silence.
    #[schema(value_type = Vec<Object>)]
    stages: Value,
}

/// How a service is carried out
#[utoipa::path(get, path = "/api/v1/services/{id}/process", operation_id = "show_process", tag = "directory",
    params(("id" = String, Path, description = "The service's slug"), ProcessParams),
    responses((status = 200, body = ProcessBody), Refusals))]
async fn show(
    State(services): State<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    Path(id): Path<String>,
    Query(params): Query<ProcessParams>,
) -> Result<Json<ProcessBody>, web::Error> {
    let shown = services.process_of(caller.as_ref(), &id, params.version).await?;
    Ok(Json(body(shown)?))
}

fn body(shown: Shown) -> Result<ProcessBody, serde_json::Error> {
    let words = |texts: &[Text]| texts.iter().map(Words::from).collect();
    let process = &shown.process;
    Ok(ProcessBody {
        version: shown.version,
        is_in_force: shown.is_in_force,
        legal_basis: (&process.legal_basis).into(),
        attested_by: shown.reviewer.as_ref().map(Words::from),
        before: words(&process.before),
        after: words(&process.after),
        rights: words(&process.rights),
        obligations: words(&process.obligations),
        stages: serde_json::to_value(&process.stages)?,
        service: shown.slug,
    })
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlayParams {
    /// The version of the service; the one in force when it is left out.
    version: Option<i64>,
    /// `granted`, `corrected`, `refused` or `silent`.
    path: Option<String>,
    /// A sample person of `people`; nobody in particular when it is left out.
    person: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlayBody {
    /// Sample people with whom it can be played.
    people: Vec<PersonLine>,
    /// What a delivery asks the person first; the last one is the no, where there is one, and nothing is played then.
    door: Vec<DoorLine>,
    scenes: Vec<SceneLine>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonLine {
    id: String,
    name: Words,
    told: Words,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DoorLine {
    /// `electronic`, `guardian`, `mandate`, `audience` or `assurance`.
    question: String,
    /// The code of the refusal; null when it lets the person on.
    refused: Option<String>,
}

/// Who is told what.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeLine {
    to_applicant: bool,
    #[schema(example = "request-completed")]
    notice: String,
}

/// A stay of the played request.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SceneLine {
    stage: String,
    title: Words,
    holder: Words,
    /// The public state that the applicant sees.
    state: String,
    /// What is done there; null at an end.
    act: Option<String>,
    /// Whether the law answers, because nobody did.
    by_law: bool,
    /// `only-way`, `forward`, `returned`, `refused`, `by-law` or `end`.
    why: String,
    notices: Vec<NoticeLine>,
    from: String,
    until: String,
    /// Who could act today.
    who: Vec<Words>,
}

/// Play a request along a process
///
/// For those who write or review it; nothing is written.
#[utoipa::path(get, path = "/api/v1/services/{id}/process/play", operation_id = "play_process", tag = "directory",
    security(("token" = [])),
    params(("id" = String, Path, description = "The service's slug"), PlayParams),
    responses((status = 200, body = PlayBody), Refusals))]
async fn play(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Query(params): Query<PlayParams>,
) -> Result<Json<PlayBody>, web::Error> {
    let shown = services.process_of(Some(&actor), &id, params.version).await?;
    if !shown.may_simulate {
        return Err(authz::Refusal::not_found().into());
    }
    let path = params.path.as_deref().and_then(simulate::Path::named).unwrap_or_default();
    let person = match params.person.as_deref() {
        None | Some("") => None,
        Some(id) => Some(people::find(id).ok_or_else(authz::Refusal::not_found)?),
    };
    let playing =
        Playing { card: &shown.version_row.card, process: &shown.process, body: shown.version_row.body };
    let scenes = services.played(playing, path, person).await?;
    let asked = |it: people::Answered| DoorLine {
        question: it.question.to_owned(),
        refused: it.refusal.map(|refusal| refusal.code.to_owned()),
    };
    let door = person.map(|person| person.at_the_door(&shown.version_row.card)).unwrap_or_default();
    let line = |person: &people::SamplePerson| PersonLine {
        id: person.id.clone(),
        name: (&person.name).into(),
        told: (&person.told).into(),
    };
    Ok(Json(PlayBody {
        people: people::all().iter().map(line).collect(),
        door: door.into_iter().map(asked).collect(),
        scenes: scenes.iter().map(scene).collect(),
    }))
}

fn scene(scene: &Scene) -> SceneLine {
    SceneLine {
        stage: scene.stage.id.clone(),
        title: (&scene.stage.title).into(),
        holder: (&scene.stage.holder).into(),
        state: scene.stage.state.word().to_owned(),
        act: scene.act.map(|act| act.word().to_owned()),
        by_law: scene.by_law,
        why: scene.why.word().to_owned(),
        notices: scene
            .notices
            .iter()
            .map(|it| NoticeLine { to_applicant: it.to_applicant, notice: it.key.to_owned() })
            .collect(),
        from: scene.from.to_string(),
        until: scene.until.to_string(),
        who: scene.who.iter().map(Words::from).collect(),
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttestBody {
    /// The version that was reviewed.
    version: i64,
}

/// Attest that a process contravenes no law
///
/// By a legal reviewer who did not write it; asked twice, it stands once.
#[utoipa::path(post, path = "/api/v1/services/{id}/process/attest", operation_id = "attest_process", tag = "directory",
    security(("token" = [])), request_body = AttestBody,
    params(("id" = String, Path, description = "The service's slug")),
    responses((status = 200, body = ProcessBody), Refusals))]
async fn attest(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(asked): Json<AttestBody>,
) -> Result<Json<ProcessBody>, web::Error> {
    services.attest(&actor, &id, asked.version).await?;
    let shown = services.process_of(Some(&actor), &id, Some(asked.version)).await?;
    Ok(Json(body(shown)?))
}
