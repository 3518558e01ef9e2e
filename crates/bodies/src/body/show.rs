//! `/desk/bodies/{slug}`: what is known of a body, its change, its end, and what happened to it.

use std::sync::Arc;

use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use identity::Caller;
use organisations::Body;
use uuid::Uuid;
use web::{Form, Page, Path, Query, Shell, components::Field};

use super::{
    act::{BodyWish, subject},
    form::body_choices,
    function_word, href, kind_word, places,
};
use crate::{
    Bodies,
    authority::About,
    section::{FormView, Row, Section, Table, Typed, after},
};

/// Entries of one page of a history.
const PAGE_ENTRIES: u64 = 50;

pub(super) fn routes() -> Router<Arc<Bodies>> {
    Router::new()
        .route("/desk/bodies/{slug}", get(show).post(change))
        .route("/desk/bodies/{slug}/close", post(close))
        .route("/desk/bodies/{slug}/history", get(history))
}

async fn show(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    shell: Shell,
) -> Result<Page<Section>, web::Error> {
    Ok(Page(bodies.show_page(&actor, shell, &slug, &Typed::default(), None).await?))
}

impl Bodies {
    async fn show_page(
        &self,
        actor: &Actor,
        shell: Shell,
        slug: &str,
        typed: &Typed,
        refusal: Option<Refusal>,
    ) -> Result<Section, Failure> {
        let (sql, acting) = (self.kernel.store.read(), self.acting(actor));
        let body = acting.body(&sql, slug).await?;
        let about = About::body(body.id);
        let open = body.closed_at.is_none();
        let orders = open && acting.may(&sql, "order_state", &about).await?;
        let keeps = open && acting.may(&sql, "keep_body", &about).await?;
        let all = organisations::bodies(&sql).await?;
        let named = |id: Option<Uuid>| all.iter().find(|it| Some(it.id) == id);
        let parent = named(body.parent).map(|it| it.slug.clone()).unwrap_or_default();
        let known = BodyWish::of(&body, &parent);
        let others: Vec<Body> = all.iter().filter(|it| it.id != body.id).cloned().collect();
        let mut forms = Vec::new();
        if keeps {
            let above = if orders { Some(others.as_slice()) } else { None };
            forms.push(FormView {
                title: shell.t("bodies-change"),
                text: shell.t("bodies-change-text"),
                action: href(&body),
                fields: BodyWish::typed(typed, &known).fields(&shell, above, false),
                submit: shell.t("bodies-change-do"),
                kind: "",
            });
        }
        if orders {
            forms.push(closing(&shell, &body, &others, typed));
        }
        let page = Section {
            tabs: places(&shell, &body),
            facts: facts(&shell, &body, named(body.parent), named(body.successor)),
            links: vec![
                (shell.t("bodies-title"), "/desk/bodies".to_owned()),
                (shell.t("bodies-calendar"), format!("/calendar?body={}", body.slug)),
            ],
            forms,
            ..Section::new(shell.clone(), shell.text(&body.name).to_owned())
        };
        Ok(page.told(refusal))
    }
}

fn facts(
    shell: &Shell,
    body: &Body,
    parent: Option<&Body>,
    successor: Option<&Body>,
) -> Vec<(String, String)> {
    let functions: Vec<String> = body.functions.iter().map(|held| function_word(shell, held)).collect();
    let name = |body: &Body| shell.text(&body.name).to_owned();
    let facts = [
        ("bodies-kind", kind_word(shell, body.kind)),
        ("bodies-parent", parent.map(name).unwrap_or_default()),
        ("bodies-mandate", shell.text(&body.mandate).to_owned()),
        ("bodies-functions", functions.join(shell.lang.comma())),
        ("bodies-city", shell.text(&body.city).to_owned()),
        ("bodies-phone", shell.in_digits(body.phone.clone())),
        ("bodies-closed", body.closed_at.map(|at| shell.day(at)).unwrap_or_default()),
        ("bodies-successor", successor.map(name).unwrap_or_default()),
    ];
    let said = facts.into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(key, value)| (shell.t(key), value)).collect()
}

fn closing(shell: &Shell, body: &Body, others: &[Body], typed: &Typed) -> FormView {
    FormView {
        title: shell.t("bodies-close"),
        text: shell.t("bodies-close-text"),
        action: format!("{}/close", href(body)),
        fields: vec![
            Field::select(shell, "successor", shell.t("bodies-successor"), body_choices(shell, others))
                .value(typed.one("successor")),
            Field::text(shell, "decree", shell.t("bodies-decree")).value(typed.one("decree")),
        ],
        submit: shell.t("bodies-close-do"),
        kind: "danger",
    }
}

async fn change(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let sql = bodies.kernel.store.read();
    let body = bodies.acting(&actor).body(&sql, &slug).await?;
    let parent = match body.parent {
        Some(parent) => organisations::body(&sql, parent).await?.map(|it| it.slug).unwrap_or_default(),
        None => String::new(),
    };
    let wish = BodyWish::typed(&typed, &BodyWish::of(&body, &parent));
    let outcome = bodies.change(&actor, &body, &wish).await;
    after(outcome, &href(&body), |refusal| bodies.show_page(&actor, shell, &slug, &typed, refusal)).await
}

async fn close(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let body = bodies.acting(&actor).body(&bodies.kernel.store.read(), &slug).await?;
    let outcome = bodies.close(&actor, &body, typed.one("successor"), typed.one("decree")).await;
    after(outcome, &href(&body), |refusal| bodies.show_page(&actor, shell, &slug, &typed, refusal)).await
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct After {
    cursor: String,
}

/// What the ledger knows of it, oldest first.
async fn history(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    Query(asked): Query<After>,
    shell: Shell,
) -> Result<Page<Section>, web::Error> {
    let sql = bodies.kernel.store.read();
    let body = bodies.acting(&actor).body(&sql, &slug).await?;
    let after = web::Cursor::decode_given(Some(&asked.cursor))?;
    let mut entries = ledger::history(&sql, &subject(&body), after, PAGE_ENTRIES + 1).await?;
    let next =
        web::Cursor::cut(&mut entries, PAGE_ENTRIES as usize, |last| last.id).map_err(Failure::from)?;
    let names = bodies.kernel.names(entries.iter().map(|entry| entry.actor)).await?;
    let row = |entry: &ledger::Recorded| {
        let said = |name: &str| {
            let word = entry.body.as_ref().and_then(|body| body.get(name)).and_then(|word| word.as_str());
            word.map(str::to_owned)
        };
        Row {
            cells: vec![
                shell.moment(entry.at),
                what(&shell, entry),
                entry
                    .actor
                    .and_then(|actor| names.get(&actor))
                    .map_or_else(|| shell.t("bodies-by-platform"), |name| shell.text(name).to_owned()),
                said("reason").or_else(|| said("decree")).unwrap_or_default(),
            ],
            ..Row::default()
        }
    };
    Ok(Page(Section {
        tabs: places(&shell, &body),
        table: Table {
            caption: shell.t("bodies-place-history"),
            heads: ["bodies-when", "bodies-what", "bodies-who", "bodies-reason"]
                .map(|key| shell.t(key))
                .to_vec(),
            rows: entries.iter().map(row).collect(),
        },
        empty_title: shell.t("bodies-history-none"),
        empty_text: shell.t("bodies-history-none-text"),
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        next: next.as_deref().map(|next| shell.with("cursor", next)).unwrap_or_default(),
        ..Section::new(shell.clone(), shell.text(&body.name).to_owned())
    }))
}

/// What happened, with the function or the unit that it happened to. What others wrote about a body has words only where it
/// concerns the body itself.
fn what(shell: &Shell, entry: &ledger::Recorded) -> String {
    let key = format!("bodies-entry-{}", entry.kind.replace(['.', '_'], "-"));
    let what = shell.said(&key).unwrap_or_else(|| shell.t("bodies-entry-other"));
    let member = |name: &str| entry.body.as_ref()?.get(name)?.as_str();
    let detail = match member("function") {
        Some(function) => function_word(shell, function),
        None => member("slug").filter(|_| entry.kind.starts_with("unit.")).unwrap_or_default().to_owned(),
    };
    if detail.is_empty() { what } else { shell.t2("bodies-entry-of", "what", what, "of", detail) }
}
