//! The desk: everything that waits for this officer, most urgent first; narrowed, searched, kept under a name.

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
    done::Done,
    fields,
    queue::Line,
};
use crate::{
    Services,
    request::RequestNumber,
    task::{
        TaskKind,
        queue::{self, After, Asked, Due, Holder, Wanted, desks},
    },
    view,
};

/// Lines on one page.
const PAGE_TASKS: i64 = 25;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/desk", get(show))
}

#[derive(Debug, Default, Deserialize)]
struct Place {
    #[serde(default)]
    cursor: String,
}

/// A view that was kept, with what it finds now.
pub(super) struct ViewLine {
    id: Uuid,
    name: String,
    href: String,
    count: String,
    is_shared: bool,
    is_current: bool,
    may_forget: bool,
}

#[derive(Template)]
#[template(path = "task/desk/list.html")]
struct DeskPage {
    density: Density,
    densities: Vec<Link>,
    notice: String,
    undo: String,
    places: Vec<Link>,
    is_away: bool,
    is_head: bool,
    may_decide: bool,
    tabs: Vec<Link>,
    views: Vec<ViewLine>,
    fields: Vec<Field>,
    more_fields: Vec<Field>,
    has_more: bool,
    query: String,
    lines: Vec<Line>,
    is_search: bool,
    is_narrowed: bool,
    colleagues: Vec<Choice>,
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
    Query(place): Query<Place>,
    Query(done): Query<Done>,
) -> Result<Response, web::Error> {
    if desks(&actor).is_empty() {
        // Who has no queue of requests begins at the first page that opens: authors at the directory, auditors at the
        // delays.
        let places = services.desk_places(&shell, &actor, "/desk").await?;
        let first = places.first().ok_or(Refusal::new(Kind::NotAllowed, "desk.none", &[]))?;
        return Ok(web::see_other(&first.href));
    }
    let wanted = services.wanted(&asked);
    if let Ok(number) = language::fold_digits(&wanted.q).trim().parse::<RequestNumber>()
        && services.is_found(&actor, &number).await?
    {
        return Ok(web::see_other(&format!("/desk/{number}")));
    }
    let page = services.desk_page(&actor, shell, chosen.density, wanted, &place.cursor).await?;
    let (notice, undo) = (done.notice(&page.shell), done.undo());
    Ok(keeping(chosen, Page(DeskPage { notice, undo, ..page })))
}

/// The lines of one page and where the next one begins.
struct Listed {
    lines: Vec<Line>,
    next: String,
}

impl Services {
    async fn desk_page(
        &self,
        actor: &Actor,
        shell: Shell,
        density: Density,
        wanted: Wanted,
        cursor: &str,
    ) -> Result<DeskPage, Failure> {
        let listed = match wanted.is_search() {
            true => self.found_page(actor, &shell, &wanted, cursor).await?,
            false => self.queue_page(actor, &shell, &wanted, cursor).await?,
        };
        let colleagues = self.colleagues(&shell, actor).await?;
        let is_head = actor.holds_anywhere("head");
        Ok(DeskPage {
            density,
            densities: density.links(&shell),
            notice: String::new(),
            undo: String::new(),
            places: self.desk_places(&shell, actor, "/desk").await?,
            is_away: self.is_away(actor).await?,
            is_head,
            may_decide: actor.holds_anywhere("decider"),
            tabs: self.tabs(&shell, actor, &wanted).await?,
            views: self.view_lines(&shell, actor, &wanted).await?,
            fields: self.first_fields(&shell, actor, &wanted, &colleagues),
            more_fields: fields::more(&shell, &wanted),
            has_more: fields::has_more(&wanted),
            query: wanted.query(),
            lines: listed.lines,
            is_search: wanted.is_search(),
            is_narrowed: wanted != Wanted::default(),
            colleagues,
            first: if cursor.is_empty() { String::new() } else { wanted.href("/desk") },
            next: listed.next,
            shell,
        })
    }

    async fn queue_page(
        &self,
        actor: &Actor,
        shell: &Shell,
        wanted: &Wanted,
        cursor: &str,
    ) -> Result<Listed, Failure> {
        let after: Option<After> = Cursor::decode_given(Some(cursor))?;
        let after = after.unwrap_or_else(|| wanted.sort.start());
        let mut tasks = self.desk(actor, wanted, after, PAGE_TASKS + 1).await?;
        let next = Cursor::cut(&mut tasks, PAGE_TASKS as usize, |last| (last.place, last.id))?
            .map(|next| continued(wanted, &next))
            .unwrap_or_default();
        Ok(Listed { lines: self.desk_lines(shell, actor, wanted, &tasks, "").await?, next })
    }

    async fn found_page(
        &self,
        actor: &Actor,
        shell: &Shell,
        wanted: &Wanted,
        cursor: &str,
    ) -> Result<Listed, Failure> {
        let before: Option<Uuid> = Cursor::decode_given(Some(cursor))?;
        let before = before.unwrap_or(Uuid::max());
        let mut found = self.desk_found(actor, wanted, before, PAGE_TASKS + 1).await?;
        let next = Cursor::cut(&mut found, PAGE_TASKS as usize, |last| last.id)?
            .map(|next| continued(wanted, &next))
            .unwrap_or_default();
        Ok(Listed { lines: self.found_lines(shell, &found).await?, next })
    }

    /// Whether a number that was typed belongs to a request that this officer may see.
    async fn is_found(&self, actor: &Actor, number: &RequestNumber) -> Result<bool, Failure> {
        let sql = self.store.read();
        match crate::request::act::visible(&sql, &self.policies, actor, number).await {
            Ok(_) => Ok(true),
            Err(Failure::Refused(_)) => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// Everybody who sits at a desk of the officer's bodies.
    pub(super) async fn colleagues(&self, shell: &Shell, actor: &Actor) -> Result<Vec<Choice>, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let mut people: Vec<Uuid> = Vec::new();
        for body in queue::desk_bodies(actor) {
            for role in ["officer", "decider"] {
                people.extend(organisations::people_with(&sql, role, body, now).await?);
            }
        }
        let names = self.names(shell, people).await?;
        let others = names.into_iter().filter(|(person, _)| *person != actor.person);
        let mut choices: Vec<Choice> =
            others.map(|(person, name)| Choice::new(person.to_string(), name)).collect();
        choices.sort_by(|a, b| a.label.cmp(&b.label));
        Ok(choices)
    }

    fn first_fields(
        &self,
        shell: &Shell,
        actor: &Actor,
        wanted: &Wanted,
        colleagues: &[Choice],
    ) -> Vec<Field> {
        let bodies = queue::desk_bodies(actor);
        let entries = self.directory.entries();
        let mut services: Vec<Choice> = entries
            .iter()
            .filter(|entry| bodies.contains(&entry.body))
            .map(|entry| Choice::new(entry.card.id.clone(), shell.text(&entry.card.name)))
            .collect();
        services.sort_by(|a, b| a.label.cmp(&b.label));
        fields::first(shell, wanted, services, colleagues)
    }

    /// The views that officers look at all day, each with its count.
    async fn tabs(&self, shell: &Shell, actor: &Actor, wanted: &Wanted) -> Result<Vec<Link>, Failure> {
        let plain = Wanted::default;
        let mut views = vec![
            ("desk-tab-all", plain()),
            ("desk-tab-mine", Wanted { holder: Holder::Mine, ..plain() }),
            ("desk-tab-nobody", Wanted { holder: Holder::Nobody, ..plain() }),
            ("desk-tab-late", Wanted { due: Some(Due::Late), ..plain() }),
            ("desk-tab-answered", Wanted { answered: true, ..plain() }),
        ];
        for kind in TaskKind::ALL {
            let key = match kind {
                TaskKind::Verification => "desk-tab-verification",
                TaskKind::Opinion => "desk-tab-opinion",
                TaskKind::Decision => "desk-tab-decision",
            };
            views.push((key, Wanted { kind: Some(kind), ..plain() }));
        }
        let mut tabs = Vec::new();
        for (key, view) in views {
            let current = *wanted == view;
            let count = self.desk_count(actor, &view).await?;
            if count > 0 || current || view.kind.is_none() {
                tabs.push(
                    Link::new(view.href("/desk"), shell.t(key))
                        .count_up_to(count, queue::table::COUNT_MAX)
                        .current(current),
                );
            }
        }
        Ok(tabs)
    }

    async fn view_lines(
        &self,
        shell: &Shell,
        actor: &Actor,
        wanted: &Wanted,
    ) -> Result<Vec<ViewLine>, Failure> {
        let sql = self.store.read();
        let mut views = view::table::own(&sql, actor.person).await?;
        for body in queue::desk_bodies(actor) {
            views.extend(view::table::shared(&sql, body).await?);
        }
        let query = wanted.query();
        let mut lines = Vec::with_capacity(views.len());
        for view in views {
            let kept = self.wanted(&Asked::of(&view.query));
            let count = match kept.is_search() {
                true => String::new(),
                false => many(shell, self.desk_count(actor, &kept).await?),
            };
            lines.push(ViewLine {
                id: view.id,
                href: kept.href("/desk"),
                count,
                is_shared: view.body.is_some(),
                is_current: view.query == query,
                may_forget: view.body.is_none_or(|body| self.heads(actor, body)),
                name: view.name,
            });
        }
        Ok(lines)
    }
}

/// A count as people read it; beyond the limit nobody counted.
fn many(shell: &Shell, count: i64) -> String {
    match count {
        queue::table::COUNT_MAX.. => format!("{}+", shell.num(queue::table::COUNT_MAX)),
        count => shell.num(count),
    }
}

/// The same view from a cursor on; what was done a moment ago is not said again.
fn continued(wanted: &Wanted, cursor: &str) -> String {
    let view = wanted.href("/desk");
    let joint = if view.contains('?') { '&' } else { '?' };
    format!("{view}{joint}cursor={cursor}")
}
