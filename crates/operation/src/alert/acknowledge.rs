//! Somebody takes an alert upon themselves and says what they do about it.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Policies, Refusal};
use clock::Clock;
use compliance::Door;
use serde_json::json;
use store::{OnceKey, Tx, Verb};
use uuid::Uuid;

use super::{subject, table};
use crate::{Operation, people};

/// Characters of a note.
pub(crate) const NOTE_CHARACTERS_MAX: usize = 500;
const CONTROLS: &[&str] = &["KW-RW-9.1.2.e1"];

pub(crate) struct Acknowledge {
    pub actor: Actor,
    pub alert: Uuid,
    pub note: String,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for Acknowledge {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let installation = people::installation(tx).await?;
        if !self.policies.decide("operation", &self.actor, "see", &installation).permitted {
            return Err(Refusal::not_found().into());
        }
        self.policies.require("operation", &self.actor, "acknowledge", &installation)?;
        let note = checked(&self.note)?;
        let alert = table::find(tx, self.alert).await?.ok_or_else(Refusal::not_found)?;
        let (by, at) = (self.actor.person, self.clock.now());
        if !table::acknowledge(tx, alert.id, by, note, at).await? {
            return Err(Refusal::new(Kind::Conflict, "alert.acknowledged", CONTROLS).into());
        }
        for person in people::administrators(tx, at).await? {
            notify::settle(tx, person.id, &alert.subject()).await?;
        }
        let recorded = ledger::Entry {
            kind: "alert.acknowledged",
            subject: alert.subject(),
            actor: Some(by),
            controls: CONTROLS,
            body: json!({ "component": alert.component, "note": note }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }
}

fn checked(note: &str) -> Result<&str, Refusal> {
    let note = note.trim();
    let wrong = |code, detail: &str| {
        Refusal::new(Kind::Invalid, "alert.note_missing", CONTROLS).with_item("note", code, detail)
    };
    if note.is_empty() {
        return Err(wrong("required", ""));
    }
    if note.chars().count() > NOTE_CHARACTERS_MAX {
        return Err(wrong("too_long", &NOTE_CHARACTERS_MAX.to_string()));
    }
    Ok(note)
}

impl Operation {
    pub(crate) async fn acknowledge(
        &self,
        actor: &Actor,
        alert: Uuid,
        note: String,
        key: Option<OnceKey>,
    ) -> Result<(), Failure> {
        let (policies, clock) = (self.policies.clone(), self.clock.clone());
        let verb = Acknowledge { actor: actor.clone(), alert, note, policies, clock };
        self.carry_out(actor, &subject(alert), verb, key).await
    }
}
