//! `/desk/bodies`: the tree as far as somebody sees it, searched and narrowed, as a page and as a file; and a new body.

use std::sync::Arc;

use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use identity::Caller;
use organisations::{Body, BodyKind, HELD_BY_UNITS, HELD_ONCE};
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cell, ExportColumn, ExportForm, Form, Page, Query, Sheet, Shell,
    components::{Choice, Field, Link},
};

use super::{act::BodyWish, function_word, href, kind_word};
use crate::{
    Bodies,
    authority::About,
    section::{FormView, Row, Section, Table, Typed, after},
};

/// Longer is no search.
const SEARCH_CHARACTERS_MAX: usize = 200;

pub(super) fn routes() -> Router<Arc<Bodies>> {
    Router::new()
        .route("/desk/bodies", get(list).post(register))
        .route("/desk/bodies/new", get(new))
        .route("/desk/bodies/export", get(export))
}

#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct BodiesAsked {
    /// Words of its names.
    pub q: String,
    /// A kind of body.
    pub kind: String,
    /// A function that it holds.
    pub function: String,
    /// `csv` (the default) or `json` for the file.
    #[param(ignore)]
    pub form: String,
}

impl Bodies {
    /// The bodies that somebody sees, in the order of the tree, each with its depth; narrowed, the tree is a list.
    pub(crate) async fn tree(
        &self,
        actor: &Actor,
        asked: &BodiesAsked,
    ) -> Result<Vec<(usize, Body)>, Failure> {
        let seen = self.acting(actor).seen(&self.kernel.store.read()).await?;
        let words: String = asked.q.chars().take(SEARCH_CHARACTERS_MAX).collect();
        let stems: Vec<String> = language::analyse(&words).into_iter().map(|token| token.stem).collect();
        let kind = BodyKind::named(&asked.kind);
        if stems.is_empty() && kind.is_none() && asked.function.is_empty() {
            return Ok(in_order(seen));
        }
        let fits = |body: &Body| {
            let known: Vec<String> = [&body.name, &body.short]
                .into_iter()
                .flat_map(|text| language::analyse(&format!("{} {}", text.ar, text.en)))
                .map(|token| token.stem)
                .collect();
            stems.iter().all(|stem| known.contains(stem))
                && kind.is_none_or(|kind| body.kind == kind)
                && (asked.function.is_empty() || body.has_function(&asked.function))
        };
        Ok(seen.into_iter().filter(fits).map(|body| (0, body)).collect())
    }
}

/// Those at the top first, each followed by what stands below it.
fn in_order(bodies: Vec<Body>) -> Vec<(usize, Body)> {
    fn below(bodies: &[Body], parent: Option<Uuid>, level: usize, out: &mut Vec<(usize, Body)>) {
        if level >= organisations::TREE_LEVELS_MAX {
            return;
        }
        let known = |id: Uuid| bodies.iter().any(|body| body.id == id);
        for body in bodies.iter().filter(|body| body.parent.filter(|id| known(*id)) == parent) {
            out.push((level, body.clone()));
            below(bodies, Some(body.id), level + 1, out);
        }
    }
    let mut out = Vec::with_capacity(bodies.len());
    below(&bodies, None, 0, &mut out);
    out
}

async fn list(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Query(asked): Query<BodiesAsked>,
    shell: Shell,
) -> Result<Page<Section>, web::Error> {
    let tree = bodies.tree(&actor, &asked).await?;
    let orders = bodies.acting(&actor);
    let orders = orders.may(&bodies.kernel.store.read(), "order_state", &About::default()).await?;
    let mut links = Vec::new();
    if orders {
        links.push((shell.t("bodies-new"), "/desk/bodies/new".to_owned()));
    }
    let pairs = [("q", asked.q.as_str()), ("kind", &asked.kind), ("function", &asked.function)];
    links.push((shell.t("bodies-export"), web::address("/desk/bodies/export", pairs)));
    let table = Table {
        caption: shell.t("bodies-title"),
        heads: ["bodies-name", "bodies-kind", "bodies-functions", "bodies-contact"]
            .map(|key| shell.t(key))
            .to_vec(),
        rows: tree.iter().map(|(level, body)| row(&shell, *level, body)).collect(),
    };
    Ok(Page(Section {
        intro: shell.t("bodies-text"),
        links,
        filter_action: "/desk/bodies".to_owned(),
        filter: filters(&shell, &asked),
        chips: chips(&shell, &asked),
        table,
        empty_title: shell.t("bodies-none"),
        empty_text: shell.t("bodies-none-text"),
        ..Section::new(shell.clone(), shell.t("bodies-title"))
    }))
}

fn row(shell: &Shell, level: usize, body: &Body) -> Row {
    let functions: Vec<String> = body.functions.iter().map(|held| function_word(shell, held)).collect();
    let closed = body.closed_at.map(|at| shell.t1("bodies-closed-on", "day", shell.day(at)));
    Row {
        level,
        href: href(body),
        cells: vec![
            shell.text(&body.name).to_owned(),
            kind_word(shell, body.kind),
            functions.join(shell.lang.comma()),
            shell.in_digits(body.phone.clone()),
        ],
        signal: "refused",
        state: closed.unwrap_or_default(),
        acts: Vec::new(),
    }
}

fn function_choices(shell: &Shell) -> Vec<Choice> {
    let words = HELD_ONCE.into_iter().chain(HELD_BY_UNITS);
    words.map(|word| Choice::new(word, function_word(shell, word))).collect()
}

fn filters(shell: &Shell, asked: &BodiesAsked) -> Vec<Field> {
    let kinds = BodyKind::ALL.map(|kind| Choice::new(kind.word(), kind_word(shell, kind))).to_vec();
    vec![
        Field::text(shell, "q", shell.t("bodies-search"))
            .value(&asked.q)
            .optional()
            .attribute("maxlength", "200")
            .attribute("type", "search"),
        Field::select(shell, "kind", shell.t("bodies-kind"), kinds)
            .blank(shell.t("bodies-all"))
            .value(&asked.kind)
            .optional(),
        Field::select(shell, "function", shell.t("bodies-function"), function_choices(shell))
            .blank(shell.t("bodies-all"))
            .value(&asked.function)
            .optional(),
    ]
}

fn chips(shell: &Shell, asked: &BodiesAsked) -> Vec<Link> {
    let kind = BodyKind::named(&asked.kind).map(|kind| kind_word(shell, kind)).unwrap_or_default();
    let function = match asked.function.as_str() {
        "" => String::new(),
        word => function_word(shell, word),
    };
    let given = [("q", asked.q.clone()), ("kind", kind), ("function", function)];
    let given = given.into_iter().filter(|(_, label)| !label.is_empty());
    given.map(|(name, label)| Link::new(shell.with(name, ""), label)).collect()
}

/// What the page shows, as a file.
async fn export(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Query(asked): Query<BodiesAsked>,
    shell: Shell,
) -> Result<Response, web::Error> {
    let tree = bodies.tree(&actor, &asked).await?;
    let form = ExportForm::named(&asked.form).unwrap_or(ExportForm::Csv);
    let column = |key: &'static str| ExportColumn { key, label: shell.t(&format!("bodies-column-{key}")) };
    let columns = ["slug", "parent", "kind", "name_ar", "name_en", "functions", "phone", "closed"];
    let sheet = Sheet { form, columns: columns.map(column).to_vec(), offset: shell.site().offset };
    let slug = |id: Option<Uuid>| {
        let found = tree.iter().find(|(_, body)| Some(body.id) == id);
        found.map(|(_, body)| body.slug.clone()).unwrap_or_default()
    };
    let mut file = sheet.head();
    for (place, (_, body)) in tree.iter().enumerate() {
        let cells = vec![
            Cell::from(body.slug.clone()),
            slug(body.parent).into(),
            body.kind.word().into(),
            body.name.ar.clone().into(),
            body.name.en.clone().into(),
            body.functions.join(" ").into(),
            body.phone.clone().into(),
            body.closed_at.into(),
        ];
        sheet.row(place as u64, cells, &mut file);
    }
    file.push_str(sheet.tail());
    let name = format!("attachment; filename=\"bodies.{}\"", form.code());
    let headers = [(header::CONTENT_TYPE, form.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, file).into_response())
}

async fn new(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Page<Section>, web::Error> {
    let sql = bodies.kernel.store.read();
    bodies.acting(&actor).check(&sql, "order_state", &About::default()).await?;
    Ok(Page(bodies.new_page(&actor, shell, &Typed::default(), None).await?))
}

impl Bodies {
    async fn new_page(
        &self,
        actor: &Actor,
        shell: Shell,
        typed: &Typed,
        refusal: Option<Refusal>,
    ) -> Result<Section, Failure> {
        let above = self.acting(actor).seen(&self.kernel.store.read()).await?;
        let wish = BodyWish::typed(typed, &BodyWish::default());
        let form = FormView {
            title: String::new(),
            text: String::new(),
            action: "/desk/bodies".to_owned(),
            fields: wish.fields(&shell, Some(&above), true),
            submit: shell.t("bodies-register"),
            kind: "",
        };
        let title = shell.t("bodies-new");
        let page = Section {
            intro: shell.t("bodies-new-text"),
            forms: vec![form],
            links: vec![(shell.t("bodies-title"), "/desk/bodies".to_owned())],
            ..Section::new(shell, title)
        };
        Ok(page.told(refusal))
    }
}

async fn register(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let wish = BodyWish::typed(&typed, &BodyWish::default());
    let outcome = bodies.register(&actor, &wish, None).await;
    let on = format!("/desk/bodies/{}", wish.slug);
    after(outcome, &on, |refusal| bodies.new_page(&actor, shell, &typed, refusal)).await
}
