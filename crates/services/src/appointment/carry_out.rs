//! From a call to a verb: what a verb of collection needs is looked up before its transaction.

use authz::{Actor, Failure, Refusal};
use clock::Timestamp;
use compliance::Door;
use store::OnceKey;
use uuid::Uuid;

use super::{Appointment, Plan, SetPlan, book::Book, cancel::Cancel, hand_over::HandOver, table};
use crate::{
    Services,
    request::{self, act::Acting},
};

impl Services {
    pub async fn book(
        &self,
        acting: Acting,
        starts_at: Timestamp,
        key: Option<OnceKey>,
    ) -> Result<Uuid, Failure> {
        let request = self.seen_by(&acting.actor, &acting.number).await?;
        let provider = self.directory.provider(request.body).ok_or_else(Refusal::not_found)?;
        let telling = self.telling_of(&request).await?;
        let verb = Book { acting: acting.clone(), provider, starts_at, telling };
        self.on_request(acting, verb, key).await
    }

    pub async fn cancel_appointment(&self, acting: Acting, key: Option<OnceKey>) -> Result<(), Failure> {
        let verb = Cancel { acting: acting.clone() };
        self.on_request(acting, verb, key).await
    }

    pub async fn hand_over(
        &self,
        actor: &Actor,
        appointment: Uuid,
        collected_by: &str,
        identifier: &str,
        key: Option<OnceKey>,
    ) -> Result<(), Failure> {
        let sql = self.store.read();
        let found = table::by_id(&sql, appointment).await?.ok_or_else(Refusal::not_found)?;
        // To whoever does not sit at this body's desk there is no such appointment.
        let desk = Appointment::desk(found.body);
        if !self.policies.decide("services", actor, "see_collection", &desk).permitted {
            return Err(Refusal::not_found().into());
        }
        let request = request::table::by_id(&sql, found.request).await?.ok_or_else(Refusal::not_found)?;
        let verb = HandOver {
            actor: actor.clone(),
            appointment,
            collected_by: collected_by.to_owned(),
            identifier: identifier.to_owned(),
            policies: self.policies.clone(),
            clock: self.clock.clone(),
            telling: self.telling_of(&request).await?,
        };
        self.carry_out(actor, &request.subject(), verb, key).await
    }

    pub async fn plan_collection(&self, actor: &Actor, plan: Plan) -> Result<(), Failure> {
        let subject = format!("body/{}", plan.body);
        let (policies, clock) = (self.policies.clone(), self.clock.clone());
        self.carry_out(actor, &subject, SetPlan { actor: actor.clone(), plan, policies, clock }, None).await
    }
}
