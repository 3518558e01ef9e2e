//! `/standards`: what every provider has to follow, for everybody to read and download; `/standards/{slug}`: every version
//! that was published, since when and until when it bound (LY-SVC-19.2).

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Refusal};
use axum::{
    Router,
    body::Body,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use web::{Cursor, Page, Path, Query, Shell};

use super::{Standing, Version, table};
use crate::{Services, output::download::labels};

/// Standards on one page.
const PAGE_STANDARDS: i64 = 40;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/standards", get(list))
        .route("/standards/{slug}", get(show))
        .route("/standards/{slug}/versions/{version}/file", get(file))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: String,
}

/// A version as both pages and the desk show it.
pub(super) struct Line {
    pub href: String,
    pub slug: String,
    pub version: i64,
    pub number: String,
    pub kind: String,
    pub title: String,
    pub summary: String,
    pub standing: String,
    pub signal: &'static str,
    pub published: String,
    pub in_force: String,
    pub ended: String,
    pub file: String,
    pub size: String,
    pub sha256: String,
    pub is_draft: bool,
    pub is_published: bool,
    pub is_in_force: bool,
}

impl Line {
    pub(super) fn of(shell: &Shell, version: &Version) -> Line {
        let day = |at: Option<clock::Timestamp>| at.map(|at| shell.date(at)).unwrap_or_default();
        Line {
            href: format!("/standards/{}", version.slug),
            slug: version.slug.clone(),
            version: version.version,
            number: shell.num(version.version),
            kind: shell.t(&format!("standard-kind-{}", version.kind.word())),
            title: shell.text(&version.title).to_owned(),
            summary: shell.text(&version.summary).to_owned(),
            standing: shell.t(&format!("standard-{}", version.standing.word().replace('_', "-"))),
            signal: version.standing.signal(),
            published: day(version.published_at),
            in_force: day(version.in_force_at),
            ended: day(version.ended_at),
            file: version.file_href(),
            size: shell.size(version.bytes),
            sha256: version.sha256.clone(),
            is_draft: version.standing == Standing::Draft,
            is_published: version.standing == Standing::Published,
            is_in_force: version.standing == Standing::InForce,
        }
    }
}

#[derive(Template)]
#[template(path = "standard/list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<Line>,
    next: String,
}

#[derive(Template)]
#[template(path = "standard/show.html")]
struct ShowPage {
    shell: Shell,
    title: String,
    kind: String,
    lines: Vec<Line>,
}

async fn list(
    State(services): State<Arc<Services>>,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<ListPage>, web::Error> {
    Ok(Page(services.standards_page(shell, &asked).await?))
}

async fn show(
    State(services): State<Arc<Services>>,
    shell: Shell,
    Path(slug): Path<String>,
) -> Result<Page<ShowPage>, web::Error> {
    let versions = services.public_versions(&slug).await?;
    let lines: Vec<Line> = versions.iter().map(|version| Line::of(&shell, version)).collect();
    let named = lines.iter().find(|line| line.is_in_force).or(lines.first());
    let (title, kind) = named.map(|line| (line.title.clone(), line.kind.clone())).unwrap_or_default();
    Ok(Page(ShowPage { title, kind, lines, shell }))
}

async fn file(
    State(services): State<Arc<Services>>,
    Path((slug, version)): Path<(String, i64)>,
) -> Result<Response, web::Error> {
    Ok(services.standard_file(&slug, version).await?)
}

impl Services {
    async fn standards_page(&self, shell: Shell, asked: &Asked) -> Result<ListPage, Failure> {
        let given = Some(asked.cursor.as_str());
        let after = Cursor::decode_given::<String>(given)?.unwrap_or_default();
        let held = table::listed(&self.store.read(), true, &after, PAGE_STANDARDS + 1).await?;
        let last = held.get(PAGE_STANDARDS as usize - 1).filter(|_| held.len() > PAGE_STANDARDS as usize);
        let next = match last {
            Some(last) => shell.with("cursor", &Cursor::encode(&last.slug)?),
            None => String::new(),
        };
        let lines = held.iter().take(PAGE_STANDARDS as usize).map(|it| Line::of(&shell, it)).collect();
        Ok(ListPage { lines, next, shell })
    }

    async fn standard_file(&self, slug: &str, version: i64) -> Result<Response, Failure> {
        let found = table::find(&self.store.read(), slug, version).await?;
        let version = found.filter(Version::is_public).ok_or_else(Refusal::not_found)?;
        let (document, stream) = self.documents.get(version.document).await?;
        let media_type = document.media_type.as_str();
        Ok((labels(&version.file_name, media_type), Body::from_stream(stream)).into_response())
    }
}
