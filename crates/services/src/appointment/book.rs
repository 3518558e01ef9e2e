//! The applicant takes a slot, or another one in its place: the old one is given back in the same commit.

use std::sync::Arc;

use authz::{Failure, Refusal};
use clock::{DAY, Timestamp};
use jobs::Job;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    Appointment, AppointmentState, CONTROLS, FULL, NOT_COLLECTED, NOT_OFFERED, Plan, offer, remind, table,
};
use crate::{
    entry::directory::Provider,
    request::{Request, State, act::Acting},
    telling::Telling,
};

/// How long before its slot a person is reminded.
pub const REMINDED_BEFORE_DAYS: u32 = 1;

pub(crate) struct Book {
    pub acting: Acting,
    pub provider: Arc<Provider>,
    pub starts_at: Timestamp,
    pub telling: Telling,
}

impl Verb for Book {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let request = self.acting.permitted(tx, "collect").await?;
        let plan = table::plan_of(tx, request.entry).await?;
        let plan = plan.filter(|_| request.state == State::Completed).ok_or(NOT_COLLECTED)?;
        let now = self.acting.clock.now();
        if !plan.offers(self.starts_at, &self.provider.calendar, now) {
            return Err(NOT_OFFERED.with_item("slot", "slot_not_offered", "").into());
        }
        let earlier = table::of_request(tx, request.id).await?;
        if earlier.as_ref().is_some_and(|earlier| earlier.state == AppointmentState::HandedOver) {
            return Err(NOT_COLLECTED.into());
        }
        if let Some(same) = earlier.as_ref().filter(|it| it.plan == plan.id && it.starts_at == self.starts_at)
        {
            return Ok(same.id);
        }
        if !table::take(tx, &plan, self.starts_at).await? {
            return Err(self.full(tx, &plan, now).await?.into());
        }
        match earlier {
            Some(earlier) => self.move_it(tx, &request, &plan, earlier, now).await,
            None => self.make(tx, &request, &plan, now).await,
        }
    }
}

impl Book {
    async fn full(&self, tx: &Tx, plan: &Plan, now: Timestamp) -> Result<Refusal, Failure> {
        let calendar = &self.provider.calendar;
        let free = offer::next_free(tx, plan, calendar, self.starts_at, now).await?;
        let named = |refusal: Refusal, slot: &offer::Slot| {
            refusal.with_item("slot", "next_free", &slot.starts_at.to_string())
        };
        Ok(free.iter().fold(FULL, named))
    }

    async fn make(&self, tx: &Tx, request: &Request, plan: &Plan, now: Timestamp) -> Result<Uuid, Failure> {
        let appointment = Appointment {
            id: Uuid::now_v7(),
            request: request.id,
            body: request.body,
            plan: plan.id,
            starts_at: self.starts_at,
            ends_at: plan.ends_of(self.starts_at),
            state: AppointmentState::Booked,
            sequence: 0,
            booked_at: now,
            changed_at: now,
            reminded_at: None,
            handover: None,
        };
        table::insert(tx, &appointment).await?;
        self.tell(tx, request, plan, &appointment, "appointment.booked", "appointment-booked").await
    }

    async fn move_it(
        &self,
        tx: &Tx,
        request: &Request,
        plan: &Plan,
        earlier: Appointment,
        now: Timestamp,
    ) -> Result<Uuid, Failure> {
        table::free(tx, earlier.plan, earlier.starts_at).await?;
        let appointment = Appointment {
            plan: plan.id,
            starts_at: self.starts_at,
            ends_at: plan.ends_of(self.starts_at),
            changed_at: now,
            reminded_at: None,
            ..earlier
        };
        if !table::update(tx, &appointment).await? {
            return Err(store::StoreError::Busy.into());
        }
        self.tell(tx, request, plan, &appointment, "appointment.moved", "appointment-moved").await
    }

    /// The ledger, the person, and the reminder when there is time for one.
    async fn tell(
        &self,
        tx: &Tx,
        request: &Request,
        plan: &Plan,
        appointment: &Appointment,
        kind: &'static str,
        key: &'static str,
    ) -> Result<Uuid, Failure> {
        let now = appointment.changed_at;
        let entry = ledger::Entry {
            kind,
            subject: request.subject(),
            actor: Some(self.acting.actor.person),
            controls: CONTROLS,
            body: json!({ "number": request.number.as_str(), "appointment": appointment.id,
                "starts_at": appointment.starts_at.to_string(), "place": plan.place }),
            at: now,
        };
        ledger::append(tx, entry).await?;
        let message = self.telling.message(request, key);
        let message = message.moment("slot_at", appointment.starts_at).text("place", &plan.place);
        self.telling.tell(tx, message, now).await?;
        let remind_at = appointment.starts_at - DAY * REMINDED_BEFORE_DAYS;
        if remind_at > now {
            let job = Job {
                kind: remind::KIND,
                key: format!("{}/{}", appointment.id, appointment.starts_at.0),
                payload: json!({ "appointment": appointment.id, "starts_at": appointment.starts_at.0 }),
                run_at: remind_at,
            };
            jobs::enqueue(tx, job).await?;
        }
        Ok(appointment.id)
    }
}
