//! `/desk/staff-directory/emergencies`: who gets in while the directory is silent, until when and why, and how often they did.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use compliance::Door;
use identity::{Caller, FreshForm};
use uuid::Uuid;
use web::{
    Cursor, Fault, Page, Path, Query, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

use super::{
    Emergency, HREF,
    name::{EmergencyWish, NameForEmergency},
    table,
    withdraw::WithdrawEmergency,
};
use crate::{Desk, Directories, call::Asked, connection::subject_of, places::places};

/// Rows of a page.
const PAGE_EMERGENCIES: usize = 25;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/desk/staff-directory/emergencies", get(list).post(name))
        .route("/desk/staff-directory/emergencies/{id}/end", post(withdraw))
}

pub(crate) struct Listed {
    pub emergencies: Vec<Emergency>,
    pub next: Option<String>,
}

struct Row {
    id: Uuid,
    person: String,
    reason: String,
    by: String,
    until: String,
    /// How often somebody got in by it, and when last; empty where nobody did.
    used: String,
    counts: bool,
}

#[derive(Template)]
#[template(path = "emergency/page.html")]
struct EmergencyPage {
    places: Vec<Link>,
    bodies: Vec<Link>,
    body: String,
    done: String,
    rows: Vec<Row>,
    first: String,
    next: String,
    fields: Vec<Field>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

impl Directories {
    pub(crate) async fn emergencies(
        &self,
        actor: &Actor,
        body: Uuid,
        cursor: &str,
    ) -> Result<Listed, Failure> {
        self.acting(actor).check("see", body, None)?;
        let before = Cursor::decode_given(Some(cursor))?.unwrap_or(Uuid::max());
        let limit = PAGE_EMERGENCIES as i64 + 1;
        let mut emergencies = table::listed(&self.store.read(), body, before, limit).await?;
        let next = Cursor::cut(&mut emergencies, PAGE_EMERGENCIES, |last| last.id)?;
        Ok(Listed { emergencies, next })
    }

    async fn emergency_page(
        &self,
        actor: &Actor,
        shell: Shell,
        asked: &Asked,
        (typed, refusal): (&EmergencyWish, Option<Refusal>),
    ) -> Result<EmergencyPage, Failure> {
        let kept = self.kept(actor, &asked.body).await?;
        let listed = self.emergencies(actor, kept.body.id, &asked.cursor).await?;
        let people: Vec<Uuid> = listed.emergencies.iter().flat_map(|it| [it.person, it.named_by]).collect();
        let names = self.names(&people).await?;
        let name = |id: &Uuid| names.get(id).map(|name| shell.text(name).to_owned()).unwrap_or_default();
        let now = self.clock.now();
        let row = |it: &Emergency| Row {
            id: it.id,
            person: name(&it.person),
            reason: it.reason.clone(),
            by: name(&it.named_by),
            until: shell.day(it.until - clock::SECOND),
            used: it.used_at.map(|at| used(&shell, it.uses, at)).unwrap_or_default(),
            counts: it.counts_at(now),
        };
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let fields = fields(&shell, typed, &faults);
        Ok(EmergencyPage {
            places: places(&shell, &kept.body.slug),
            bodies: kept.links(&shell, HREF),
            done: match asked.done.as_str() {
                word @ ("named" | "ended") => shell.t(&format!("emergency-done-{word}")),
                _ => String::new(),
            },
            rows: listed.emergencies.iter().map(row).collect(),
            first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
            next: listed.next.as_deref().map(|next| shell.with("cursor", next)).unwrap_or_default(),
            body: kept.body.slug,
            refusal: refusal.filter(|it| it.items.is_empty()),
            faults: named(faults, &fields),
            fields,
            shell,
        })
    }
}

fn used(shell: &Shell, uses: i64, at: clock::Timestamp) -> String {
    shell.t2("emergency-used-times", "count", uses, "when", shell.moment(at))
}

fn fields(shell: &Shell, typed: &EmergencyWish, faults: &[Fault]) -> Vec<Field> {
    let fields = vec![
        Field::text(shell, "person", shell.t("emergency-person"))
            .hint(shell.t("emergency-person-hint"))
            .attribute("inputmode", "numeric")
            .attribute("maxlength", "40")
            .short()
            .value(&typed.person),
        Field::date(shell, "until", shell.t("emergency-until"))
            .hint(shell.t("emergency-until-hint"))
            .value(&typed.until),
        Field::area(shell, "reason", shell.t("emergency-reason"))
            .hint(shell.t("emergency-reason-hint"))
            .rows(3)
            .value(&typed.reason),
    ];
    fields.into_iter().map(|field| field.faults(faults)).collect()
}

fn back(body: &str, done: &str) -> Response {
    see_other(&web::address(HREF, [("body", body), ("done", done)]))
}

async fn list(
    State(directories): State<Arc<Directories>>,
    Caller(actor): Caller,
    Query(asked): Query<Asked>,
    shell: Shell,
) -> Result<Page<EmergencyPage>, web::Error> {
    let blank = EmergencyWish::default();
    Ok(Page(directories.emergency_page(&actor, shell, &asked, (&blank, None)).await?))
}

async fn name(
    State(directories): State<Arc<Directories>>,
    Caller(actor): Caller,
    Query(asked): Query<Asked>,
    shell: Shell,
    FreshForm(wish): FreshForm<EmergencyWish>,
) -> Result<Response, web::Error> {
    let body = directories.kept(&actor, &asked.body).await?.body;
    let verb = NameForEmergency { acting: directories.acting(&actor), body: body.id, wish: wish.clone() };
    match directories.carry_out(&actor, &subject_of(body.id), verb, None).await {
        Ok(_) => Ok(back(&body.slug, "named")),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            let told = (&wish, Some(refusal));
            Ok(stay(kind, directories.emergency_page(&actor, shell, &asked, told).await?))
        }
    }
}

async fn withdraw(
    State(directories): State<Arc<Directories>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let body = directories.kept(&actor, &asked.body).await?.body;
    let held = directories.emergency(&actor, id).await?;
    let verb = WithdrawEmergency { acting: directories.acting(&actor), emergency: id };
    directories.carry_out(&actor, &held.ledger_subject(), verb, None).await?;
    Ok(back(&body.slug, "ended"))
}

impl Directories {
    /// One that this person may see, or none at all.
    pub(crate) async fn emergency(&self, actor: &Actor, id: Uuid) -> Result<Emergency, Failure> {
        let held = table::find(&self.store.read(), id).await?.ok_or_else(Refusal::not_found)?;
        match self.acting(actor).check("see", held.body, None) {
            Ok(()) => Ok(held),
            Err(Failure::Refused(_)) => Err(Refusal::not_found().into()),
            Err(broken) => Err(broken),
        }
    }
}
