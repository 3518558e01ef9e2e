//! A batch is printed: each copy counts how often, and the ledger holds every print, the first and the next.

use std::sync::Arc;

use authz::{Actor, Failure, Policies, Refusal};
use clock::Clock;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{CONTROLS, table};
use crate::{appointment::Appointment, request};

pub(crate) struct PrintOut {
    pub actor: Actor,
    pub copies: Vec<Uuid>,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for PrintOut {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let now = self.clock.now();
        for id in &self.copies {
            let copy = table::by_id(tx, *id).await?.ok_or_else(Refusal::not_found)?;
            let desk = Appointment::desk(copy.body);
            self.policies.require("services", &self.actor, "post_copies", &desk)?;
            let request = request::table::by_id(tx, copy.request).await?.ok_or_else(Refusal::not_found)?;
            table::printed(tx, *id).await?;
            let entry = ledger::Entry {
                kind: if copy.prints == 0 { "copy.printed" } else { "copy.reprinted" },
                subject: request.subject(),
                actor: Some(self.actor.person),
                controls: CONTROLS,
                body: json!({ "number": request.number.as_str(), "copy": copy.id, "print": copy.prints + 1 }),
                at: now,
            };
            ledger::append(tx, entry).await?;
        }
        Ok(())
    }
}
