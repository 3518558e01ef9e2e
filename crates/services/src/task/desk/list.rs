//! The desk: everything that waits for this officer, most urgent first.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{Router, extract::State as Extract, response::Response, routing::get};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Page, Query, Shell,
    components::{Choice, Field, Link},
};

use super::{
    density::{Chosen, Density, keeping},
    queue::{Line, Load, Wanted},
};
use crate::{
    Services,
    request::{Act, RequestNumber},
    task::{TaskKind, api::desks, table::After},
};

/// Tasks on one page.
const PAGE_TASKS: i64 = 25;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/desk", get(show))
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// `verification`, `opinion` or `decision`.
    kind: Option<String>,
    /// A service's slug.
    service: Option<String>,
    /// Present: the overdue ones alone.
    late: Option<String>,
    cursor: Option<String>,
    /// What was done a moment ago, and to which request.
    done: Option<String>,
    of: Option<String>,
}

impl Asked {
    /// «تم: …» after an act that succeeded; words that we did not write are not repeated.
    pub(super) fn notice(&self, shell: &Shell) -> String {
        let acts = [Act::Verify, Act::PassOn, Act::SendBack, Act::Approve, Act::Refuse];
        let act = acts.into_iter().find(|act| self.done.as_deref() == Some(act.word()));
        let number: Option<RequestNumber> = self.of.as_deref().and_then(|word| word.parse().ok());
        match (act, number) {
            (Some(act), Some(number)) => {
                let key = format!("desk-done-{}", act.word().replace('_', "-"));
                shell.t1(&key, "number", shell.in_digits(number.to_string()))
            }
            _ => String::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "task/desk/list.html")]
struct DeskPage {
    density: Density,
    densities: Vec<Link>,
    notice: String,
    tabs: Vec<Link>,
    chips: Vec<Link>,
    service_field: Field,
    kind: String,
    late: bool,
    lines: Vec<Line>,
    is_narrowed: bool,
    first: String,
    next: String,
    shell: Shell,
}

async fn show(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    chosen: Chosen,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    if desks(&actor).is_empty() {
        return Err(Refusal::new(Kind::NotAllowed, "desk.none", &[]).into());
    }
    let page = services.desk_page(&actor, shell, chosen.density, &asked).await?;
    Ok(keeping(chosen, Page(page)))
}

impl Services {
    async fn desk_page(
        &self,
        actor: &Actor,
        shell: Shell,
        density: Density,
        asked: &Asked,
    ) -> Result<DeskPage, Failure> {
        let kind = asked.kind.as_deref().and_then(TaskKind::named);
        let service = asked.service.as_deref().and_then(|slug| self.directory.entry(slug));
        let late = asked.late.is_some();
        let wanted = Wanted { kind, entry: service.as_ref().map(|entry| entry.id), late };
        let after: Option<After> = Cursor::decode_given(asked.cursor.as_deref())?;
        let start = after.unwrap_or((i64::MIN, Uuid::nil()));
        let mut tasks = self.desk_tasks(actor, wanted, start, PAGE_TASKS + 1).await?;
        let more = tasks.len() as i64 > PAGE_TASKS;
        tasks.truncate(PAGE_TASKS as usize);
        let slug = service.as_ref().map(|entry| entry.card.id.clone()).unwrap_or_default();
        let here = |service: &str| href(kind, late, service);
        let next = match tasks.last() {
            Some(last) if more => continued(here(&slug), &Cursor::encode(&(last.due_at.0, last.id))?),
            _ => String::new(),
        };
        let chips = service.iter().map(|entry| Link::new(here(""), shell.text(&entry.card.name))).collect();
        Ok(DeskPage {
            density,
            densities: density.links(&shell),
            notice: asked.notice(&shell),
            tabs: tabs(&shell, self.desk_load(actor).await?, wanted, &slug),
            chips,
            service_field: self.service_field(&shell, actor, &slug),
            kind: kind.map(|kind| kind.word().to_owned()).unwrap_or_default(),
            late,
            lines: self.desk_lines(&shell, &tasks, "").await?,
            is_narrowed: kind.is_some() || service.is_some() || late,
            first: if after.is_some() { here(&slug) } else { String::new() },
            next,
            shell,
        })
    }

    /// The services of the bodies at which the officer sits.
    fn service_field(&self, shell: &Shell, actor: &Actor, chosen: &str) -> Field {
        let bodies: Vec<Uuid> = desks(actor).into_iter().map(|desk| desk.body).collect();
        let entries = self.directory.entries();
        let mut choices: Vec<Choice> = entries
            .iter()
            .filter(|entry| bodies.contains(&entry.body))
            .map(|entry| Choice::new(entry.card.id.clone(), shell.text(&entry.card.name)))
            .collect();
        choices.sort_by(|a, b| a.label.cmp(&b.label));
        Field::select(shell, "service", shell.t("desk-service"), choices).value(chosen).optional()
    }
}

fn href(kind: Option<TaskKind>, late: bool, service: &str) -> String {
    let kind = kind.map(|kind| format!("kind={}", kind.word()));
    let late = late.then(|| "late=1".to_owned());
    let service = (!service.is_empty()).then(|| format!("service={service}"));
    let query: Vec<String> = [kind, late, service].into_iter().flatten().collect();
    if query.is_empty() { "/desk".to_owned() } else { format!("/desk?{}", query.join("&")) }
}

/// The same view from a cursor on; what was done a moment ago is not said again.
fn continued(view: String, cursor: &str) -> String {
    let joint = if view.contains('?') { '&' } else { '?' };
    format!("{view}{joint}cursor={cursor}")
}

/// Everything, each kind, and what is late; a view with nothing in it and no desk behind it is left out.
fn tabs(shell: &Shell, load: Load, wanted: Wanted, service: &str) -> Vec<Link> {
    let all = load.verification + load.opinion + load.decision;
    let views = [
        ("desk-tab-all", None, false, all, true),
        ("desk-tab-late", None, true, load.late, load.late > 0 || wanted.late),
        (
            "desk-tab-verification",
            Some(TaskKind::Verification),
            false,
            load.verification,
            load.verification > 0,
        ),
        ("desk-tab-opinion", Some(TaskKind::Opinion), false, load.opinion, load.opinion > 0),
        ("desk-tab-decision", Some(TaskKind::Decision), false, load.decision, load.decision > 0),
    ];
    views
        .into_iter()
        .filter(|(_, kind, late, _, shown)| *shown || (*kind == wanted.kind && *late == wanted.late))
        .map(|(key, kind, late, count, _)| {
            let current = kind == wanted.kind && late == wanted.late;
            Link::new(href(kind, late, service), shell.t(key)).count(count).current(current)
        })
        .collect()
}
