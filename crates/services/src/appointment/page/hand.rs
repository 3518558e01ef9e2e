//! The handover of one appointment: what is collected, by whom, and the paper with which they proved it.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Shell,
    components::{self, Field, Link},
    see_other, stay,
};

use super::choose::slot_words;
use crate::{
    Services,
    appointment::{Appointment, AppointmentState, hand_over, table},
    call::Visit,
    request,
};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/desk/appointments/{id}", get(show))
        .route("/desk/appointments/{id}/handover", post(hand_over_to))
}

#[derive(Debug, Default, Deserialize)]
struct Collector {
    #[serde(default)]
    collected_by: String,
    #[serde(default)]
    identifier: String,
}

#[derive(Template)]
#[template(path = "appointment/page/hand.html")]
struct HandPage {
    trail: Vec<Link>,
    id: Uuid,
    number: String,
    href: String,
    service: String,
    applicant: String,
    applicant_identifier: String,
    when: String,
    outputs: Vec<String>,
    is_open: bool,
    fields: Vec<Field>,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<HandPage>, web::Error> {
    Ok(Page(services.hand_page(&actor, shell, id, None, None).await?))
}

async fn hand_over_to(
    Visit { services, actor, shell }: Visit,
    Path(id): Path<Uuid>,
    Form(typed): Form<Collector>,
) -> Result<Response, web::Error> {
    let refusal = match services.hand_over(&actor, id, &typed.collected_by, &typed.identifier, None).await {
        Ok(()) => return Ok(see_other("/desk/appointments?done=1")),
        Err(failure) => failure.mendable()?,
    };
    let kind = refusal.kind;
    let page = services.hand_page(&actor, shell, id, Some(typed), Some(refusal)).await?;
    Ok(stay(kind, page))
}

impl Services {
    async fn hand_page(
        &self,
        actor: &Actor,
        shell: Shell,
        id: Uuid,
        typed: Option<Collector>,
        refusal: Option<Refusal>,
    ) -> Result<HandPage, Failure> {
        let sql = self.store.read();
        let appointment = table::by_id(&sql, id).await?.ok_or_else(Refusal::not_found)?;
        let desk = Appointment::desk(appointment.body);
        if !self.policies.decide("services", actor, "see_collection", &desk).permitted {
            return Err(Refusal::not_found().into());
        }
        let request = request::table::by_id(&sql, appointment.request).await?;
        let followed = self.follow(actor, &request.ok_or_else(Refusal::not_found)?.number).await?;
        let applicant = identity::person(&sql, followed.request.applicant).await?;
        let applicant = applicant.ok_or_else(Refusal::not_found)?;
        let name = shell.text(&applicant.name).to_owned();
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let typed = typed.unwrap_or(Collector { collected_by: name.clone(), identifier: String::new() });
        let fields = fields(&shell, &typed, &faults);
        let outputs = followed.outputs.iter().map(|output| followed.output_title(&shell, output));
        let number = followed.request.number.to_string();
        Ok(HandPage {
            trail: vec![
                Link::new("/desk", shell.t("desk-title")),
                Link::new("/desk/appointments", shell.t("appointment-day-title")),
            ],
            id,
            href: format!("/requests/{number}"),
            number: shell.in_digits(number),
            service: shell.text(&followed.entry.card.name).to_owned(),
            applicant: name,
            applicant_identifier: shell.in_digits(applicant.identifier.clone()),
            when: slot_words(&shell, appointment.starts_at),
            outputs: outputs.collect(),
            is_open: appointment.state == AppointmentState::Booked,
            faults: components::named(faults, &fields),
            fields,
            refusal,
            shell,
        })
    }
}

fn fields(shell: &Shell, typed: &Collector, faults: &[Fault]) -> Vec<Field> {
    let most = |characters: usize| characters.to_string();
    vec![
        Field::text(shell, "collected_by", shell.t("appointment-collector"))
            .hint(shell.t("appointment-collector-hint"))
            .value(&typed.collected_by)
            .attribute("maxlength", &most(hand_over::COLLECTOR_CHARACTERS_MAX))
            .faults(faults),
        Field::text(shell, "identifier", shell.t("appointment-identifier"))
            .value(&typed.identifier)
            .attribute("maxlength", &most(hand_over::IDENTIFIER_CHARACTERS_MAX))
            .short()
            .faults(faults),
    ]
}
