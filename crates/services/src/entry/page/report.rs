//! `/services/{slug}/report`: a user says what is wrong on a card; its owner gets a task with a time limit (LY-SVC-23.5).

use std::sync::Arc;

use askama::Template;
use authz::{Kind, Refusal};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use identity::Caller;
use serde::Deserialize;
use web::{
    Fault, Form, Page, Path, Shell,
    components::{Field, Link},
    stay,
};

use crate::{
    Services,
    call::Visit,
    duty::{self, report::ReportError},
};

#[derive(Template)]
#[template(path = "entry/page/report.html")]
struct ReportPage {
    shell: Shell,
    slug: String,
    name: String,
    field: Field,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    /// By when it is answered, once it was sent.
    due: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    words: String,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    Caller(_): Caller,
    shell: Shell,
    Path(slug): Path<String>,
) -> Result<Response, web::Error> {
    Ok(Page(services.report_page(shell, &slug, "", None)?).into_response())
}

pub(super) async fn send(
    Visit { services, actor, shell }: Visit,
    Path(slug): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let clock = services.clock.clone();
    let verb = ReportError { person: actor.person, slug: slug.clone(), words: typed.words.clone(), clock };
    let outcome = services.carry_out_entry(&actor, &format!("service/{slug}"), verb, None).await;
    let refusal = match outcome {
        Ok(id) => {
            let held = duty::table::find(&services.store.read(), id).await?.ok_or_else(Refusal::not_found)?;
            let due = shell.day(held.due_at);
            let page = ReportPage { due, ..services.report_page(shell, &slug, "", None)? };
            return Ok(Page(page).into_response());
        }
        Err(failure) => failure.mendable()?,
    };
    let kind = refusal.kind;
    let page = services.report_page(shell, &slug, &typed.words, Some(refusal))?;
    Ok(stay(kind, page))
}

impl Services {
    fn report_page(
        &self,
        shell: Shell,
        slug: &str,
        words: &str,
        refusal: Option<Refusal>,
    ) -> Result<ReportPage, Refusal> {
        let entry = self.directory.entry(slug).ok_or_else(Refusal::not_found)?;
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let field = Field::area(&shell, "words", shell.t("report-words"))
            .hint(shell.t("report-words-hint"))
            .value(words)
            .faults(&faults);
        Ok(ReportPage {
            slug: slug.to_owned(),
            name: shell.text(&entry.card.name).to_owned(),
            field,
            faults,
            refusal: refusal.filter(|refusal| refusal.kind == Kind::Conflict),
            due: String::new(),
            shell,
        })
    }
}

impl ReportPage {
    fn trail(&self) -> Vec<Link> {
        vec![
            Link::new("/services", self.shell.t("services-title")),
            Link::new(format!("/services/{}", self.slug), self.name.as_str()),
        ]
    }
}
