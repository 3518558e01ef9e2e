//! The reminder: a job that was ordered with the booking and does nothing when the slot was moved or given back.

use std::sync::Arc;

use async_trait::async_trait;
use authz::{Failure, Refusal};
use clock::{Clock, Timestamp};
use jobs::{JobError, Task, Work};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Appointment, AppointmentState, Plan, table};
use crate::{
    Services,
    request::{self, Request},
    telling::Telling,
};

/// The kind of job that reminds.
pub const KIND: &str = "services.remind_of_appointment";

/// The worker of [`KIND`].
pub struct RemindOfAppointment(pub Arc<Services>);

#[async_trait]
impl Work for RemindOfAppointment {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let id = task.payload.get("appointment").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
        let id: Uuid = id.ok_or_else(|| JobError::Never("the payload names no appointment".into()))?;
        let starts_at = task.payload.get("starts_at").and_then(serde_json::Value::as_i64).unwrap_or_default();
        self.0.remind(id, Timestamp(starts_at)).await.map_err(JobError::of)
    }
}

impl Services {
    async fn remind(&self, id: Uuid, starts_at: Timestamp) -> Result<(), Failure> {
        let sql = self.store.read();
        let appointment = table::by_id(&sql, id).await?.ok_or_else(Refusal::not_found)?;
        if !is_due(&appointment, starts_at, self.clock.now()) {
            return Ok(());
        }
        let plan = table::plan_by_id(&sql, appointment.plan).await?.ok_or_else(Refusal::not_found)?;
        let request = request::table::by_id(&sql, appointment.request).await?;
        let request = request.ok_or_else(Refusal::not_found)?;
        let telling = self.telling_of(&request).await?;
        self.store.write(Remind { id, starts_at, plan, request, telling, clock: self.clock.clone() }).await
    }
}

/// The slot still stands, lies ahead, and nobody was reminded of it.
fn is_due(appointment: &Appointment, starts_at: Timestamp, now: Timestamp) -> bool {
    appointment.state == AppointmentState::Booked
        && appointment.starts_at == starts_at
        && appointment.reminded_at.is_none()
        && now < starts_at
}

struct Remind {
    id: Uuid,
    starts_at: Timestamp,
    plan: Plan,
    request: Request,
    telling: Telling,
    clock: Clock,
}

impl Verb for Remind {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let appointment = table::by_id(tx, self.id).await?.ok_or_else(Refusal::not_found)?;
        let now = self.clock.now();
        if !is_due(&appointment, self.starts_at, now) {
            return Ok(());
        }
        let reminded = Appointment { reminded_at: Some(now), ..appointment };
        if !table::update(tx, &reminded).await? {
            return Err(store::StoreError::Busy.into());
        }
        let message = self.telling.message(&self.request, "appointment-soon");
        let message = message.moment("slot_at", self.starts_at).text("place", &self.plan.place);
        self.telling.tell(tx, message, now).await
    }
}
