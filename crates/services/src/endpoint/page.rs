//! `/directory/endpoints`: where a body's own system is told of what concerns it, and what became of each delivery. The
//! head and the administrators of a body set it; whoever writes or verifies for the body sees it.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use organisations::Body;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Fault, Form, Page, Path, Query, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

use super::{Delivery, Endpoint, Standing, resource, table};
use crate::{Services, call::Visit};

const PAGE_DELIVERIES: usize = 25;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/directory/endpoints", get(show))
        .route("/directory/endpoints/{body}", post(set))
        .route("/directory/endpoints/{body}/end", post(end))
        .route("/directory/endpoints/{body}/try", post(try_it))
        .route("/directory/endpoints/{body}/deliveries/{id}/retry", post(send_again))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    body: String,
    state: String,
    cursor: Option<String>,
    done: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    address: String,
}

struct Line {
    id: Uuid,
    event: String,
    /// Empty for a trial.
    number: String,
    href: String,
    when: String,
    tried: String,
    tries: String,
    answer: String,
    standing: String,
    signal: &'static str,
    may_retry: bool,
}

struct Told {
    address: String,
    since: String,
    /// Empty while it answers.
    failing: String,
}

#[derive(Template)]
#[template(path = "endpoint/page.html")]
struct EndpointPage {
    shell: Shell,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    done: String,
    slug: String,
    name: String,
    bodies: Vec<Link>,
    told: Option<Told>,
    /// Empty for those who only look.
    fields: Vec<Field>,
    states: Vec<Link>,
    is_narrowed: bool,
    lines: Vec<Line>,
    first: String,
    next: String,
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Page<EndpointPage>, web::Error> {
    Ok(Page(visit.services.endpoint_page(&visit.actor, visit.shell, asked, None, None).await?))
}

async fn set(
    visit: Visit,
    Path(slug): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let Visit { services, actor, shell } = visit;
    let outcome = services.set_endpoint(&actor, &slug, &typed.address, None).await;
    services.back_to_endpoint(&actor, shell, slug, ("set", Some(typed.address)), outcome.map(drop)).await
}

async fn end(visit: Visit, Path(slug): Path<String>) -> Result<Response, web::Error> {
    let Visit { services, actor, shell } = visit;
    let outcome = services.end_endpoint(&actor, &slug).await;
    services.back_to_endpoint(&actor, shell, slug, ("ended", None), outcome).await
}

async fn try_it(visit: Visit, Path(slug): Path<String>) -> Result<Response, web::Error> {
    let Visit { services, actor, shell } = visit;
    let outcome = services.try_endpoint(&actor, &slug, None).await;
    services.back_to_endpoint(&actor, shell, slug, ("tried", None), outcome.map(drop)).await
}

async fn send_again(visit: Visit, Path((slug, id)): Path<(String, Uuid)>) -> Result<Response, web::Error> {
    let Visit { services, actor, shell } = visit;
    let outcome = services.send_delivery_again(&actor, &slug, id, None).await;
    services.back_to_endpoint(&actor, shell, slug, ("retried", None), outcome).await
}

impl Services {
    /// After an act: the page anew, or the same page with what was typed and why not.
    async fn back_to_endpoint(
        &self,
        actor: &Actor,
        shell: Shell,
        slug: String,
        (done, typed): (&str, Option<String>),
        outcome: Result<(), Failure>,
    ) -> Result<Response, web::Error> {
        let Err(failure) = outcome else {
            return Ok(see_other(&format!("/directory/endpoints?body={slug}&done={done}")));
        };
        let refusal = failure.mendable()?;
        let kind = refusal.kind;
        let asked = Asked { body: slug, ..Asked::default() };
        Ok(stay(kind, self.endpoint_page(actor, shell, asked, typed, Some(refusal)).await?))
    }

    async fn endpoint_page(
        &self,
        actor: &Actor,
        shell: Shell,
        asked: Asked,
        typed: Option<String>,
        refusal: Option<Refusal>,
    ) -> Result<EndpointPage, Failure> {
        let bodies = self.bodies_told(actor).await?;
        let chosen = bodies.iter().find(|body| asked.body.is_empty() || body.slug == asked.body);
        let body = chosen.ok_or_else(|| if bodies.is_empty() { NO_BODY } else { Refusal::not_found() })?;
        let sql = self.store.read();
        let endpoint = table::find(&sql, body.id).await?;
        let keeps = self.policies.decide("services", actor, "keep_endpoint", &resource(body.id)).permitted;
        let standing = Standing::named(&asked.state);
        let before: Option<Uuid> = Cursor::decode_given(asked.cursor.as_deref())?;
        let limit = PAGE_DELIVERIES as i64 + 1;
        let mut held =
            table::deliveries(&sql, body.id, standing, before.unwrap_or(Uuid::max()), limit).await?;
        let next = Cursor::cut(&mut held, PAGE_DELIVERIES, |last| last.id)?;
        let may_retry = keeps && endpoint.is_some();
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let typed = typed.or_else(|| endpoint.as_ref().map(|it| it.address.clone())).unwrap_or_default();
        let fields = if keeps { vec![field(&shell, &typed, &faults)] } else { Vec::new() };
        let done = match asked.done.as_str() {
            "set" | "ended" | "tried" | "retried" => shell.t(&format!("endpoint-done-{}", asked.done)),
            _ => String::new(),
        };
        let href = |state: &str| match state {
            "" => format!("/directory/endpoints?body={}", body.slug),
            state => format!("/directory/endpoints?body={}&state={state}", body.slug),
        };
        let here = href(standing.map_or("", Standing::word));
        Ok(EndpointPage {
            bodies: tabs(&shell, &bodies, body),
            told: endpoint.as_ref().map(|it| told(&shell, it)),
            states: states(&shell, standing, href),
            is_narrowed: standing.is_some(),
            lines: held.iter().map(|it| line(&shell, it, may_retry)).collect(),
            first: if before.is_some() { here.clone() } else { String::new() },
            next: next.map(|cursor| format!("{here}&cursor={cursor}")).unwrap_or_default(),
            faults: named(faults, &fields),
            refusal: refusal.filter(|it| it.kind == Kind::Conflict),
            slug: body.slug.clone(),
            name: shell.text(&body.name).to_owned(),
            fields,
            done,
            shell,
        })
    }

    /// The bodies for which this person sees where they are told.
    async fn bodies_told(&self, actor: &Actor) -> Result<Vec<Body>, Failure> {
        let mut bodies = Vec::new();
        for id in actor.bodies() {
            let sees = self.policies.decide("services", actor, "see_endpoint", &resource(id)).permitted;
            if let Some(body) = organisations::body(&self.store.read(), id).await?.filter(|_| sees) {
                bodies.push(body);
            }
        }
        Ok(bodies)
    }
}

/// For whoever holds no such role at any body.
const NO_BODY: Refusal = Refusal::new(Kind::NotAllowed, "endpoint.no_body", &["LY-SVC-7.1b"]);

fn field(shell: &Shell, typed: &str, faults: &[Fault]) -> Field {
    Field::text(shell, "address", shell.t("endpoint-address"))
        .hint(shell.t("endpoint-address-hint"))
        .attribute("inputmode", "url")
        .autocomplete("off")
        .value(typed)
        .faults(faults)
}

fn tabs(shell: &Shell, bodies: &[Body], here: &Body) -> Vec<Link> {
    if bodies.len() < 2 {
        return Vec::new();
    }
    let link = |body: &Body| {
        let href = format!("/directory/endpoints?body={}", body.slug);
        Link::new(href, shell.text(&body.name)).current(body.id == here.id)
    };
    bodies.iter().map(link).collect()
}

fn states(shell: &Shell, here: Option<Standing>, href: impl Fn(&str) -> String) -> Vec<Link> {
    let all = Link::new(href(""), shell.t("endpoint-state-all")).current(here.is_none());
    let one = |it: Standing| {
        let label = shell.t(&format!("endpoint-state-{}", it.word()));
        Link::new(href(it.word()), label).current(here == Some(it))
    };
    std::iter::once(all).chain(Standing::ALL.map(one)).collect()
}

fn told(shell: &Shell, endpoint: &Endpoint) -> Told {
    Told {
        address: endpoint.address.clone(),
        since: shell.date(endpoint.set_at),
        failing: endpoint.failing_since.map(|at| shell.moment(at)).unwrap_or_default(),
    }
}

fn line(shell: &Shell, delivery: &Delivery, may_retry: bool) -> Line {
    let number = shell.in_digits(delivery.number.clone());
    Line {
        id: delivery.id,
        event: shell.t(&format!("endpoint-event-{}", delivery.event.word().replace('.', "-"))),
        href: if number.is_empty() { String::new() } else { format!("/desk/{}", delivery.number) },
        number,
        when: shell.moment(delivery.created_at),
        tried: delivery.tried_at.map(|at| shell.moment(at)).unwrap_or_default(),
        tries: shell.t1("endpoint-tries", "count", delivery.tries),
        answer: answer(shell, &delivery.answer),
        standing: shell.t(&format!("endpoint-state-{}", delivery.standing.word())),
        signal: match delivery.standing {
            Standing::Waiting => "waiting",
            Standing::Delivered => "done",
            Standing::Failed => "refused",
        },
        may_retry: may_retry && delivery.standing == Standing::Failed,
    }
}

fn answer(shell: &Shell, answer: &str) -> String {
    match answer {
        "" => shell.t("endpoint-answer-none"),
        status if status.bytes().all(|byte| byte.is_ascii_digit()) => {
            shell.t1("endpoint-answer-status", "status", status)
        }
        word => shell.t(&format!("endpoint-answer-{word}")),
    }
}
