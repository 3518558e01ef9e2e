//! Asking for a paper copy: the address, on one page.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{Router, response::Response, routing::get};
use serde::Deserialize;
use web::{
    Fault, Form, Path, Shell,
    components::{self, Field},
    see_other, stay,
};

use crate::{
    Services,
    call::Visit,
    copy::{Address, NOT_OFFERED, ask::LINE_CHARACTERS_MAX, table},
    request::{RequestNumber, State, follow::Followed, page::about::About},
};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/requests/{number}/copy", get(show).post(ask))
}

#[derive(Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    street: String,
    #[serde(default)]
    city: String,
    #[serde(default)]
    phone: String,
}

/// What the page of a request says of its paper copy.
#[derive(Default)]
pub(crate) struct CopyNow {
    /// `asked`, `dispatched`, or nothing.
    pub state: &'static str,
    pub when: String,
    pub carrier: String,
    pub tracking: String,
    /// Where a copy can be asked for now.
    pub href: String,
}

#[derive(Template)]
#[template(path = "copy/page/ask.html")]
struct AskPage {
    about: About,
    fields: Vec<Field>,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Path(number): Path<RequestNumber>,
) -> Result<Response, web::Error> {
    Ok(services.copy_page(&actor, shell, &number, None, None).await?)
}

async fn ask(
    Visit { services, actor, shell }: Visit,
    Path(number): Path<RequestNumber>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let address = Address {
        recipient: typed.recipient.clone(),
        street: typed.street.clone(),
        city: typed.city.clone(),
        phone: typed.phone.clone(),
    };
    let refusal = match services.ask_for_copy(services.acting(&actor, &number, None), address, None).await {
        Ok(_) => return Ok(see_other(&format!("/requests/{number}"))),
        Err(failure) => failure.mendable()?,
    };
    Ok(services.copy_page(&actor, shell, &number, Some(typed), Some(refusal)).await?)
}

impl Services {
    async fn copy_page(
        &self,
        actor: &Actor,
        shell: Shell,
        number: &RequestNumber,
        typed: Option<Typed>,
        refusal: Option<Refusal>,
    ) -> Result<Response, Failure> {
        let followed = self.follow(actor, number).await?;
        if followed.request.applicant != actor.person {
            return Err(Refusal::not_found().into());
        }
        if !is_offered(&followed) {
            return Err(NOT_OFFERED.into());
        }
        let applicant = identity::person(&self.store.read(), actor.person).await?;
        let applicant = applicant.ok_or_else(Refusal::not_found)?;
        let typed = typed.unwrap_or(Typed {
            recipient: shell.text(&applicant.name).to_owned(),
            phone: applicant.phone,
            ..Typed::default()
        });
        let kind = refusal.as_ref().map(|refusal| refusal.kind);
        Ok(stay(kind, page(shell, &followed, &typed, refusal)))
    }

    /// How the paper copy of a request stands.
    pub(crate) async fn copy_now(&self, shell: &Shell, followed: &Followed) -> Result<CopyNow, Failure> {
        let copy = table::of_request(&self.store.read(), followed.request.id).await?;
        let href = || format!("/requests/{}/copy", followed.request.number);
        Ok(match copy {
            None if is_offered(followed) => CopyNow { href: href(), ..CopyNow::default() },
            None => CopyNow::default(),
            Some(copy) => match copy.dispatch {
                None => CopyNow { state: "asked", when: shell.day(copy.asked_at), ..CopyNow::default() },
                Some(dispatch) => CopyNow {
                    state: "dispatched",
                    when: shell.day(dispatch.at),
                    carrier: dispatch.carrier,
                    tracking: dispatch.tracking,
                    href: href(),
                },
            },
        })
    }
}

fn is_offered(followed: &Followed) -> bool {
    followed.entry.card.copy_by_post && followed.request.state == State::Completed
}

fn page(shell: Shell, followed: &Followed, typed: &Typed, refusal: Option<Refusal>) -> AskPage {
    let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
    let most = LINE_CHARACTERS_MAX.to_string();
    let text = |name: &str, value: &str, token: &str| {
        let label = shell.t(&format!("copy-{name}"));
        let field = Field::text(&shell, name, label).value(value).autocomplete(token);
        field.attribute("maxlength", &most).faults(&faults)
    };
    let fields = vec![
        text("recipient", &typed.recipient, "name"),
        text("street", &typed.street, "street-address"),
        text("city", &typed.city, "address-level2"),
        Field::telephone(&shell, "phone", shell.t("copy-phone"))
            .value(&typed.phone)
            .optional()
            .attribute("maxlength", &most)
            .faults(&faults),
    ];
    AskPage {
        about: About::of(&shell, followed, "copy-title"),
        faults: components::named(faults.clone(), &fields),
        fields,
        refusal,
        shell,
    }
}
