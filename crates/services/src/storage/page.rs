//! `/directory/storage`: where each provider keeps its documents. A provider proposes, the competent administration approves
//! or ends (LY-SVC-20.1b).

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use identity::Caller;
use language::Text;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Query, Shell,
    components::{Choice, Field, named},
    see_other, stay,
};

use super::{Agreement, ROLES, Standing, Terms, agree::ApproveStorage, end::EndStorage, table};
use crate::{Services, entry::directory::Provider};

/// Agreements on one page; each body has one in force and few before it.
const AGREEMENTS_SHOWN: i64 = 100;
/// A number that cannot be read is as wrong as one that is too small.
const UNREAD: i64 = -1;

/// For whoever holds no role at any body.
pub(super) const NO_DESK: Refusal = Refusal::new(Kind::NotAllowed, "directory.no_desk", &["LY-SVC-20.1b"]);

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/directory/storage", get(show).post(propose))
        .route("/directory/storage/{id}/approve", post(approve))
        .route("/directory/storage/{id}/end", post(end))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

/// What was typed, and what was wrong with it.
#[derive(Default)]
struct Typed {
    body: String,
    location: String,
    site_ar: String,
    site_en: String,
    years: String,
    access: Vec<String>,
    refusal: Option<Refusal>,
}

struct Line {
    id: Uuid,
    body: String,
    location: String,
    site: String,
    years: String,
    access: String,
    standing: String,
    signal: &'static str,
    when: String,
    note: String,
    may_approve: bool,
    may_end: bool,
}

#[derive(Template)]
#[template(path = "storage/page.html")]
struct StoragePage {
    shell: Shell,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    /// Providers that publish nothing, because no agreement is in force for them.
    without: Vec<String>,
    lines: Vec<Line>,
    past: Vec<Line>,
    fields: Vec<Field>,
    done: String,
}

async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let done = match asked.done.as_str() {
        "proposed" | "approved" | "ended" => shell.t(&format!("storage-done-{}", asked.done)),
        _ => String::new(),
    };
    Ok(Page(services.storage_page(&actor, shell, Typed::default(), done).await?).into_response())
}

async fn propose(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(posted): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let mut typed = Typed::of(&posted);
    let body = services.directory.provider_by_slug(&typed.body).ok_or_else(Refusal::not_found)?;
    let terms = Terms {
        location: typed.location.clone(),
        site: Text::new(typed.site_ar.trim(), typed.site_en.trim()),
        retention_years: language::fold_digits(&typed.years).trim().parse().unwrap_or(UNREAD),
        access: typed.access.clone(),
    };
    match services.propose_storage(&actor, body.id, terms).await {
        Ok(_) => Ok(see_other("/directory/storage?done=proposed")),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            typed.refusal = Some(refusal);
            Ok(stay(kind, services.storage_page(&actor, shell, typed, String::new()).await?))
        }
    }
}

async fn approve(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let verb = ApproveStorage { acting: services.acting_on_directory(&actor), agreement: id };
    services.carry_out_entry(&actor, "directory/storage", verb, None).await?;
    Ok(see_other("/directory/storage?done=approved"))
}

#[derive(Debug, Deserialize)]
struct Ending {
    #[serde(default)]
    reason: String,
}

async fn end(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Form(posted): Form<Ending>,
) -> Result<Response, web::Error> {
    let acting = services.acting_on_directory(&actor);
    let verb = EndStorage { acting, agreement: id, reason: posted.reason };
    match services.carry_out_entry(&actor, "directory/storage", verb, None).await {
        Ok(()) => Ok(see_other("/directory/storage?done=ended")),
        Err(failure) => {
            let refusal = failure.invalid()?;
            let kind = refusal.kind;
            let typed = Typed { refusal: Some(refusal), ..Typed::default() };
            Ok(stay(kind, services.storage_page(&actor, shell, typed, String::new()).await?))
        }
    }
}

impl Typed {
    fn of(posted: &[(String, String)]) -> Typed {
        let one = |name: &str| {
            let found = posted.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let access = posted.iter().filter(|(name, _)| name == "access");
        Typed {
            body: one("body"),
            location: one("location"),
            site_ar: one("site_ar"),
            site_en: one("site_en"),
            years: one("retention_years"),
            access: access.map(|(_, value)| value.clone()).collect(),
            refusal: None,
        }
    }
}

impl Services {
    async fn storage_page(
        &self,
        actor: &Actor,
        shell: Shell,
        typed: Typed,
        done: String,
    ) -> Result<StoragePage, Failure> {
        if actor.roles.is_empty() {
            return Err(NO_DESK.into());
        }
        let sql = self.store.read();
        let editor = self.acting_on_directory(actor).check_whole(&sql, "end_storage").await.is_ok();
        let mut held = Vec::new();
        match editor {
            true => held = table::listed(&sql, None, None, AGREEMENTS_SHOWN).await?,
            false => {
                for body in actor.bodies() {
                    held.extend(table::listed(&sql, Some(body), None, AGREEMENTS_SHOWN).await?);
                }
            }
        }
        let speaks_for = self.spoken_for(actor, editor).await?;
        let covered = |body: Uuid| held.iter().any(|it| it.body == body && it.standing == Standing::InForce);
        let without = speaks_for.iter().filter(|it| !covered(it.id));
        let without = without.map(|it| shell.text(&it.name).to_owned()).collect();
        let line = |it: &Agreement| self.agreement_line(&shell, it, actor, editor);
        let (past, now): (Vec<&Agreement>, Vec<&Agreement>) =
            held.iter().partition(|it| it.standing == Standing::Ended);
        let faults = typed.refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let fields = self.storage_fields(&shell, &typed, &speaks_for, &faults);
        let refusal = typed.refusal.filter(|it| it.kind == Kind::Conflict);
        Ok(StoragePage {
            without,
            lines: now.into_iter().map(line).collect(),
            past: past.into_iter().map(line).collect(),
            faults: named(faults, &fields),
            refusal,
            fields,
            done,
            shell,
        })
    }

    /// The providers for which this person may propose.
    async fn spoken_for(&self, actor: &Actor, editor: bool) -> Result<Vec<Arc<Provider>>, Failure> {
        let acting = self.acting_on_directory(actor);
        let mut bodies = Vec::new();
        for provider in self.directory.providers() {
            let own = acting.check_provider(&self.store.read(), "propose_storage", provider.id).await.is_ok();
            if own && (editor || actor.bodies().contains(&provider.id)) {
                bodies.push(provider);
            }
        }
        Ok(bodies)
    }

    fn agreement_line(&self, shell: &Shell, held: &Agreement, actor: &Actor, editor: bool) -> Line {
        let body = self.directory.provider(held.body);
        let role = |role: &String| shell.t(&format!("org-role-{role}"));
        let access: Vec<String> = held.terms.access.iter().map(role).collect();
        let since = held.ended_at.or(held.approved_at).unwrap_or(held.proposed_at);
        Line {
            id: held.id,
            body: body.map(|it| shell.text(&it.name).to_owned()).unwrap_or_default(),
            location: held.terms.location.clone(),
            site: shell.text(&held.terms.site).to_owned(),
            years: shell.t1("storage-years", "count", held.terms.retention_years),
            access: access.join(shell.lang.comma()),
            standing: shell.t(&format!("storage-{}", held.standing.word().replace('_', "-"))),
            signal: match held.standing {
                Standing::Proposed => "waiting",
                Standing::InForce => "done",
                Standing::Ended => "",
            },
            when: shell.date(since),
            note: held.note.clone(),
            may_approve: editor && held.standing == Standing::Proposed && held.proposed_by != actor.person,
            may_end: editor && held.standing == Standing::InForce,
        }
    }

    fn storage_fields(
        &self,
        shell: &Shell,
        typed: &Typed,
        bodies: &[Arc<Provider>],
        faults: &[Fault],
    ) -> Vec<Field> {
        let Some(first) = bodies.first() else { return Vec::new() };
        let choices = bodies.iter().map(|it| Choice::new(it.slug.clone(), shell.text(&it.name))).collect();
        let body = if typed.body.is_empty() { first.slug.clone() } else { typed.body.clone() };
        let mut places: Vec<String> = self.documents.places();
        let own: Vec<String> =
            bodies.iter().map(|it| it.slug.clone()).filter(|slug| !places.contains(slug)).collect();
        places.extend(own);
        let places = places.into_iter().map(|it| Choice::new(it.clone(), it)).collect();
        let roles = ROLES.map(|it| Choice::new(it, shell.t(&format!("org-role-{it}"))));
        let all = vec![
            Field::select(shell, "body", shell.t("storage-body"), choices).value(body),
            Field::select(shell, "location", shell.t("storage-location"), places)
                .hint(shell.t("storage-location-hint"))
                .value(&typed.location),
            Field::text(shell, "site_ar", shell.t("storage-site-ar"))
                .attribute("lang", "ar")
                .value(&typed.site_ar),
            Field::text(shell, "site_en", shell.t("storage-site-en"))
                .attribute("lang", "en")
                .value(&typed.site_en),
            Field::number(shell, "retention_years", shell.t("storage-retention")).value(&typed.years),
            Field::checkboxes(shell, "access", shell.t("storage-access"), roles.to_vec())
                .value(typed.access.join("\n")),
        ];
        all.into_iter().map(|field| field.faults(faults)).collect()
    }
}
