//! Who the caller is.

use std::sync::Arc;

use authz::Refusal;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Json;

use crate::{Caller, Identity, LegalEntity, Mandate, mandate, person, session};

/// A name in both languages.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonName {
    pub(crate) ar: String,
    pub(crate) en: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    id: Uuid,
    identifier: String,
    name: PersonName,
    /// `citizen`, `resident` or `visitor`.
    kind: &'static str,
    abroad: bool,
    language: &'static str,
    /// `latn` or `arab`.
    digits: &'static str,
    /// `basic`, `substantial` or `high`.
    assurance: &'static str,
    roles: Vec<RoleHeld>,
    mandates: Vec<MandateHeld>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct RoleHeld {
    body: Uuid,
    unit: Option<Uuid>,
    role: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct MandateHeld {
    id: Uuid,
    entity: Uuid,
    name: PersonName,
    /// `government_body` or `private_institution`.
    kind: &'static str,
    /// `all`, or the id of the one service that it covers.
    scope: String,
    until: Option<String>,
}

/// The person behind the call, its roles, and for whom it may act.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    tag = "identity",
    security(("token" = [])),
    responses((status = 200, description = "The caller", body = Me), web::openapi::Refusals)
)]
pub(super) async fn me(
    State(identity): State<Arc<Identity>>,
    Caller(actor): Caller,
) -> Result<Json<Me>, web::Error> {
    let sql = identity.store.read();
    let person = person::table::person(&sql, actor.person).await?.ok_or(Refusal::not_found())?;
    let mandates = mandate::table::mandates(&sql, actor.person, identity.clock.now()).await?;
    let roles =
        actor.roles.into_iter().map(|held| RoleHeld { body: held.body, unit: held.unit, role: held.name });
    Ok(Json(Me {
        id: person.id,
        identifier: person.identifier,
        name: PersonName { ar: person.name.ar, en: person.name.en },
        kind: person.kind.word(),
        abroad: person.abroad,
        language: person.language.code(),
        digits: person::digits_word(person.digits),
        assurance: session::assurance_word(actor.assurance),
        roles: roles.collect(),
        mandates: mandates.into_iter().map(held).collect(),
    }))
}

fn held((mandate, entity): (Mandate, LegalEntity)) -> MandateHeld {
    MandateHeld {
        id: mandate.id,
        entity: entity.id,
        name: PersonName { ar: entity.name.ar, en: entity.name.en },
        kind: entity.kind.word(),
        scope: mandate.scope,
        until: mandate.until.map(|until| until.to_string()),
    }
}
