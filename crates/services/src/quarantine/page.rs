//! `/requests/{number}/documents/{document}/quarantine`: an officer says that a document is confidential (LY-SVC-4.2a).

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
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{
    close::{LEVELS, holds},
    release::permitted,
    table::{self, Found},
};
use crate::{
    Services,
    request::{Request, RequestNumber},
};

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/requests/{number}/documents/{document}/quarantine", get(show).post(close))
        .route("/requests/{number}/documents/{document}/release", post(release))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    level: String,
    reason: String,
}

/// Why a document is closed, and whether this person may open it again.
struct Closed {
    level: String,
    reason: String,
    by: String,
    at: String,
    action: String,
    may_release: bool,
}

#[derive(Template)]
#[template(path = "quarantine/page.html")]
struct QuarantinePage {
    shell: Shell,
    /// Where it is opened again, for one that is closed.
    closed: Option<Closed>,
    refusal: Option<Refusal>,
    trail: Vec<Link>,
    name: String,
    back: String,
    faults: Vec<Fault>,
    fields: Vec<Field>,
}

async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((number, document)): Path<(RequestNumber, Uuid)>,
) -> Result<Response, web::Error> {
    let page = services.quarantine_page(&actor, shell, &number, document, &Typed::default(), None).await?;
    Ok(Page(page).into_response())
}

async fn close(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((number, document)): Path<(RequestNumber, Uuid)>,
    Form(posted): Form<Typed>,
) -> Result<Response, web::Error> {
    let (level, reason) = (posted.level.clone(), posted.reason.clone());
    match services.quarantine(&actor, &number, document, level, reason).await {
        Ok(()) => Ok(see_other(&format!("/desk/{number}"))),
        Err(failure) => {
            let refusal = failure.invalid()?;
            let kind = refusal.kind;
            let page =
                services.quarantine_page(&actor, shell, &number, document, &posted, Some(refusal)).await?;
            Ok(stay(kind, page))
        }
    }
}

async fn release(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((number, document)): Path<(RequestNumber, Uuid)>,
    Form(posted): Form<Typed>,
) -> Result<Response, web::Error> {
    let Err(failure) = services.release(&actor, &number, document, posted.reason.clone()).await else {
        return Ok(see_other(&format!("/desk/{number}")));
    };
    let refusal = failure.of(&[Kind::Invalid, Kind::Conflict, Kind::Unavailable])?;
    let kind = refusal.kind;
    let page = services.quarantine_page(&actor, shell, &number, document, &posted, Some(refusal)).await?;
    Ok(stay(kind, page))
}

impl Services {
    async fn quarantine_page(
        &self,
        actor: &Actor,
        shell: Shell,
        number: &RequestNumber,
        document: Uuid,
        typed: &Typed,
        refusal: Option<Refusal>,
    ) -> Result<QuarantinePage, Failure> {
        let sql = self.store.read();
        let request = self.of_quarantine(actor, number).await?;
        let found = documents::find(&sql, document).await?;
        let found = found.ok_or_else(Refusal::not_found)?;
        if !holds(&sql, &request, document).await? {
            return Err(Refusal::not_found().into());
        }
        let closed = match table::find(&sql, document).await? {
            Some(found) => Some(self.closed(actor, &shell, &request, &found).await?),
            None => None,
        };
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let fields = fields(&shell, typed, closed.as_ref(), &faults);
        let back = format!("/desk/{number}");
        let trail = vec![Link::new("/desk", shell.t("desk-title")), Link::new(&back, number.to_string())];
        let faults = named(faults, &fields);
        let refusal = refusal.filter(|it| it.items.is_empty());
        Ok(QuarantinePage { trail, name: found.name, back, faults, refusal, closed, fields, shell })
    }

    /// The request, for whoever may close documents of it or open them again.
    async fn of_quarantine(&self, actor: &Actor, number: &RequestNumber) -> Result<Request, Failure> {
        let sql = self.store.read();
        let acting = self.acting(actor, number, None);
        match acting.permitted(&sql, "quarantine").await {
            Err(Failure::Refused(refusal)) if refusal.kind == Kind::NotAllowed => {
                acting.permitted(&sql, "see_quarantine").await
            }
            other => other,
        }
    }

    async fn closed(
        &self,
        actor: &Actor,
        shell: &Shell,
        request: &Request,
        found: &Found,
    ) -> Result<Closed, Failure> {
        let officer = identity::person(&self.store.read(), found.officer).await?;
        Ok(Closed {
            level: shell.t(&format!("quarantine-{}", found.level.replace('_', "-"))),
            reason: found.reason.clone(),
            by: officer.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default(),
            at: shell.moment(found.at),
            action: format!("/requests/{}/documents/{}/release", request.number, found.document),
            may_release: permitted(&self.policies, actor, request, found).is_ok(),
        })
    }
}

/// What is asked: of an open document how secret it is and why, of a closed one why it may be opened.
fn fields(shell: &Shell, typed: &Typed, closed: Option<&Closed>, faults: &[Fault]) -> Vec<Field> {
    let reason = |hint: &str| {
        Field::area(shell, "reason", shell.t("directory-reason"))
            .hint(shell.t(hint))
            .rows(3)
            .value(&typed.reason)
            .faults(faults)
    };
    match closed {
        Some(closed) if closed.may_release => vec![reason("release-reason-hint")],
        Some(_) => Vec::new(),
        None => {
            let levels = LEVELS.map(|it| {
                let word = it.as_str();
                Choice::new(word, shell.t(&format!("quarantine-{}", word.replace('_', "-"))))
            });
            let level = Field::radios(shell, "level", shell.t("quarantine-level"), levels.to_vec());
            vec![level.value(&typed.level).faults(faults), reason("quarantine-reason-hint")]
        }
    }
}
