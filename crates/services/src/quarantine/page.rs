//! `/requests/{number}/documents/{document}/quarantine`: an officer says that a document is confidential (LY-SVC-4.2a).

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::close::{LEVELS, holds};
use crate::{Services, request::RequestNumber};

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/requests/{number}/documents/{document}/quarantine", get(show).post(close))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    level: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "quarantine/page.html")]
struct QuarantinePage {
    shell: Shell,
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
        let request = self.acting(actor, number, None).permitted(&sql, "quarantine").await?;
        let found = documents::find(&sql, document).await?;
        let found = found.ok_or_else(Refusal::not_found)?;
        if !holds(&sql, &request, document).await? {
            return Err(Refusal::not_found().into());
        }
        let faults = refusal.map(|it| shell.faults(&it)).unwrap_or_default();
        let levels = LEVELS.map(|it| {
            let word = it.as_str();
            Choice::new(word, shell.t(&format!("quarantine-{}", word.replace('_', "-"))))
        });
        let fields: Vec<Field> = vec![
            Field::radios(&shell, "level", shell.t("quarantine-level"), levels.to_vec())
                .value(&typed.level)
                .faults(&faults),
            Field::area(&shell, "reason", shell.t("directory-reason"))
                .hint(shell.t("quarantine-reason-hint"))
                .rows(3)
                .value(&typed.reason)
                .faults(&faults),
        ];
        let back = format!("/desk/{number}");
        let trail = vec![Link::new("/desk", shell.t("desk-title")), Link::new(&back, number.to_string())];
        Ok(QuarantinePage { trail, name: found.name, back, faults: named(faults, &fields), fields, shell })
    }
}
