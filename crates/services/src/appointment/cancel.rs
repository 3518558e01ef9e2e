//! The applicant gives the slot back; somebody else may take it at once.

use authz::Failure;
use serde_json::json;
use store::{Tx, Verb};

use super::{Appointment, AppointmentState, CONTROLS, NONE_OPEN, table};
use crate::request::act::Acting;

pub(crate) struct Cancel {
    pub acting: Acting,
}

impl Verb for Cancel {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let request = self.acting.permitted(tx, "collect").await?;
        let booked = table::of_request(tx, request.id).await?;
        let booked = booked.filter(|it| it.state == AppointmentState::Booked).ok_or(NONE_OPEN)?;
        let now = self.acting.clock.now();
        table::free(tx, booked.plan, booked.starts_at).await?;
        let cancelled = Appointment { state: AppointmentState::Cancelled, changed_at: now, ..booked };
        if !table::update(tx, &cancelled).await? {
            return Err(store::StoreError::Busy.into());
        }
        let entry = ledger::Entry {
            kind: "appointment.cancelled",
            subject: request.subject(),
            actor: Some(self.acting.actor.person),
            controls: CONTROLS,
            body: json!({ "number": request.number.as_str(), "appointment": cancelled.id }),
            at: now,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
