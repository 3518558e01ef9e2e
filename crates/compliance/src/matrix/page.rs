//! `/compliance`: all bodies that somebody oversees, the worst first. Whoever sees one body alone is led to it.

use std::sync::Arc;

use askama::Template;
use authz::Refusal;
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use web::{Cursor, Page, Query, Shell, see_other};

use super::{BodyLine, Place, body, control};
use crate::{Compliance, call::Visit, places::Places};

/// Bodies of a page.
const PAGE_BODIES: usize = 25;

pub(crate) fn routes() -> Router<Arc<Compliance>> {
    Router::new()
        .route("/compliance", get(overview))
        .route("/compliance/bodies/{slug}", get(body::show))
        .route("/compliance/bodies/{slug}/export", get(body::export))
        .route("/compliance/bodies/{slug}/{control}", get(control::show).post(control::confirm))
        .route("/compliance/bodies/{slug}/{control}/attester", post(control::name))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: String,
}

struct Row {
    slug: String,
    name: String,
    late: i64,
    open: i64,
    overdue: i64,
    confirmed: String,
    exemptions: i64,
    packs: usize,
    standing: String,
    signal: &'static str,
}

#[derive(Template)]
#[template(path = "matrix/overview.html")]
struct OverviewPage {
    places: Places,
    rows: Vec<Row>,
    first: String,
    next: String,
    shell: Shell,
}

async fn overview(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, web::Error> {
    let kernel = &visit.kernel;
    let sight = kernel.overseen(&visit.acting()).await?;
    let after: Option<Place> = Cursor::decode_given(Some(&asked.cursor))?;
    let mut lines = kernel.body_lines(&sight, after, PAGE_BODIES + 1).await?;
    if !sight.all && sight.bodies.len() == 1 {
        let only = lines.first().ok_or_else(Refusal::not_found)?;
        return Ok(see_other(&format!("/compliance/bodies/{}", only.body.slug)));
    }
    let next = Cursor::cut(&mut lines, PAGE_BODIES, BodyLine::place)?;
    let places = Places::of(kernel, &visit.actor, &visit.shell).await?;
    let shell = visit.shell;
    let page = OverviewPage {
        places,
        rows: lines.iter().map(|line| row(&shell, line)).collect(),
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        next: next.map(|next| shell.with("cursor", &next)).unwrap_or_default(),
        shell,
    };
    Ok(Page(page).into_response())
}

fn row(shell: &Shell, line: &BodyLine) -> Row {
    let (key, signal) = match line {
        it if it.is_gap => ("matrix-body-gap", "refused"),
        it if it.findings.late > 0 || it.attestations.overdue > 0 => ("matrix-body-late", "refused"),
        it if it.findings.open + it.findings.answered > 0 => ("matrix-body-open", "needs-you"),
        it if it.packs == 0 => ("matrix-body-unbound", ""),
        _ => ("matrix-body-well", "done"),
    };
    let attested = &line.attestations;
    Row {
        slug: line.body.slug.clone(),
        name: shell.text(&line.body.name).to_owned(),
        late: line.findings.late,
        open: line.findings.open + line.findings.answered,
        overdue: attested.overdue,
        confirmed: shell.t2("matrix-of", "count", attested.confirmed, "all", attested.all),
        exemptions: line.exemptions,
        packs: line.packs,
        standing: shell.t(key),
        signal,
    }
}
