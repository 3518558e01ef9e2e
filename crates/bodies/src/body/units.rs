//! `/desk/bodies/{slug}/units`: the units of a body as a tree, and which of them handle what is sensitive (LY-MAIL-2.01a).

use std::sync::Arc;

use authz::{Actor, Failure, Refusal};
use axum::{Router, extract::State, response::Response, routing::get};
use clock::Timestamp;
use identity::Caller;
use organisations::{Unit, handles_sensitive};
use uuid::Uuid;
use web::{
    Form, Page, Path, Shell,
    components::{Choice, Field},
};

use super::{act::UnitWish, href, places};
use crate::{
    Bodies,
    authority::About,
    section::{FormView, Row, Section, Table, Typed, after},
};

pub(super) fn routes() -> Router<Arc<Bodies>> {
    Router::new()
        .route("/desk/bodies/{slug}/units", get(list).post(add))
        .route("/desk/bodies/{slug}/units/{unit}", get(show).post(mark))
}

async fn list(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    shell: Shell,
) -> Result<Page<Section>, web::Error> {
    Ok(Page(bodies.units_page(&actor, shell, &slug, &Typed::default(), None).await?))
}

impl Bodies {
    async fn units_page(
        &self,
        actor: &Actor,
        shell: Shell,
        slug: &str,
        typed: &Typed,
        refusal: Option<Refusal>,
    ) -> Result<Section, Failure> {
        let (sql, acting) = (self.kernel.store.read(), self.acting(actor));
        let body = acting.body(&sql, slug).await?;
        let keeps = body.closed_at.is_none() && acting.may(&sql, "keep_body", &About::body(body.id)).await?;
        let units = organisations::units(&sql, body.id).await?;
        let (now, own) = (self.kernel.clock.now(), href(&body));
        let row = |(level, unit): &(usize, &Unit)| Row {
            level: *level,
            href: format!("{own}/units/{}", unit.slug),
            cells: vec![shell.text(&unit.name).to_owned(), unit.slug.clone()],
            signal: "needs-you",
            state: handles_sensitive(&units, unit.id, now)
                .map(|_| shell.t("bodies-sensitive-tag"))
                .unwrap_or_default(),
            acts: Vec::new(),
        };
        let table = Table {
            caption: shell.t("bodies-place-units"),
            heads: vec![shell.t("bodies-unit"), shell.t("bodies-slug")],
            rows: in_order(&units).iter().map(row).collect(),
        };
        let forms = if keeps { vec![adding(&shell, &own, &units, typed)] } else { Vec::new() };
        let page = Section {
            tabs: places(&shell, &body),
            table,
            empty_title: shell.t("bodies-units-none"),
            empty_text: shell.t("bodies-units-none-text"),
            forms,
            ..Section::new(shell.clone(), shell.text(&body.name).to_owned())
        };
        Ok(page.told(refusal))
    }
}

/// Those at the top first, each followed by what belongs to it.
fn in_order(units: &[Unit]) -> Vec<(usize, &Unit)> {
    fn below<'u>(units: &'u [Unit], parent: Option<Uuid>, level: usize, out: &mut Vec<(usize, &'u Unit)>) {
        for unit in units.iter().filter(|unit| unit.parent == parent) {
            out.push((level, unit));
            if level < organisations::TREE_LEVELS_MAX {
                below(units, Some(unit.id), level + 1, out);
            }
        }
    }
    let mut out = Vec::with_capacity(units.len());
    below(units, None, 0, &mut out);
    out
}

fn adding(shell: &Shell, own: &str, units: &[Unit], typed: &Typed) -> FormView {
    let above = units.iter().map(|unit| Choice::new(&unit.slug, shell.text(&unit.name))).collect();
    FormView {
        title: shell.t("bodies-unit-add"),
        text: String::new(),
        action: format!("{own}/units"),
        fields: vec![
            Field::text(shell, "name_ar", shell.t("bodies-name-ar")).value(typed.one("name_ar")),
            Field::text(shell, "name_en", shell.t("bodies-name-en"))
                .attribute("dir", "ltr")
                .value(typed.one("name_en")),
            Field::text(shell, "slug", shell.t("bodies-slug"))
                .hint(shell.t("bodies-slug-hint"))
                .attribute("dir", "ltr")
                .value(typed.one("slug")),
            Field::select(shell, "parent", shell.t("bodies-unit-parent"), above)
                .blank(shell.t("bodies-parent-none"))
                .optional()
                .value(typed.one("parent")),
        ],
        submit: shell.t("bodies-unit-add-do"),
        kind: "",
    }
}

async fn add(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let body = bodies.acting(&actor).body(&bodies.kernel.store.read(), &slug).await?;
    let wish = UnitWish {
        slug: typed.one("slug").to_owned(),
        parent: typed.one("parent").to_owned(),
        name_ar: typed.one("name_ar").to_owned(),
        name_en: typed.one("name_en").to_owned(),
    };
    let outcome = bodies.add_unit(&actor, &body, &wish).await;
    let on = format!("{}/units", href(&body));
    after(outcome, &on, |refusal| bodies.units_page(&actor, shell, &slug, &typed, refusal)).await
}

async fn show(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path((slug, unit)): Path<(String, String)>,
    shell: Shell,
) -> Result<Page<Section>, web::Error> {
    Ok(Page(bodies.unit_page(&actor, shell, (&slug, &unit), &Typed::default(), None).await?))
}

impl Bodies {
    async fn unit_page(
        &self,
        actor: &Actor,
        shell: Shell,
        (slug, unit): (&str, &str),
        typed: &Typed,
        refusal: Option<Refusal>,
    ) -> Result<Section, Failure> {
        let (sql, acting) = (self.kernel.store.read(), self.acting(actor));
        let body = acting.body(&sql, slug).await?;
        let units = organisations::units(&sql, body.id).await?;
        let unit = units.iter().find(|it| it.slug == unit).ok_or_else(Refusal::not_found)?;
        let keeps = body.closed_at.is_none() && acting.may(&sql, "keep_body", &About::body(body.id)).await?;
        let action = format!("{}/units/{}", href(&body), unit.slug);
        let form = FormView {
            title: shell.t("bodies-sensitive-title"),
            text: shell.t("bodies-sensitive-text"),
            action,
            fields: vec![
                Field::date(&shell, "from", shell.t("bodies-sensitive-from"))
                    .hint(shell.t("bodies-sensitive-from-hint"))
                    .optional()
                    .value(typed.one("from")),
                Field::text(&shell, "reason", shell.t("bodies-reason"))
                    .basis("LY-MAIL-2.01a", "/controls/LY-MAIL-2.01a")
                    .value(typed.one("reason")),
            ],
            submit: shell.t("bodies-sensitive-do"),
            kind: "",
        };
        let page = Section {
            tabs: places(&shell, &body),
            facts: unit_facts(&shell, &units, unit, self.kernel.clock.now()),
            forms: if keeps { vec![form] } else { Vec::new() },
            ..Section::new(shell.clone(), shell.text(&unit.name).to_owned())
        };
        Ok(page.told(refusal))
    }
}

fn unit_facts(shell: &Shell, units: &[Unit], unit: &Unit, now: Timestamp) -> Vec<(String, String)> {
    let named = |id: Option<Uuid>| {
        let found = units.iter().find(|it| Some(it.id) == id);
        found.map(|it| shell.text(&it.name).to_owned()).unwrap_or_default()
    };
    let marked = handles_sensitive(units, unit.id, now);
    let from = marked.filter(|it| it.id != unit.id).map(|it| named(Some(it.id))).unwrap_or_default();
    let day = unit.sensitive_from.map(|at| shell.day(at)).unwrap_or_default();
    let handles = shell.t(if marked.is_some() { "bodies-sensitive-yes" } else { "bodies-sensitive-no" });
    let facts = [
        ("bodies-unit-parent", named(unit.parent)),
        ("bodies-sensitive", handles),
        ("bodies-sensitive-inherited", from),
        ("bodies-sensitive-from", day),
        ("bodies-reason", unit.sensitive_reason.clone()),
    ];
    let said = facts.into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(key, value)| (shell.t(key), value)).collect()
}

/// Without a day the mark is taken away.
async fn mark(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path((slug, unit)): Path<(String, String)>,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let body = bodies.acting(&actor).body(&bodies.kernel.store.read(), &slug).await?;
    let id = bodies.unit_named(&body, &unit, "unit").await?.ok_or_else(Refusal::not_found)?;
    let from = language::day_of(typed.one("from")).map(Timestamp::midnight);
    let outcome = bodies.mark_sensitive(&actor, &body, (id, from), typed.one("reason")).await;
    let on = format!("{}/units/{unit}", href(&body));
    after(outcome, &on, |refusal| bodies.unit_page(&actor, shell, (&slug, &unit), &typed, refusal)).await
}
