//! `/compliance/packs/{id}`: the bodies that a document binds, each with its first day, and the form that adds one.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Refusal};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Fault, Form, Path, Query, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{assign::AssignPack, table};
use crate::Door;
use crate::{Compliance, authority::About, call::Visit, places::Places};

/// Rows of a page.
const PAGE_BODIES: usize = 50;

pub(crate) fn routes() -> Router<Arc<Compliance>> {
    Router::new().route("/compliance/packs/{pack}", get(show).post(assign))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: String,
    done: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    body: String,
    from: String,
}

#[derive(Template)]
#[template(path = "assignment/show.html")]
struct ShowPage {
    places: Places,
    packs: Vec<Link>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    title: String,
    issuer: String,
    /// Slug, name, first day.
    rows: Vec<(String, String, String)>,
    first: String,
    next: String,
    fields: Vec<Field>,
    action: String,
    done: String,
    shell: Shell,
}

async fn show(
    visit: Visit,
    Path(pack): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    Ok(stay(None, page(visit, &pack, &asked, &Typed::default(), None).await?))
}

async fn assign(
    visit: Visit,
    Path(pack): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let verb = AssignPack {
        acting: visit.acting(),
        packs: visit.kernel.packs.clone(),
        pack: pack.clone(),
        body: typed.body.clone(),
        from: typed.from.clone(),
    };
    match visit.kernel.carry_out(&visit.actor, &format!("pack/{pack}"), verb, None).await {
        Ok(()) => Ok(see_other(&format!("/compliance/packs/{pack}?done=assigned")).into_response()),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            Ok(stay(kind, page(visit, &pack, &Asked::default(), &typed, Some(refusal)).await?))
        }
    }
}

async fn page(
    visit: Visit,
    pack: &str,
    asked: &Asked,
    typed: &Typed,
    refusal: Option<Refusal>,
) -> Result<ShowPage, Failure> {
    let (kernel, shell) = (&visit.kernel, &visit.shell);
    let (sql, acting) = (kernel.store.read(), visit.acting());
    acting.check(&sql, "see_all", None, About::default()).await?;
    let pack = kernel.packs.pack(pack).ok_or_else(Refusal::not_found)?;
    let after = Cursor::decode_given(Some(&asked.cursor))?.unwrap_or((i64::MIN, Uuid::nil()));
    let mut held = table::of_pack(&sql, &pack.id, after, PAGE_BODIES as i64 + 1).await?;
    let next = Cursor::cut(&mut held, PAGE_BODIES, |last| (last.from_at.0, last.body))?;
    let bodies = kernel.bodies_by_id().await?;
    let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let mut fields = Vec::new();
    if acting.may(&sql, "assign_pack", None, About::default()).await? {
        let mut choices: Vec<_> = bodies.values().collect();
        choices.sort_by_key(|body| shell.text(&body.name));
        let choices = choices.into_iter().map(|it| Choice::new(&it.slug, shell.text(&it.name))).collect();
        let body = Field::select(shell, "body", shell.t("finding-filter-body"), choices).value(&typed.body);
        let from = Field::date(shell, "from", shell.t("pack-bound-from")).value(&typed.from);
        fields.extend([body.faults(&faults), from.faults(&faults)]);
    }
    let rows = held.iter().filter_map(|it| {
        let body = bodies.get(&it.body)?;
        Some((body.slug.clone(), shell.text(&body.name).to_owned(), shell.date(it.from_at)))
    });
    let other = |it: &crate::PackTitle| {
        Link::new(format!("/compliance/packs/{}", it.id), shell.text(&it.title)).current(it.id == pack.id)
    };
    Ok(ShowPage {
        places: Places::of(kernel, &visit.actor, shell).await?,
        packs: kernel.packs.packs().iter().map(other).collect(),
        faults: named(faults, &fields),
        refusal: refusal.filter(|it| it.items.is_empty()),
        title: shell.text(&pack.title).to_owned(),
        issuer: shell.text(&pack.issuer).to_owned(),
        rows: rows.collect(),
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        next: next.map(|next| shell.with("cursor", &next)).unwrap_or_default(),
        fields,
        action: format!("/compliance/packs/{}", pack.id),
        done: if asked.done == "assigned" { shell.t("pack-bound-done") } else { String::new() },
        shell: visit.shell,
    })
}
