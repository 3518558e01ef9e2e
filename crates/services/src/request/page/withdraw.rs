//! Taking a request back: what that means, on a page of its own, before it happens.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use web::{
    Fault, Form, Page, Path, Shell,
    components::{self, Field},
    see_other, stay,
};

use super::about::About;
use crate::{
    Services,
    call::Visit,
    request::{Act, RequestNumber, follow::Followed, withdraw::REASON_CHARACTERS_MAX},
};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/requests/{number}/withdraw", get(show).post(send))
}

#[derive(Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    reason: String,
    revision: Option<i64>,
}

#[derive(Template)]
#[template(path = "request/page/withdraw.html")]
struct WithdrawPage {
    about: About,
    field: Field,
    revision: i64,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Path(number): Path<RequestNumber>,
) -> Result<Response, web::Error> {
    let followed = services.follow(&actor, &number).await?;
    if !followed.actions.contains(&Act::Withdraw) {
        return Ok(see_other(&format!("/requests/{number}")));
    }
    Ok(Page(page(shell, &followed, &Typed::default(), None)).into_response())
}

async fn send(
    Visit { services, actor, shell }: Visit,
    Path(number): Path<RequestNumber>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    Ok(services.withdraw_by_page(&actor, shell, &number, typed).await?)
}

impl Services {
    async fn withdraw_by_page(
        &self,
        actor: &Actor,
        shell: Shell,
        number: &RequestNumber,
        typed: Typed,
    ) -> Result<Response, Failure> {
        let acting = self.acting(actor, number, typed.revision);
        let refusal = match self.withdraw(acting, typed.reason.clone(), None).await {
            Ok(_) => return Ok(see_other(&format!("/requests/{number}"))),
            Err(failure) => failure.mendable()?,
        };
        let kind = refusal.kind;
        let followed = self.follow(actor, number).await?;
        Ok(stay(kind, page(shell, &followed, &typed, Some(refusal))))
    }
}

fn page(shell: Shell, followed: &Followed, typed: &Typed, refusal: Option<Refusal>) -> WithdrawPage {
    let request = &followed.request;
    let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
    let field = Field::area(&shell, "reason", shell.t("request-withdraw-reason"))
        .attribute("maxlength", &REASON_CHARACTERS_MAX.to_string())
        .rows(3)
        .optional()
        .value(&typed.reason)
        .faults(&faults);
    WithdrawPage {
        about: About::of(&shell, followed, "request-withdraw-title"),
        revision: request.revision,
        faults: components::named(faults, std::slice::from_ref(&field)),
        field,
        refusal,
        shell,
    }
}
