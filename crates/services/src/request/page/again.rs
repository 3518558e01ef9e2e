//! Applying again: what comes along from the old request and what does not, before a new draft is made.

use std::sync::Arc;

use askama::Template;
use axum::{Router, extract::State as Extract, response::Response, routing::get};
use identity::Caller;
use web::{Page, Path, Shell, components::Link, see_other};

use super::words;
use crate::{
    Services,
    call::Visit,
    request::{RequestNumber, again::Again},
};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/requests/{number}/again", get(show).post(begin))
}

#[derive(Template)]
#[template(path = "request/page/again.html")]
struct AgainPage {
    trail: Vec<Link>,
    base: String,
    service: String,
    answers: usize,
    documents: usize,
    left_out: Vec<String>,
    shell: Shell,
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Path(number): Path<RequestNumber>,
) -> Result<Page<AgainPage>, web::Error> {
    let again = services.again(&actor, &number).await?;
    let old = services.follow(&actor, &number).await?;
    let left_out = again.left_out.iter().map(|item| words::item_title(&shell, &old.entry, item)).collect();
    Ok(Page(page(shell, &again, left_out)))
}

async fn begin(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Path(number): Path<RequestNumber>,
) -> Result<Response, web::Error> {
    let draft = services.apply_again(&actor, &number).await?;
    Ok(see_other(&format!("/drafts/{draft}/summary")))
}

fn page(shell: Shell, again: &Again, left_out: Vec<String>) -> AgainPage {
    let number = again.request.number.to_string();
    AgainPage {
        trail: vec![
            Link::new("/requests", shell.t("request-mine")),
            Link::new(format!("/requests/{number}"), shell.in_digits(number.clone())),
        ],
        base: format!("/requests/{number}"),
        service: shell.text(&again.entry.card.name).to_owned(),
        answers: again.answers.len(),
        documents: again.documents.len(),
        left_out,
        shell,
    }
}
