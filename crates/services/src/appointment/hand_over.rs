//! The officer hands over what was issued: who collected it, by which paper they proved who they are, and when.
//!
//! The name and the number stay in the row, where they can be erased; the ledger holds that it happened and who did it.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Policies, Refusal};
use clock::Clock;
use language::clean_text;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Appointment, AppointmentState, CONTROLS, Handover, NONE_OPEN, table};
use crate::{request, telling::Telling};

/// Characters of a name, and of the number of a paper.
pub const COLLECTOR_CHARACTERS_MAX: usize = 120;
pub const IDENTIFIER_CHARACTERS_MAX: usize = 40;

pub(crate) struct HandOver {
    pub actor: Actor,
    pub appointment: Uuid,
    pub collected_by: String,
    pub identifier: String,
    pub policies: Arc<Policies>,
    pub clock: Clock,
    pub telling: Telling,
}

impl Verb for HandOver {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let appointment = table::by_id(tx, self.appointment).await?.ok_or_else(Refusal::not_found)?;
        let desk = Appointment::desk(appointment.body);
        self.policies.require("services", &self.actor, "hand_over", &desk)?;
        let request = request::table::by_id(tx, appointment.request).await?;
        let request = request.ok_or_else(Refusal::not_found)?;
        if request.applicant == self.actor.person {
            return Err(Refusal::new(Kind::NotAllowed, "request.own", CONTROLS).into());
        }
        if appointment.state != AppointmentState::Booked {
            return Err(NONE_OPEN.into());
        }
        let now = self.clock.now();
        let handover = Handover { officer: self.actor.person, at: now, ..self.checked()? };
        let handed = Appointment {
            state: AppointmentState::HandedOver,
            handover: Some(handover),
            changed_at: now,
            ..appointment
        };
        if !table::update(tx, &handed).await? {
            return Err(store::StoreError::Busy.into());
        }
        let entry = ledger::Entry {
            kind: "appointment.handed_over",
            subject: request.subject(),
            actor: Some(self.actor.person),
            controls: CONTROLS,
            body: json!({ "number": request.number.as_str(), "appointment": handed.id }),
            at: now,
        };
        ledger::append(tx, entry).await?;
        let message = self.telling.message(&request, "appointment-handed-over");
        self.telling.tell(tx, message.moment("handed_at", now), now).await
    }
}

impl HandOver {
    fn checked(&self) -> Result<Handover, Refusal> {
        let clean = |typed: &str| clean_text(typed).trim().to_owned();
        let (collected_by, identifier) = (clean(&self.collected_by), clean(&self.identifier));
        let mut refusal = Refusal::new(Kind::Invalid, "appointment.collector_missing", CONTROLS);
        let fields = [
            ("collected_by", &collected_by, COLLECTOR_CHARACTERS_MAX),
            ("identifier", &identifier, IDENTIFIER_CHARACTERS_MAX),
        ];
        for (field, value, characters_max) in fields {
            match value.chars().count() {
                0 => refusal = refusal.with_item(field, "required", ""),
                n if n > characters_max => {
                    refusal = refusal.with_item(field, "too_long", &characters_max.to_string());
                }
                _ => {}
            }
        }
        if !refusal.items.is_empty() {
            return Err(refusal);
        }
        Ok(Handover { collected_by, identifier, officer: self.actor.person, at: self.clock.now() })
    }
}
