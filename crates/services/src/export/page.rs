//! The pages on which a list is taken out: choose the form, watch a long one being made, fetch it.

use std::sync::Arc;

use askama::Template;
use authz::Failure;
use axum::{
    Router,
    extract::State as Extract,
    response::{IntoResponse, Response},
    routing::get,
};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, ExportForm, Fault, Form, Page, Path, Query, Shell,
    components::{Choice, Field, named},
    see_other, stay,
};

use super::{AT_ONCE_ROWS_MAX, Export, Narrowed};
use crate::Services;

/// Exports on one page.
const PAGE_EXPORTS: i64 = 20;
/// How often the page of a file that is being made asks how far it is.
const PROGRESS_SECONDS: u32 = 2;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/exports", get(list).post(ask))
        .route("/exports/new", get(new))
        .route("/exports/{id}", get(show))
        .route("/exports/{id}/file", get(file))
}

/// Which list, and what narrows it.
#[derive(Clone, Debug, Default, Deserialize)]
struct Wish {
    #[serde(default)]
    list: String,
    #[serde(default)]
    form: String,
    #[serde(flatten)]
    narrowed: Narrowed,
}

#[derive(Template)]
#[template(path = "export/new.html")]
struct NewPage {
    shell: Shell,
    list: String,
    name: String,
    /// What narrows the list, to be sent along.
    hidden: Vec<(&'static str, String)>,
    form: Field,
    faults: Vec<Fault>,
    at_once_max: u32,
}

fn hidden(narrowed: &Narrowed) -> Vec<(&'static str, String)> {
    let Narrowed { show, kind, service, holder, due, q, request } = narrowed.clone();
    let pairs = [
        ("show", show),
        ("kind", kind),
        ("service", service),
        ("holder", holder),
        ("due", due),
        ("q", q),
        ("request", request),
    ];
    pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

impl Services {
    fn new_page(&self, shell: Shell, wish: &Wish, faults: Vec<Fault>) -> Result<NewPage, Failure> {
        let list = super::List::named(&wish.list)?;
        let choice = |form: ExportForm| {
            let word = |part: &str| shell.t(&format!("export-form-{}{part}", form.code()));
            Choice::new(form.code(), word("")).hint(word("-hint"))
        };
        let chosen = ExportForm::named(&wish.form).unwrap_or(ExportForm::Csv);
        let form =
            Field::radios(&shell, "form", shell.t("export-form"), ExportForm::ALL.map(choice).to_vec())
                .value(chosen.code())
                .faults(&faults);
        Ok(NewPage {
            list: list.code().to_owned(),
            name: self.list_name(list, shell.lang),
            hidden: hidden(&wish.narrowed),
            faults: named(faults, std::slice::from_ref(&form)),
            form,
            at_once_max: AT_ONCE_ROWS_MAX,
            shell,
        })
    }
}

async fn new(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(wish): Query<Wish>,
) -> Result<Page<NewPage>, web::Error> {
    let taking = services.taking(&actor, (&wish.list, "csv"), wish.narrowed.clone(), shell.lang)?;
    services.check_taking(&taking).await?;
    Ok(Page(services.new_page(shell, &wish, Vec::new())?))
}

/// A short list is the answer itself; a long one is ordered, and its page says how far it is.
async fn ask(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(wish): Form<Wish>,
) -> Result<Response, web::Error> {
    let asked = async {
        let form = (wish.list.as_str(), wish.form.as_str());
        let taking = services.taking(&actor, form, wish.narrowed.clone(), shell.lang)?;
        services.check_taking(&taking).await?;
        if !services.is_long(&taking).await? {
            return services.take_at_once(taking).await;
        }
        let id = services.ask_for(&taking, None).await?;
        Ok(see_other(&format!("/exports/{id}")))
    };
    match asked.await {
        Err(failure) => {
            let refusal = failure.mendable()?;
            let page = services.new_page(shell.clone(), &wish, shell.faults(&refusal))?;
            Ok(stay(refusal.kind, page))
        }
        Ok(answer) => Ok(answer),
    }
}

/// An export in the reader's words.
struct Line {
    href: String,
    file: String,
    name: String,
    form: &'static str,
    state: String,
    signal: &'static str,
    rows: String,
    asked: String,
    expires: String,
    reason: String,
    is_open: bool,
    is_ready: bool,
}

impl Services {
    fn export_line(&self, shell: &Shell, export: &Export) -> Line {
        let standing = export.standing(self.clock.now());
        Line {
            href: format!("/exports/{}", export.id),
            file: format!("/exports/{}/file", export.id),
            name: self.list_name(export.list, shell.lang),
            form: export.form.code(),
            state: shell.t(&format!("export-state-{standing}")),
            signal: match standing {
                "ready" => "done",
                "asked" | "running" => "waiting",
                "failed" => "refused",
                _ => "",
            },
            rows: shell.t1("export-rows", "count", export.rows),
            asked: shell.ago(export.asked_at),
            expires: shell.day(export.expires_at),
            reason: export.reason.clone(),
            is_open: matches!(standing, "asked" | "running"),
            is_ready: standing == "ready",
        }
    }
}

#[derive(Template)]
#[template(path = "export/list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<Line>,
    first: &'static str,
    next: String,
}

#[derive(Default, Deserialize)]
struct Continued {
    cursor: Option<String>,
}

async fn list(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Continued>,
) -> Result<Page<ListPage>, web::Error> {
    let before: Option<Uuid> = Cursor::decode_given(asked.cursor.as_deref())?;
    let mut found = services.exports_of(&actor, before.unwrap_or(Uuid::max()), PAGE_EXPORTS + 1).await?;
    let more = found.len() as i64 > PAGE_EXPORTS;
    found.truncate(PAGE_EXPORTS as usize);
    let next = match found.last() {
        Some(last) if more => shell.with("cursor", &Cursor::encode(&last.id)?),
        _ => String::new(),
    };
    let lines = found.iter().map(|export| services.export_line(&shell, export)).collect();
    Ok(Page(ListPage { lines, first: if before.is_some() { "/exports" } else { "" }, next, shell }))
}

#[derive(Template)]
#[template(path = "export/show.html")]
struct ShowPage {
    shell: Shell,
    line: Line,
    seconds: u32,
}

#[derive(Template)]
#[template(path = "export/progress.html")]
struct Progress {
    shell: Shell,
    line: Line,
    seconds: u32,
}

async fn show(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let export = services.export_of(&actor, id).await?;
    let (line, seconds) = (services.export_line(&shell, &export), PROGRESS_SECONDS);
    if shell.partial {
        return Ok(Page(Progress { line, seconds, shell }).into_response());
    }
    Ok(Page(ShowPage { line, seconds, shell }).into_response())
}

async fn file(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    Ok(services.take_made(&actor, id).await?)
}
