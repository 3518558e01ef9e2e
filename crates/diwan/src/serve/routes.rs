//! Every route of the program, behind one guard.

use std::{sync::Arc, time::Duration};

use axum::{Router, extract::DefaultBodyLimit, response::IntoResponse, routing::get};
use utoipa::{
    OpenApi as _,
    openapi::{
        Info, OpenApi,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;
use web::{GuardConfig, Rate};

use super::{health, metrics};
use crate::{parts::Parts, settings::ServeSettings};

/// How long an upload may take on a slow line.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(30 * 60);
const UPLOAD_PATHS: [&str; 9] = [
    "/api/v1/documents",
    "/api/v1/requests/",
    "/desk/",
    "/directory/standards",
    "/drafts/",
    "/requests/",
    "/api/v1/uploads",
    "/compliance/bodies/",
    "/verify",
];

/// Every kind of notice that this program sends.
pub fn kinds() -> Arc<notify::Kinds> {
    let mut kinds = services::kinds().with_account();
    kinds.all.extend(compliance::kinds().all.iter().cloned());
    kinds.all.extend(operation::kinds().all.iter().cloned());
    kinds.all.extend(bodies::kinds().all.iter().cloned());
    kinds.all.extend(devices::kinds().all.iter().cloned());
    kinds.all.extend(permissions::kinds().all.iter().cloned());
    kinds.all.extend(directory::kinds().all.iter().cloned());
    kinds.all.extend(policies::kinds().all.iter().cloned());
    Arc::new(kinds)
}

pub fn router(parts: &Arc<Parts>, serve: &ServeSettings) -> Router {
    let (api, described) = api(parts).split_for_parts();
    let meters = metrics::Meters::default();
    let described: Arc<str> = described.to_json().unwrap_or_default().into();
    let pages = Router::new()
        .merge(services::pages().with_state(parts.services.clone()))
        .merge(identity::pages().with_state(parts.identity.clone()))
        .merge(bodies::pages().with_state(parts.bodies.clone()))
        .merge(devices::pages().with_state(parts.devices.clone()))
        .merge(openid::pages().with_state(parts.openid.clone()))
        .merge(directory::pages().with_state(staff_directories(parts)))
        .merge(compliance::pages().with_state(parts.packs.clone()))
        .merge(compliance::desk().with_state(parts.compliance.clone()))
        .merge(operation::pages().with_state(parts.operation.clone()))
        .merge(permissions::pages().with_state(parts.permissions.clone()))
        .merge(policies::pages().with_state(parts.register.clone()))
        .merge(notify::pages(parts.store.clone(), kinds()))
        .layer(DefaultBodyLimit::max(services::UPLOAD_BYTES_MAX));
    let open = Router::new()
        .merge(web::routes())
        .merge(health::routes(parts))
        .merge(metrics::routes(parts, &meters))
        .route("/api/openapi.json", get(move || described_as(described.clone())));
    let admitted = devices::admit(parts.devices.clone(), pages.merge(api).merge(open));
    let known = identity::recognise(parts.identity.clone(), admitted);
    // Systems show secrets and tokens of their own, which are no person's.
    let machines = openid::machines().with_state(parts.openid.clone());
    web::guard(metrics::measured(known.merge(machines), &meters), guard_config(parts, serve))
}

fn staff_directories(parts: &Parts) -> directory::Desk {
    directory::Desk { directories: parts.directories.clone(), identity: parts.identity.clone() }
}

fn guard_config(parts: &Parts, serve: &ServeSettings) -> GuardConfig {
    let mut config = GuardConfig::new(parts.site.clone());
    let rate = serve.calls_per_second;
    config.rate = (rate > 0).then(|| Rate::new(rate.saturating_mul(3), rate));
    config.trusted_proxies = serve.trusted_proxies.clone();
    config.slow_paths = UPLOAD_PATHS.map(|path| (path.to_owned(), UPLOAD_TIMEOUT)).to_vec();
    config
}

async fn described_as(described: Arc<str>) -> impl IntoResponse {
    ([("content-type", "application/json")], described.to_string())
}

/// What every description refers to: the one shape of a refusal.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(web::Problem, web::FieldProblem)))]
struct Described;

/// Every call of the API with its description.
fn api(parts: &Parts) -> OpenApiRouter {
    let mut described = Described::openapi();
    described.info = Info::new("Diwan", env!("CARGO_PKG_VERSION"));
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    described.components.get_or_insert_default().add_security_scheme("token", bearer);
    OpenApiRouter::with_openapi(described)
        .merge(services::api().with_state(parts.services.clone()))
        .merge(identity::api().with_state(parts.identity.clone()))
        .merge(bodies::api().with_state(parts.bodies.clone()))
        .merge(devices::api().with_state(parts.devices.clone()))
        .merge(openid::api().with_state(parts.openid.clone()))
        .merge(directory::api().with_state(staff_directories(parts)))
        .merge(compliance::api().with_state(parts.packs.clone()))
        .merge(compliance::desk_api().with_state(parts.compliance.clone()))
        .merge(operation::api().with_state(parts.operation.clone()))
        .merge(permissions::api().with_state(parts.permissions.clone()))
        .merge(policies::api().with_state(parts.register.clone()))
        .merge(notify::api(parts.store.clone(), kinds()))
}

/// The description alone, for `diwan openapi`.
pub fn openapi(parts: &Parts) -> OpenApi {
    api(parts).split_for_parts().1
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Whatever somebody can be told has a line that says how it travels, and words to choose it by.
    #[test]
    fn every_notice_of_the_program_has_its_kind() {
        let texts = crate::parts::texts().expect("the texts can be read");
        let known = texts.keys();
        let subjects = known.iter().filter_map(|key| key.strip_prefix("notice-")?.strip_suffix("-subject"));
        let said: BTreeSet<String> = subjects.map(str::to_owned).collect();
        let kinds = kinds();
        let listed: BTreeSet<String> = kinds.all.iter().map(|kind| kind.key.clone()).collect();
        assert_eq!(listed, said);
        for kind in &kinds.all {
            for key in [format!("notice-{}-name", kind.key), format!("notify-topic-{}", kind.topic)] {
                assert!(known.contains(key.as_str()), "{key} has no words");
            }
        }
    }
}
