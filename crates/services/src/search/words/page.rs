//! The words on a page of the competent administration: all groups, one to change, and what a query finds now and then.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use identity::Caller;
use language::Relation;
use serde::Deserialize;
use uuid::Uuid;
use web::{Cursor, Form, Page, Path, Query, Shell, see_other, stay};

use super::{
    Words,
    edit::{EditPage, Typed},
    not_competent, resource, table,
};
use crate::Services;

const GROUPS_PER_PAGE: usize = 40;

pub(in crate::search) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/directory/words", get(list).post(add))
        .route("/directory/words/new", get(new))
        .route("/directory/words/{id}", get(show).post(change))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// A word that the groups must hold, in any spelling.
    q: String,
    cursor: Option<String>,
    kept: Option<String>,
}

#[derive(Template)]
#[template(path = "search/words/list.html")]
struct ListPage {
    shell: Shell,
    q: String,
    lines: Vec<Line>,
    next: Option<String>,
    kept: bool,
}

struct Line {
    href: String,
    words: String,
    finds: String,
    relation: String,
    in_force: bool,
}

async fn list(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<ListPage>, web::Error> {
    services.may_edit_words(&actor).await?;
    let before: Uuid = Cursor::decode_given(asked.cursor.as_deref())?.unwrap_or(Uuid::max());
    let sql = services.store.read();
    let mut groups = match asked.q.trim().is_empty() {
        true => table::page(&sql, before, GROUPS_PER_PAGE as i64 + 1).await?,
        false => {
            let found = table::all(&sql).await?.into_iter().rev();
            found.filter(|words| words.id < before && holds(words, &asked.q)).collect()
        }
    };
    let next = Cursor::cut(&mut groups, GROUPS_PER_PAGE, |last| last.id).map_err(Failure::from)?;
    let next = next.map(|next| shell.with("cursor", &next));
    let lines = groups.iter().map(|words| line(&shell, words)).collect();
    Ok(Page(ListPage { lines, next, q: asked.q, kept: asked.kept.is_some(), shell }))
}

pub(crate) fn holds(words: &Words, asked: &str) -> bool {
    let asked = language::stems(asked);
    let entries = words.group.words.iter().chain(&words.group.finds);
    entries.map(|entry| language::stems(entry)).any(|stems| stems.contains(&asked))
}

fn line(shell: &Shell, words: &Words) -> Line {
    let joined = |entries: &[String]| entries.join(shell.lang.comma());
    Line {
        href: format!("/directory/words/{}", words.id),
        words: joined(&words.group.words),
        finds: joined(&words.group.finds),
        relation: relation(shell, words.group.relation),
        in_force: words.in_force,
    }
}

pub(super) fn relation(shell: &Shell, relation: Relation) -> String {
    shell.t(&format!("words-relation-{}", relation.word().replace('_', "-")))
}

async fn new(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Page<EditPage>, web::Error> {
    services.may_edit_words(&actor).await?;
    Ok(Page(EditPage::new(shell, None, Typed::default())))
}

async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
) -> Result<Page<EditPage>, web::Error> {
    services.may_edit_words(&actor).await?;
    let words = services.words(id).await?;
    let typed = Typed::of(&words);
    Ok(Page(EditPage::new(shell, Some(id), typed)))
}

async fn add(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    services.take_words(actor, shell, None, typed).await
}

async fn change(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    services.take_words(actor, shell, Some(id), typed).await
}

impl Services {
    /// Only the competent administration; a provider chooses from what there is (LY-SVC-23.4).
    pub(crate) async fn may_edit_words(&self, actor: &Actor) -> Result<(), Failure> {
        let resource = resource(&self.store.read()).await?;
        let allowed = self.policies.require("services", actor, "edit_search_words", &resource);
        Ok(allowed
            .map_err(|refusal| if refusal.code == "not_allowed" { not_competent() } else { refusal })?)
    }

    async fn words(&self, id: Uuid) -> Result<Words, Failure> {
        let words = table::by_id(&self.store.read(), id).await?;
        Ok(words.ok_or_else(authz::Refusal::not_found)?)
    }

    /// Shows what would be found, or keeps what was typed; what is not accepted comes back with all of it.
    async fn take_words(
        &self,
        actor: Actor,
        shell: Shell,
        id: Option<Uuid>,
        typed: Typed,
    ) -> Result<Response, web::Error> {
        self.may_edit_words(&actor).await?;
        if typed.wants_preview() {
            let preview = self.words_preview(&shell, id, &typed).await?;
            return Ok(Page(EditPage::new(shell, id, typed).with_preview(preview)).into_response());
        }
        match self.keep_words(actor, id, &typed).await {
            Ok(()) => Ok(see_other("/directory/words?kept=1")),
            Err(failure) => match failure.refusal() {
                Some(refusal) => {
                    let page = EditPage::new(shell, id, typed).with_refusal(refusal);
                    Ok(stay(Kind::Invalid, page))
                }
                None => Err(failure.into()),
            },
        }
    }
}
