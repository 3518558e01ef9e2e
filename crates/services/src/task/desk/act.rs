//! The acts of a desk. Each posts to its own address; one that is not accepted comes back on the same page with
//! everything that was ticked and typed.

use std::sync::Arc;

use authz::{Actor, Failure, Kind};
use axum::{
    Router,
    extract::State as Extract,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use identity::Caller;
use uuid::Uuid;
use web::{Form, Page, Path, Shell, see_other};

use super::{density::Chosen, queue::Wanted, typed::Typed};
use crate::{
    Services,
    request::{Act, RequestNumber, decide::Decision},
};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/desk/{number}/verify", post(verify))
        .route("/desk/{number}/pass_on", post(pass_on))
        .route("/desk/{number}/send_back", post(send_back))
        .route("/desk/{number}/approve", post(approve))
        .route("/desk/{number}/refuse", post(refuse))
}

/// A form whose names repeat: one pair for each box that was sent.
type Pairs = Form<Vec<(String, String)>>;

async fn verify(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    chosen: Chosen,
    Path(number): Path<RequestNumber>,
    Form(posted): Pairs,
) -> Result<Response, web::Error> {
    Ok(services.desk_act(&actor, shell, chosen, &number, Act::Verify, Typed::of(posted)).await?)
}

async fn pass_on(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    chosen: Chosen,
    Path(number): Path<RequestNumber>,
    Form(posted): Pairs,
) -> Result<Response, web::Error> {
    Ok(services.desk_act(&actor, shell, chosen, &number, Act::PassOn, Typed::of(posted)).await?)
}

async fn send_back(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    chosen: Chosen,
    Path(number): Path<RequestNumber>,
    Form(posted): Pairs,
) -> Result<Response, web::Error> {
    Ok(services.desk_act(&actor, shell, chosen, &number, Act::SendBack, Typed::of(posted)).await?)
}

async fn approve(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    chosen: Chosen,
    Path(number): Path<RequestNumber>,
    Form(posted): Pairs,
) -> Result<Response, web::Error> {
    Ok(services.desk_act(&actor, shell, chosen, &number, Act::Approve, Typed::of(posted)).await?)
}

async fn refuse(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    chosen: Chosen,
    Path(number): Path<RequestNumber>,
    Form(posted): Pairs,
) -> Result<Response, web::Error> {
    Ok(services.desk_act(&actor, shell, chosen, &number, Act::Refuse, Typed::of(posted)).await?)
}

impl Services {
    async fn desk_act(
        &self,
        actor: &Actor,
        shell: Shell,
        chosen: Chosen,
        number: &RequestNumber,
        act: Act,
        typed: Typed,
    ) -> Result<Response, Failure> {
        let refusal = match self.carry_out_at_desk(actor, number, act, &typed).await {
            Ok(()) => return self.next_task(actor, number, act).await,
            Err(Failure::Refused(refusal)) => refusal,
            Err(failure) => return Err(failure),
        };
        let status = match refusal.kind {
            Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Kind::Conflict => StatusCode::CONFLICT,
            _ => return Err(refusal.into()),
        };
        let page = self.case_page(actor, shell, chosen.density, number, typed, Some(refusal)).await?;
        Ok((status, Page(page)).into_response())
    }

    async fn carry_out_at_desk(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        act: Act,
        typed: &Typed,
    ) -> Result<(), Failure> {
        let acting = self.acting(actor, number, typed.revision);
        let outcome = match act {
            Act::Verify if typed.all => {
                let items = self.follow(actor, number).await?.request.items();
                self.verify(acting, items, None).await
            }
            Act::Verify => self.verify(acting, typed.items.clone(), None).await,
            Act::PassOn => self.pass_on(acting, Some(typed.to.clone()), typed.words.clone(), None).await,
            Act::SendBack => self.send_back(acting, typed.corrections(), None).await,
            Act::Refuse => self.decide(acting, Decision::Refuse { reason: typed.reason.clone() }, None).await,
            _ => {
                let (measures, act_reference) = (typed.measures.clone(), typed.act_reference.clone());
                self.decide(acting, Decision::Approve { measures, act_reference }, None).await
            }
        };
        outcome.map(drop)
    }

    /// On to what is most urgent now, saying what was done.
    async fn next_task(&self, actor: &Actor, number: &RequestNumber, act: Act) -> Result<Response, Failure> {
        let start = (i64::MIN, Uuid::nil());
        let next = self.desk_tasks(actor, Wanted::default(), start, 1).await?;
        let place = next.first().map(|task| format!("/desk/{}", task.number));
        let place = place.unwrap_or_else(|| "/desk".to_owned());
        Ok(see_other(&format!("{place}?done={}&of={number}", act.word())))
    }
}
