//! The page on which both sides see what was said about a request, and how each letter went.

use std::sync::Arc;

use askama::Template;
use authz::{Kind, Refusal};
use axum::{
    Router,
    extract::State as Extract,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use identity::Caller;
use language::Digits;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

use super::Told;
use crate::{Services, request::RequestNumber};

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/requests/{number}/notices", get(show).post(give))
        .route("/requests/{number}/notices/{id}/send-again", post(again))
}

/// One letter and how it stands.
struct Letter {
    means: String,
    signal: &'static str,
    state: String,
    address: String,
    since: String,
    /// What the server answered, in its own words.
    reason: String,
    /// When it is tried next, in words; empty when it is not.
    next: String,
    /// Where the button leads; empty where there is nothing to send again.
    again: String,
}

struct Line {
    words: notify::Words,
    sent: String,
    read: String,
    letters: Vec<Letter>,
}

#[derive(Template)]
#[template(path = "contact/page.html")]
struct NoticesPage {
    shell: Shell,
    trail: Vec<Link>,
    number: String,
    action: String,
    email: String,
    is_given: bool,
    may_give: bool,
    field: Field,
    faults: Vec<Fault>,
    lines: Vec<Line>,
}

impl Services {
    fn notices_page(
        &self,
        shell: Shell,
        told: Told,
        typed: Option<&str>,
        refusal: Option<&Refusal>,
    ) -> NoticesPage {
        let number = told.request.number.to_string();
        let faults = refusal.map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let field = Field::email(&shell, "email", shell.t("contact-email"))
            .hint(shell.t("contact-email-hint"))
            .value(typed.unwrap_or(&told.email))
            .faults(&faults);
        let action = format!("/requests/{number}/notices");
        let lines = told.notices.iter().map(|(notice, deliveries)| {
            let offset = crate::export::lists::offset();
            let digits = if shell.has_arabic_digits() { Digits::Arabic } else { Digits::Latin };
            let words = notify::words_of(notice, &self.texts, shell.lang, digits, offset);
            let again = format!("{action}/{}/send-again", notice.id);
            let letter = |delivery| letter(&shell, delivery, if told.may_send_again { &again } else { "" });
            Line {
                words,
                sent: shell.moment(notice.sent_at),
                read: notice.read_at.map(|at| shell.moment(at)).unwrap_or_default(),
                letters: deliveries.iter().map(letter).collect(),
            }
        });
        let (above, title) =
            if told.may_give { ("/requests", "request-mine") } else { ("/desk", "desk-title") };
        NoticesPage {
            trail: vec![
                Link::new(above, shell.t(title)),
                Link::new(format!("{above}/{number}"), shell.in_digits(number.clone())),
            ],
            lines: lines.collect(),
            number,
            action,
            email: told.email,
            is_given: told.is_given,
            may_give: told.may_give,
            faults: named(faults, std::slice::from_ref(&field)),
            field,
            shell,
        }
    }
}

fn letter(shell: &Shell, delivery: &notify::Delivery, again: &str) -> Letter {
    let retried = delivery.state.may_be_retried() && !again.is_empty();
    let next = delivery.retry_at.map(|at| shell.t1("contact-next", "when", shell.moment(at)));
    Letter {
        means: shell.t(&format!("contact-means-{}", delivery.means.code())),
        signal: delivery.state.signal(),
        state: shell.t(&format!("contact-state-{}", delivery.state.code().replace('_', "-"))),
        address: delivery.address.clone(),
        since: shell.moment(delivery.at),
        reason: delivery.reason.clone().unwrap_or_default(),
        next: next.unwrap_or_default(),
        again: if retried { again.to_owned() } else { String::new() },
    }
}

async fn show(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(number): Path<RequestNumber>,
) -> Result<Response, web::Error> {
    let told = services.told_about(&actor, &number).await?;
    Ok(Page(services.notices_page(shell, told, None, None)).into_response())
}

#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    email: String,
}

async fn give(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(number): Path<RequestNumber>,
    Form(given): Form<Given>,
) -> Result<Response, web::Error> {
    match services.give_email(&actor, &number, &given.email).await {
        Ok(()) => Ok(see_other(&format!("/requests/{number}/notices"))),
        Err(failure) => {
            let refusal = failure.invalid()?;
            let told = services.told_about(&actor, &number).await?;
            let page = services.notices_page(shell, told, Some(&given.email), Some(&refusal));
            Ok(stay(Kind::Invalid, page))
        }
    }
}

async fn again(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Path((number, notice)): Path<(RequestNumber, Uuid)>,
) -> Result<Response, web::Error> {
    services.send_again(&actor, &number, notice).await?;
    Ok(see_other(&format!("/requests/{number}/notices")))
}
