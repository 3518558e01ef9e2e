//! `/compliance/bodies/{slug}/own`: what a body asks of itself, and the form that adds to it.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Refusal};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use web::{
    Fault, Form, Path, Query, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{
    OwnControl,
    add::{AddOwnControl, Wish},
    end::EndOwnControl,
    table,
};
use crate::Door;
use crate::{
    Compliance, attestation,
    authority::{About, NOT_YOURS},
    call::Visit,
    places::Places,
};

pub(crate) fn routes() -> Router<Arc<Compliance>> {
    Router::new()
        .route("/compliance/bodies/{slug}/own", get(show).post(add))
        .route("/compliance/bodies/{slug}/own/end", post(end))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    title: String,
    duty: String,
    subject: String,
    cadence_days: String,
    owner: String,
    /// Which one is ended, and why.
    control: String,
    reason: String,
}

struct Row {
    id: String,
    href: String,
    title: String,
    subject: String,
    cadence: String,
    owner: String,
    standing: String,
    signal: &'static str,
    due: String,
}

#[derive(Template)]
#[template(path = "own/list.html")]
struct OwnPage {
    places: Places,
    trail: Vec<Link>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    rows: Vec<Row>,
    ended: Vec<(String, String, String)>,
    fields: Vec<Field>,
    /// The form that ends one.
    ending: Vec<Field>,
    action: String,
    done: String,
    shell: Shell,
}

async fn show(
    visit: Visit,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let done = match asked.done.as_str() {
        "added" | "ended" => visit.shell.t(&format!("own-done-{}", asked.done)),
        _ => String::new(),
    };
    Ok(stay(None, page(visit, &slug, &Typed::default(), None, done).await?))
}

async fn add(
    visit: Visit,
    Path(slug): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let wish = Wish {
        title: typed.title.clone(),
        duty: typed.duty.clone(),
        subject: typed.subject.clone(),
        cadence_days: typed.cadence_days.clone(),
        owner: typed.owner.parse().ok(),
    };
    let verb = AddOwnControl { acting: visit.acting(), body: slug.clone(), wish };
    match visit.kernel.carry_out(&visit.actor, &format!("body/{slug}"), verb, None).await {
        Ok(_) => Ok(see_other(&format!("/compliance/bodies/{slug}/own?done=added")).into_response()),
        Err(failure) => stays(visit, &slug, &typed, failure).await,
    }
}

async fn end(
    visit: Visit,
    Path(slug): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let subject = format!("control/{}", typed.control);
    let (control, reason) = (typed.control.clone(), typed.reason.clone());
    let verb = EndOwnControl { acting: visit.acting(), body: slug.clone(), control, reason };
    match visit.kernel.carry_out(&visit.actor, &subject, verb, None).await {
        Ok(()) => Ok(see_other(&format!("/compliance/bodies/{slug}/own?done=ended")).into_response()),
        Err(failure) => stays(visit, &slug, &typed, failure).await,
    }
}

async fn stays(visit: Visit, slug: &str, typed: &Typed, failure: Failure) -> Result<Response, web::Error> {
    let refusal = failure.mendable()?;
    let kind = refusal.kind;
    Ok(stay(kind, page(visit, slug, typed, Some(refusal), String::new()).await?))
}

async fn page(
    visit: Visit,
    slug: &str,
    typed: &Typed,
    refusal: Option<Refusal>,
    done: String,
) -> Result<OwnPage, Failure> {
    let (kernel, shell, acting) = (&visit.kernel, &visit.shell, visit.acting());
    let sql = kernel.store.read();
    let body = kernel.seen_body(&acting, slug).await?;
    let may_keep = acting.may(&sql, "keep_own_controls", Some(body.id), About::default()).await?;
    if refusal.is_some() && !may_keep {
        return Err(NOT_YOURS.into());
    }
    let held = table::of_body(&sql, body.id).await?;
    let attested = attestation::table::of_body(&sql, body.id).await?;
    let of = |id: &str| attested.iter().find(|it| it.control == id);
    let names = kernel.names(held.iter().map(|own| of(&own.id).and_then(|it| it.person))).await?;
    let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let now = kernel.clock.now();
    let row = |own: &OwnControl| {
        let attestation = of(&own.id);
        let standing = attestation.map_or(attestation::Standing::Due, |it| it.standing(now));
        let owner = attestation.and_then(|it| it.person).and_then(|person| names.get(&person));
        Row {
            href: format!("/compliance/bodies/{slug}/{}", own.id),
            title: own.title.clone(),
            subject: own.subject.clone(),
            cadence: shell.t1("own-every-days", "count", own.cadence_days),
            owner: owner.map(|name| shell.text(name).to_owned()).unwrap_or_default(),
            standing: shell.t(&format!("attestation-state-{}", standing.word())),
            signal: standing.signal(),
            due: attestation.map(|it| shell.day(it.due_at)).unwrap_or_default(),
            id: own.id.clone(),
        }
    };
    let ended =
        held.iter().filter_map(|own| Some((own.id.clone(), own.title.clone(), shell.day(own.ended_at?))));
    let fields = match may_keep {
        true => fields(shell, typed, &faults, visit.people_of(body.id).await?),
        false => Vec::new(),
    };
    let rows: Vec<Row> = held.iter().filter(|own| own.ended_at.is_none()).map(row).collect();
    let ending = match may_keep && !rows.is_empty() {
        true => ending(shell, typed, &faults, &rows),
        false => Vec::new(),
    };
    let all: Vec<Field> = fields.iter().chain(&ending).cloned().collect();
    Ok(OwnPage {
        places: Places::of(kernel, &visit.actor, shell).await?,
        trail: vec![
            Link::new("/compliance", shell.t("compliance-place-overview")),
            Link::new(format!("/compliance/bodies/{slug}"), shell.text(&body.name)),
        ],
        faults: named(faults, &all),
        refusal: refusal.filter(|it| it.items.is_empty()),
        ended: ended.collect(),
        rows,
        fields,
        ending,
        action: format!("/compliance/bodies/{slug}/own"),
        done,
        shell: visit.shell,
    })
}

fn fields(shell: &Shell, typed: &Typed, faults: &[Fault], people: Vec<Choice>) -> Vec<Field> {
    let all = vec![
        Field::text(shell, "title", shell.t("own-title-field"))
            .value(&typed.title)
            .attribute("maxlength", "160"),
        Field::area(shell, "duty", shell.t("own-duty")).hint(shell.t("own-duty-hint")).value(&typed.duty),
        Field::select(shell, "owner", shell.t("own-owner"), people).value(&typed.owner),
        Field::text(shell, "cadence_days", shell.t("own-cadence"))
            .hint(shell.t("own-cadence-hint"))
            .value(&typed.cadence_days)
            .attribute("inputmode", "numeric")
            .attribute("maxlength", "4")
            .short(),
        Field::text(shell, "subject", shell.t("own-subject"))
            .hint(shell.t("own-subject-hint"))
            .value(&typed.subject)
            .attribute("dir", "ltr")
            .attribute("maxlength", "200")
            .optional(),
    ];
    all.into_iter().map(|field| field.faults(faults)).collect()
}

fn ending(shell: &Shell, typed: &Typed, faults: &[Fault], rows: &[Row]) -> Vec<Field> {
    let choices = rows.iter().map(|row| Choice::new(&row.id, row.title.as_str())).collect();
    vec![
        Field::select(shell, "control", shell.t("own-end-which"), choices)
            .value(&typed.control)
            .faults(faults),
        Field::area(shell, "reason", shell.t("own-end-reason")).value(&typed.reason).faults(faults),
    ]
}
