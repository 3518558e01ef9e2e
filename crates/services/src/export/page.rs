//! The pages on which a list is taken out: choose the form, watch a long one being made, fetch it.

use std::{sync::Arc, time::Duration};

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::State as Extract,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use identity::{Caller, MaybeCaller};
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, ExportForm, Fault, Form, Page, Path, Query, Shell,
    components::{Choice, Field, named},
    see_other, stay,
};

use super::{AT_ONCE_ROWS_MAX, Export, Narrowed, lists::nobody};
use crate::Services;

/// Exports on one page.
const PAGE_EXPORTS: i64 = 20;
const SECONDS_IN_MINUTE: u64 = 60;
/// How often the page of a file that is being made asks how far it is.
const PROGRESS_SECONDS: u32 = 2;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/exports", get(list).post(ask))
        .route("/exports/new", get(new))
        .route("/exports/{id}", get(show))
        .route("/exports/{id}/file", get(file))
        .route("/exports/{id}/stop", post(stop))
        .route("/exports/{id}/resume", post(resume))
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

impl Services {
    fn new_page(&self, shell: Shell, wish: &Wish, faults: Vec<Fault>) -> Result<NewPage, Failure> {
        let list = super::List::named(&wish.list)?;
        let pairs = wish.narrowed.pairs();
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
            hidden: pairs.into_iter().map(|(name, value)| (name, value.to_owned())).collect(),
            faults: named(faults, std::slice::from_ref(&form)),
            form,
            at_once_max: AT_ONCE_ROWS_MAX,
            shell,
        })
    }
}

async fn new(
    Extract(services): Extract<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Query(wish): Query<Wish>,
) -> Result<Page<NewPage>, web::Error> {
    let actor = caller.unwrap_or_else(nobody);
    let taking = services.taking(&actor, (&wish.list, "csv"), wish.narrowed.clone(), shell.lang)?;
    services.check_taking(&taking).await?;
    Ok(Page(services.new_page(shell, &wish, Vec::new())?))
}

/// A short list is the answer itself; a long one is ordered, and its page says how far it is.
async fn ask(
    Extract(services): Extract<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Form(wish): Form<Wish>,
) -> Result<Response, web::Error> {
    let actor = caller.unwrap_or_else(nobody);
    let asked = async {
        let form = (wish.list.as_str(), wish.form.as_str());
        let taking = services.taking(&actor, form, wish.narrowed.clone(), shell.lang)?;
        services.check_taking(&taking).await?;
        if taking.is_nobodys() || !services.is_long(&taking).await? {
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
    /// How much is written, in hundredths; nothing where nobody knows the end.
    percent: Option<i64>,
    /// When it will be ready at the pace so far; empty where nobody knows.
    remaining: String,
    is_open: bool,
    is_ready: bool,
    is_stopped: bool,
}

impl Services {
    fn export_line(&self, shell: &Shell, export: &Export) -> Line {
        let now = self.clock.now();
        let (standing, acts) = (export.standing(now), export.acts(now));
        let percent = export.percent().filter(|_| !acts.contains(&"fetch") && !acts.is_empty());
        let remaining = export.remaining().filter(|_| acts.contains(&"stop"));
        Line {
            href: format!("/exports/{}", export.id),
            file: format!("/exports/{}/file", export.id),
            name: self.list_name(export.list, shell.lang),
            form: export.form.code(),
            state: shell.t(&format!("export-state-{standing}")),
            signal: match standing {
                "ready" => "done",
                "asked" | "running" => "waiting",
                "stopped" => "needs-you",
                "failed" => "refused",
                _ => "",
            },
            rows: match export.expected.filter(|_| percent.is_some()) {
                Some(expected) => {
                    let done = shell.t2(
                        "export-done-of",
                        "done",
                        shell.num(export.rows),
                        "all",
                        shell.num(expected),
                    );
                    format!("{done} {}", shell.t1("export-rows-word", "count", expected))
                }
                None => shell.t1("export-rows", "count", export.rows),
            },
            percent,
            remaining: remaining.map(|remaining| said(shell, remaining)).unwrap_or_default(),
            asked: shell.ago(export.asked_at),
            expires: shell.day(export.expires_at),
            reason: export.reason.clone(),
            is_open: acts.contains(&"stop"),
            is_ready: acts.contains(&"fetch"),
            is_stopped: acts.contains(&"resume"),
        }
    }
}

/// A rough time, as people say it: nobody is helped by seconds that jump.
fn said(shell: &Shell, remaining: Duration) -> String {
    match remaining.as_secs().div_ceil(SECONDS_IN_MINUTE) {
        0 | 1 => shell.t("export-remaining-soon"),
        minutes => shell.t1("export-remaining", "count", minutes as i64),
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
    let next = Cursor::cut(&mut found, PAGE_EXPORTS as usize, |last| last.id)?;
    let next = next.map(|next| shell.with("cursor", &next)).unwrap_or_default();
    let lines = found.iter().map(|export| services.export_line(&shell, export)).collect();
    Ok(Page(ListPage { lines, first: if before.is_some() { "/exports" } else { "" }, next, shell }))
}

#[derive(Template)]
#[template(path = "export/show.html")]
struct ShowPage {
    shell: Shell,
    line: Line,
    seconds: u32,
    refusal: Option<Refusal>,
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
    Ok(Page(ShowPage { line, seconds, refusal: None, shell }).into_response())
}

async fn file(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    Ok(services.take_made(&actor, id).await?)
}

/// Back to the page of the export; a refusal is shown there, above where it stands.
async fn stop(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let done = services.stop_export(&actor, id).await;
    services.held(&actor, shell, id, done).await
}

async fn resume(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let done = services.resume_export(&actor, id).await;
    services.held(&actor, shell, id, done).await
}

impl Services {
    async fn held(
        &self,
        actor: &Actor,
        shell: Shell,
        id: Uuid,
        done: Result<(), Failure>,
    ) -> Result<Response, web::Error> {
        let refusal = match done {
            Ok(()) => return Ok(see_other(&format!("/exports/{id}"))),
            Err(Failure::Refused(refusal)) if refusal.kind == Kind::Conflict => refusal,
            Err(failure) => return Err(failure.into()),
        };
        let export = self.export_of(actor, id).await?;
        let (line, seconds) = (self.export_line(&shell, &export), PROGRESS_SECONDS);
        let page = ShowPage { line, seconds, refusal: Some(refusal), shell };
        Ok(stay(Kind::Conflict, page))
    }
}
