//! `/compliance/bodies/{slug}/requirements`: what a body has to keep beyond the documents, where each value comes from, and
//! the form that asks for more.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Refusal};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Path, Query, Shell,
    components::{Choice, Field, named},
    see_other, stay,
};

use super::{
    Requirement, Standing,
    end::EndRequirement,
    list::RequirementsListed,
    set::{RequirementWish, SetRequirement},
    table,
};
use crate::Door;
use crate::{Compliance, call::Visit, pages::said, places::Places};

/// Rows of a page.
const PAGE_REQUIREMENTS: usize = 25;

pub(crate) fn routes() -> Router<Arc<Compliance>> {
    Router::new()
        .route("/compliance/bodies/{slug}/requirements", get(show).post(set))
        .route("/compliance/requirements/{id}/end", post(end))
}

struct Row {
    id: Uuid,
    what: String,
    value: String,
    baseline: String,
    origin: String,
    reason: String,
    from: String,
    standing: String,
    signal: &'static str,
    /// Where it is ended, by whoever may.
    end_href: String,
}

/// The form beside the list: it asks for more, or ends one.
struct Wish {
    title: String,
    action: String,
    label: String,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "requirement/show.html")]
struct ShowPage {
    places: Places,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    body: String,
    slug: String,
    rows: Vec<Row>,
    first: String,
    next: String,
    wish: Option<Wish>,
    done: String,
    shell: Shell,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: String,
    /// The requirement that somebody is about to end.
    end: String,
    done: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    parameter: String,
    value: String,
    duty: String,
    reason: String,
    from: String,
}

async fn show(
    visit: Visit,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    Ok(stay(None, page(visit, &slug, &asked, &Typed::default(), None).await?))
}

async fn set(
    visit: Visit,
    Path(slug): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let Typed { parameter, value, duty, reason, from } = &typed;
    let wish = RequirementWish {
        body: slug.clone(),
        parameter: parameter.clone(),
        value: value.clone(),
        duty: duty.clone(),
        reason: reason.clone(),
        from: from.clone(),
    };
    let verb = SetRequirement { acting: visit.acting(), packs: visit.kernel.packs.clone(), wish };
    match visit.kernel.carry_out(&visit.actor, &format!("body/{slug}"), verb, None).await {
        Ok(_) => Ok(see_other(&format!("/compliance/bodies/{slug}/requirements?done=set")).into_response()),
        Err(failure) => {
            let refusal = failure.mendable()?;
            Ok(stay(refusal.kind, page(visit, &slug, &Asked::default(), &typed, Some(refusal)).await?))
        }
    }
}

async fn end(visit: Visit, Path(id): Path<Uuid>, Form(typed): Form<Typed>) -> Result<Response, web::Error> {
    let sql = visit.kernel.store.read();
    let held = table::find(&sql, id).await?.ok_or_else(Refusal::not_found)?;
    let slug = organisations::body(&sql, held.body).await?.ok_or_else(Refusal::not_found)?.slug;
    let verb = EndRequirement { acting: visit.acting(), requirement: id, reason: typed.reason.clone() };
    match visit.kernel.carry_out(&visit.actor, &format!("requirement/{id}"), verb, None).await {
        Ok(()) => {
            Ok(see_other(&format!("/compliance/bodies/{slug}/requirements?done=ended")).into_response())
        }
        Err(failure) => {
            let refusal = failure.mendable()?;
            let asked = Asked { end: id.to_string(), ..Asked::default() };
            Ok(stay(refusal.kind, page(visit, &slug, &asked, &typed, Some(refusal)).await?))
        }
    }
}

async fn page(
    visit: Visit,
    slug: &str,
    asked: &Asked,
    typed: &Typed,
    refusal: Option<Refusal>,
) -> Result<ShowPage, Failure> {
    let (kernel, shell) = (&visit.kernel, &visit.shell);
    let listed = kernel.requirements(&visit.actor, slug, &asked.cursor, PAGE_REQUIREMENTS).await?;
    let sql = kernel.store.read();
    let acting = visit.acting();
    let body = Some(listed.body.id);
    let may_end = [
        acting.may(&sql, "end_requirement", body, Default::default()).await?,
        acting.may(&sql, "end_national_requirement", body, Default::default()).await?,
    ];
    let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let ended = asked.end.parse::<Uuid>().ok();
    let rows: Vec<Row> = listed.held.iter().map(|it| row(&visit, &listed, it, may_end)).collect();
    let ended = rows.iter().find(|row| Some(row.id) == ended && !row.end_href.is_empty());
    let mut wish = match ended {
        Some(row) => Some(to_end(shell, row, typed)),
        None => listed.may_set.then(|| to_set(&visit, &listed.body.slug, typed)),
    };
    for field in wish.iter_mut().flat_map(|wish| &mut wish.fields) {
        *field = field.clone().faults(&faults);
    }
    let fields = wish.as_ref().map(|wish| wish.fields.as_slice()).unwrap_or_default();
    let done = match asked.done.as_str() {
        "set" | "ended" => shell.t(&format!("requirement-done-{}", asked.done)),
        _ => String::new(),
    };
    Ok(ShowPage {
        places: Places::of(kernel, &visit.actor, shell).await?,
        faults: named(faults, fields),
        refusal: refusal.filter(|it| it.items.is_empty()),
        body: shell.text(&listed.body.name).to_owned(),
        slug: listed.body.slug.clone(),
        rows,
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        next: if listed.next.is_empty() { String::new() } else { shell.with("cursor", &listed.next) },
        wish,
        done,
        shell: visit.shell,
    })
}

fn row(visit: &Visit, listed: &RequirementsListed, it: &Requirement, may_end: [bool; 2]) -> Row {
    let (shell, packs) = (&visit.shell, &visit.kernel.packs);
    let standing = it.standing(visit.kernel.clock.now());
    let baseline = packs.parameter(&it.parameter);
    let own = baseline.and_then(|baseline| baseline.tighten(&it.value).ok());
    let surpassed = listed.effective.get(&it.parameter).zip(own.as_ref());
    let word = match surpassed {
        Some((effective, own)) if effective.value != own.value && standing == Standing::InForce => {
            "requirement-surpassed".to_owned()
        }
        _ => format!("requirement-state-{}", standing.word()),
    };
    let ends = standing != Standing::Ended && may_end[usize::from(it.is_national)];
    Row {
        id: it.id,
        what: baseline.map_or_else(|| it.duty.clone(), |baseline| shell.text(&baseline.title).to_owned()),
        value: own.map(|own| said(shell, &own.value)).unwrap_or_default(),
        baseline: baseline.map(|baseline| said(shell, &baseline.value)).unwrap_or_default(),
        origin: shell.t(if it.is_national {
            "requirement-origin-national"
        } else {
            "requirement-origin-own"
        }),
        reason: it.reason.clone(),
        from: shell.date(it.from_at),
        standing: shell.t(&word),
        signal: standing.signal(),
        end_href: if ends { shell.with("end", &it.id.to_string()) } else { String::new() },
    }
}

fn to_end(shell: &Shell, row: &Row, typed: &Typed) -> Wish {
    Wish {
        title: shell.t1("requirement-end-title", "what", row.what.as_str()),
        action: format!("/compliance/requirements/{}/end", row.id),
        label: shell.t("requirement-end"),
        fields: vec![
            Field::area(shell, "reason", shell.t("requirement-end-reason")).rows(3).value(&typed.reason),
        ],
    }
}

fn to_set(visit: &Visit, slug: &str, typed: &Typed) -> Wish {
    let (shell, packs) = (&visit.shell, &visit.kernel.packs);
    let choice = |it: &crate::Resolved| {
        let label =
            shell.t2("requirement-choice", "title", shell.text(&it.title), "value", said(shell, &it.value));
        Choice::new(&it.id, label)
    };
    let mut choices: Vec<Choice> = packs.parameters().filter(|it| !it.is_open()).map(choice).collect();
    choices.sort_by(|one, two| one.label.cmp(&two.label));
    let fields = vec![
        Field::select(shell, "parameter", shell.t("requirement-parameter"), choices)
            .hint(shell.t("requirement-parameter-hint"))
            .optional()
            .value(&typed.parameter),
        Field::text(shell, "value", shell.t("requirement-value"))
            .hint(shell.t("requirement-value-hint"))
            .optional()
            .attribute("dir", "ltr")
            .value(&typed.value),
        Field::area(shell, "duty", shell.t("requirement-duty"))
            .hint(shell.t("requirement-duty-hint"))
            .optional()
            .rows(2)
            .value(&typed.duty),
        Field::area(shell, "reason", shell.t("requirement-reason"))
            .rows(3)
            .basis("IQ-SOC-2.3", "/controls/IQ-SOC-2.3")
            .value(&typed.reason),
        Field::date(shell, "from", shell.t("requirement-from")).value(&typed.from),
    ];
    Wish {
        title: shell.t("requirement-add"),
        action: format!("/compliance/bodies/{slug}/requirements"),
        label: shell.t("requirement-do"),
        fields,
    }
}
