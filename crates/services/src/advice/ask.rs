//! An officer asks a colleague or a unit of the body what they think of a case.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Policies, Refusal};
use clock::{DAY, Timestamp};
use compliance::Door;
use language::{Text, clean_text};
use notify::Address;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Advice, Asked, DAYS_DEFAULT, DAYS_MAX, QUESTION_CHARACTERS_MAX, table};
use crate::{
    Services,
    request::{RequestNumber, act::visible},
    telling,
};

struct Ask {
    actor: Actor,
    number: RequestNumber,
    advice: Advice,
    /// How the person who is asked is told; a unit looks into its list.
    told: Option<(Uuid, Address, Text)>,
    policies: Arc<Policies>,
}

impl Verb for Ask {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let request = visible(tx, &self.policies, &self.actor, &self.number).await?;
        self.policies.require("services", &self.actor, "ask_advice", &request.resource())?;
        if request.state.is_closed() {
            return Err(Refusal::new(Kind::Conflict, "process.transition", &["LY-SVC-17.1a"]).into());
        }
        let advice = Advice { request: request.id, body: request.body, ..self.advice.clone() };
        if advice.asked == Asked::Person(request.applicant) {
            return Err(Refusal::new(Kind::NotAllowed, "request.own", &["LY-SVC-16.1"]).into());
        }
        table::insert(tx, &advice).await?;
        let entry = ledger::Entry {
            kind: "advice.asked",
            subject: request.subject(),
            actor: Some(self.actor.person),
            controls: &[],
            body: json!({ "number": self.number.as_str(), "advice": advice.id, "of": advice.asked.word() }),
            at: advice.asked_at,
        };
        ledger::append(tx, entry).await?;
        if let Some((person, address, service)) = &self.told {
            let href = format!("/desk/{}#advices", self.number);
            let message = telling::message(*person, "advice-asked", request.subject(), href)
                .word("number", self.number.as_str())
                .text("service", service);
            notify::send(tx, advice.asked_at, message, Some(address.clone())).await?;
        }
        Ok(())
    }
}

impl Services {
    /// `of` is `person.<id>` or `unit.<id>`.
    pub async fn ask_advice(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        of: &str,
        question: &str,
        days: &str,
    ) -> Result<(), Failure> {
        let sql = self.store.read();
        let request = visible(&sql, &self.policies, actor, number).await?;
        let question = clean_text(question).trim().to_owned();
        let refusal = Refusal::new(Kind::Invalid, "advice.incomplete", &[]);
        let asked = Asked::named(of).ok_or_else(|| refusal.clone().with_item("of", "required", ""))?;
        if !self.sits_at(request.body, asked).await? {
            return Err(refusal.with_item("of", "choice", "").into());
        }
        if question.is_empty() {
            return Err(refusal.with_item("question", "required", "").into());
        }
        if question.chars().count() > QUESTION_CHARACTERS_MAX {
            let max = QUESTION_CHARACTERS_MAX.to_string();
            return Err(refusal.with_item("question", "too_long", &max).into());
        }
        let days = language::fold_digits(days).trim().parse().unwrap_or(DAYS_DEFAULT).clamp(1, DAYS_MAX);
        let at: Timestamp = self.clock.now();
        let advice = Advice {
            id: Uuid::now_v7(),
            request: request.id,
            body: request.body,
            asked_by: actor.person,
            asked,
            question,
            asked_at: at,
            due_at: at + DAY * days,
            answer: String::new(),
            answered_by: None,
            answered_at: None,
        };
        let told = self.told_of_advice(asked, request.entry).await?;
        let (actor_id, number) = (actor.clone(), number.clone());
        let subject = request.subject();
        let verb = Ask { actor: actor_id, number, advice, told, policies: self.policies.clone() };
        self.carry_out(actor, &subject, verb, None).await
    }

    /// Whether who is asked belongs to the body.
    async fn sits_at(&self, body: Uuid, asked: Asked) -> Result<bool, Failure> {
        let sql = self.store.read();
        match asked {
            Asked::Unit(unit) => {
                Ok(organisations::units(&sql, body).await?.iter().any(|known| known.id == unit))
            }
            Asked::Person(person) => {
                let roles = organisations::roles_of(&sql, person, self.clock.now()).await?;
                Ok(roles.iter().any(|role| role.body == body))
            }
        }
    }

    async fn told_of_advice(
        &self,
        asked: Asked,
        entry: Uuid,
    ) -> Result<Option<(Uuid, Address, Text)>, Failure> {
        let (Asked::Person(id), Some(entry)) = (asked, self.directory.entry_by_id(entry)) else {
            return Ok(None);
        };
        let person = identity::person(&self.store.read(), id).await?;
        Ok(person.and_then(|person| Some((id, person.address()?, entry.card.name.clone()))))
    }
}
