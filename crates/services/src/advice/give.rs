//! Whoever was asked says what they think; once, and for good.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Policies, Refusal};
use clock::Clock;
use language::clean_text;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{ANSWER_CHARACTERS_MAX, ANSWER_CHARACTERS_MIN, table};
use crate::{Services, request};

struct Give {
    actor: Actor,
    advice: Uuid,
    answer: String,
    policies: Arc<Policies>,
    clock: Clock,
}

impl Verb for Give {
    /// The number of the request.
    type Answer = String;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<String, Failure> {
        let advice = table::find(tx, self.advice).await?.ok_or(Refusal::not_found())?;
        let resource = advice.resource(&self.actor);
        if !self.policies.decide("services", &self.actor, "give_advice", &resource).permitted {
            return Err(Refusal::not_found().into());
        }
        let request = request::table::by_id(tx, advice.request).await?.ok_or(Refusal::not_found())?;
        let at = self.clock.now();
        if !table::answer(tx, advice.id, &self.answer, self.actor.person, at).await? {
            return Err(Refusal::new(Kind::Conflict, "advice.given", &[]).into());
        }
        let entry = ledger::Entry {
            kind: "advice.given",
            subject: request.subject(),
            actor: Some(self.actor.person),
            controls: &[],
            body: json!({ "number": request.number.as_str(), "advice": advice.id, "late": at > advice.due_at }),
            at,
        };
        ledger::append(tx, entry).await?;
        Ok(request.number.to_string())
    }
}

impl Services {
    pub(crate) async fn give_advice(
        &self,
        actor: &Actor,
        advice: Uuid,
        answer: &str,
    ) -> Result<String, Failure> {
        let answer = clean_text(answer).trim().to_owned();
        let refusal = Refusal::new(Kind::Invalid, "advice.incomplete", &[]);
        match answer.chars().count() {
            0 => return Err(refusal.with_item("answer", "required", "").into()),
            n if n < ANSWER_CHARACTERS_MIN => {
                return Err(refusal
                    .with_item("answer", "too_short", &ANSWER_CHARACTERS_MIN.to_string())
                    .into());
            }
            n if n > ANSWER_CHARACTERS_MAX => {
                return Err(refusal
                    .with_item("answer", "too_long", &ANSWER_CHARACTERS_MAX.to_string())
                    .into());
            }
            _ => {}
        }
        let (policies, clock) = (self.policies.clone(), self.clock.clone());
        let number = self.store.write(Give { actor: actor.clone(), advice, answer, policies, clock }).await?;
        self.ledger.wake();
        Ok(number)
    }
}
