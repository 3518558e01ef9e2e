//! Giving a body a function of its own.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{COMPETENT_ADMINISTRATION, table};

pub(crate) const FUNCTION_TAKEN: Refusal =
    Refusal::new(Kind::Conflict, "org.function_taken", &["LY-SVC-1.02"]);

/// Gives a registered body one more function. Giving it again changes nothing.
#[derive(Clone, Debug)]
pub struct GiveFunction {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub body: Uuid,
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
        give(tx, body.id, &self.function, self.at).await?;
        let entry = Entry {
            kind: "body.function_given",
            subject: format!("body/{}", body.id),
            actor: self.actor,
            controls: &["LY-SVC-1.02"],
            body: json!({ "function": self.function }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

/// The question is asked first for a clear answer; the unique index answers those who asked at the same moment.
pub(super) async fn give(tx: &Tx, body: Uuid, function: &str, at: Timestamp) -> Result<(), Failure> {
    if function == COMPETENT_ADMINISTRATION && table::holder_of(tx, function).await?.is_some() {
        return Err(FUNCTION_TAKEN.into());
    }
    match table::insert_function(tx, body, function, at).await {
        Err(error) if error.is_duplicate() => Err(FUNCTION_TAKEN.into()),
        other => Ok(other?),
    }
}
