//! `/desk/legal`: the processes that wait for a legal reviewer to put a name to them (LY-SVC-11.3): of every body for those
//! of the competent administration, of their own body for others, and never what they wrote themselves.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{Router, extract::State, routing::get};
use identity::Caller;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{Cursor, Json, Page, Query, Shell, components::Link, openapi::Refusals};

use super::attest::LEGAL_REVIEWER;
use crate::{
    Services,
    call::Visit,
    entry::{
        api::Words,
        version::{
            Version,
            table::{self, Since},
        },
    },
};

/// Processes of one page, and of one answer.
const PAGE_REVIEWS: usize = 25;
const BEFORE_ALL: Since = (i64::MIN, Uuid::nil());
const NO_REVIEWER: Refusal = Refusal::new(Kind::NotAllowed, "process.no_reviewer", &["LY-SVC-11.3"]);

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/desk/legal", get(show))
}

pub(crate) fn api_routes() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(list))
}

/// The page's own: it is asked for in a language, too.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    cursor: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ReviewParams {
    /// From the answer before.
    cursor: Option<String>,
}

struct Line {
    href: String,
    service: String,
    version: String,
    is_change: bool,
    provider: String,
    since: String,
    ago: String,
}

#[derive(Template)]
#[template(path = "process/waiting.html")]
struct WaitingPage {
    places: Vec<Link>,
    lines: Vec<Line>,
    first: String,
    next: String,
    shell: Shell,
}

/// A process that waits for its legal review.
#[derive(Debug, Serialize, ToSchema)]
struct ReviewLine {
    service: String,
    version: i64,
    name: Words,
    /// The provider's slug.
    provider: String,
    registered_at: String,
    href: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct ReviewPage {
    items: Vec<ReviewLine>,
    next: Option<String>,
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Query(asked): Query<Asked>,
) -> Result<Page<WaitingPage>, web::Error> {
    Ok(Page(services.waiting_page(&actor, shell, asked.cursor.as_deref()).await?))
}

/// Processes that wait for your legal review
#[utoipa::path(get, path = "/api/v1/directory/legal_reviews", operation_id = "list_legal_reviews", tag = "directory",
    security(("token" = [])), params(ReviewParams), responses((status = 200, body = ReviewPage), Refusals))]
async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Query(params): Query<ReviewParams>,
) -> Result<Json<ReviewPage>, web::Error> {
    let (versions, next) = services.reviews(&actor, params.cursor.as_deref()).await?;
    let items = versions.into_iter().map(|version| services.review_line(version)).collect();
    Ok(Json(ReviewPage { items, next }))
}

/// Whose processes somebody reviews.
enum Reach {
    All,
    Of(Vec<Uuid>),
}

impl Reach {
    fn bodies(&self) -> Option<&[Uuid]> {
        match self {
            Reach::All => None,
            Reach::Of(bodies) => Some(bodies),
        }
    }
}

impl Services {
    /// Nothing for those who review no processes.
    async fn review_reach(&self, actor: &Actor) -> Result<Option<Reach>, Failure> {
        let reviews = actor.roles.iter().filter(|role| role.name == LEGAL_REVIEWER);
        let bodies: Vec<Uuid> = reviews.map(|role| role.body).collect();
        if bodies.is_empty() {
            return Ok(None);
        }
        let administration =
            organisations::holder_of(&self.store.read(), organisations::COMPETENT_ADMINISTRATION).await?;
        let all = administration.is_some_and(|body| bodies.contains(&body));
        Ok(Some(if all { Reach::All } else { Reach::Of(bodies) }))
    }

    /// How many processes wait for this person; nothing for those who review none.
    pub(crate) async fn reviews_waiting(&self, actor: &Actor) -> Result<Option<i64>, Failure> {
        let Some(reach) = self.review_reach(actor).await? else { return Ok(None) };
        let count = table::unattested_count(&self.store.read(), reach.bodies(), actor.person).await?;
        Ok(Some(count))
    }

    async fn reviews(
        &self,
        actor: &Actor,
        cursor: Option<&str>,
    ) -> Result<(Vec<Version>, Option<String>), Failure> {
        let reach = self.review_reach(actor).await?.ok_or(NO_REVIEWER)?;
        let after: Option<Since> = Cursor::decode_given(cursor)?;
        let (sql, limit) = (self.store.read(), PAGE_REVIEWS as i64 + 1);
        let bodies = reach.bodies();
        let mut found =
            table::unattested(&sql, bodies, actor.person, after.unwrap_or(BEFORE_ALL), limit).await?;
        let next = Cursor::cut(&mut found, PAGE_REVIEWS, |last| (last.registered_at.0, last.entry))?;
        Ok((found, next))
    }

    async fn waiting_page(
        &self,
        actor: &Actor,
        shell: Shell,
        cursor: Option<&str>,
    ) -> Result<WaitingPage, Failure> {
        let (versions, next) = self.reviews(actor, cursor).await?;
        let is_first = cursor.unwrap_or_default().is_empty();
        Ok(WaitingPage {
            places: self.desk_places(&shell, actor, "/desk/legal").await?,
            lines: versions.iter().map(|version| self.waiting_line(&shell, version)).collect(),
            first: if is_first { String::new() } else { "/desk/legal".to_owned() },
            next: next.map(|cursor| format!("/desk/legal?cursor={cursor}")).unwrap_or_default(),
            shell,
        })
    }

    fn waiting_line(&self, shell: &Shell, version: &Version) -> Line {
        let provider = self.directory.provider(version.body);
        Line {
            href: process_href(version),
            service: shell.text(&version.card.name).to_owned(),
            version: shell.t1("process-version", "version", version.version),
            is_change: version.version > 1,
            provider: provider.map(|it| shell.text(&it.name).to_owned()).unwrap_or_default(),
            since: shell.date(version.registered_at),
            ago: shell.ago(version.registered_at),
        }
    }

    fn review_line(&self, version: Version) -> ReviewLine {
        ReviewLine {
            href: process_href(&version),
            provider: self.directory.provider(version.body).map(|it| it.slug.clone()).unwrap_or_default(),
            name: (&version.card.name).into(),
            version: version.version,
            registered_at: version.registered_at.to_string(),
            service: version.card.id,
        }
    }
}

fn process_href(version: &Version) -> String {
    format!("/services/{}/process?version={}", version.card.id, version.version)
}
