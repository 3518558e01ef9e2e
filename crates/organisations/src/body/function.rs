//! Giving a body a function of its own.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{HELD_ONCE, table};
use crate::unit;

pub(crate) const FUNCTION_TAKEN: Refusal =
    Refusal::new(Kind::Conflict, "org.function_taken", &["LY-SVC-1.02"]);

/// Gives a registered body one more function. Giving it again changes nothing.
#[derive(Clone, Debug)]
pub struct GiveFunction {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub body: Uuid,
    /// The unit of the body that sees to it.
    pub unit: Option<Uuid>,
    pub function: String,
}

impl Verb for GiveFunction {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let body = table::body(tx, self.body).await?.ok_or(Refusal::not_found())?;
        if body.has_function(&self.function) {
            return Ok(());
        }
        if let Some(unit) = self.unit {
            let unit = unit::table::unit(tx, unit).await?.filter(|unit| unit.body == body.id);
            unit.ok_or(Refusal::not_found())?;
        }
        give(tx, (body.id, self.unit), &self.function, self.at).await?;
        let entry = Entry {
            kind: "body.function_given",
            subject: format!("body/{}", body.id),
            actor: self.actor,
            controls: &["LY-SVC-1.02"],
            body: json!({ "function": self.function, "unit": self.unit }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

/// The question is asked first for a clear answer; the unique index answers those who asked at the same moment.
pub(super) async fn give(
    tx: &Tx,
    (body, unit): (Uuid, Option<Uuid>),
    function: &str,
    at: Timestamp,
) -> Result<(), Failure> {
    if HELD_ONCE.contains(&function) && table::holder_of(tx, function).await?.is_some() {
        return Err(FUNCTION_TAKEN.into());
    }
    match table::insert_function(tx, (body, unit), function, at).await {
        Err(error) if error.is_duplicate() => Err(FUNCTION_TAKEN.into()),
        other => Ok(other?),
    }
}

/// A body no longer holds a function. That it did is kept.
#[derive(Clone, Debug)]
pub struct EndFunction {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub body: Uuid,
    pub function: String,
    pub reason: String,
}

impl Verb for EndFunction {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        if !table::end_function(tx, self.body, &self.function, self.at).await? {
            return Err(Refusal::not_found().into());
        }
        let entry = Entry {
            kind: "body.function_ended",
            subject: format!("body/{}", self.body),
            actor: self.actor,
            controls: &["LY-SVC-1.02"],
            body: json!({ "function": self.function, "reason": self.reason }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

/// A function that one body holds goes to another in one act, so that at no moment two hold it, or nobody.
#[derive(Clone, Debug)]
pub struct HandOverFunction {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub function: String,
    pub to: Uuid,
    pub reason: String,
}

impl Verb for HandOverFunction {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let to = table::body(tx, self.to).await?.filter(|body| body.closed_at.is_none());
        let to = to.ok_or(Refusal::not_found())?;
        let from = table::holder_of(tx, &self.function).await?.ok_or(Refusal::not_found())?;
        if from == to.id {
            return Err(FUNCTION_TAKEN.into());
        }
        table::end_function(tx, from, &self.function, self.at).await?;
        give(tx, (to.id, None), &self.function, self.at).await?;
        for body in [from, to.id] {
            let entry = Entry {
                kind: "body.function_handed_over",
                subject: format!("body/{body}"),
                actor: self.actor,
                controls: &["LY-SVC-1.02"],
                body: json!({ "function": self.function, "from": from, "to": to.id, "reason": self.reason }),
                at: self.at,
            };
            ledger::append(tx, entry).await?;
        }
        Ok(())
    }
}
