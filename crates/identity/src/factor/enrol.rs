//! Enrolling a second factor.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::person;

/// Stores a sealed secret for the person; one that was enrolled before is replaced.
#[derive(Clone)]
pub struct EnrolTotp {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub person: Uuid,
    /// From [`crate::SecretKey::seal`].
    pub sealed: Vec<u8>,
}

impl Verb for EnrolTotp {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        table::put(tx, self.person, &self.sealed, self.at).await?;
        let entry = Entry {
            kind: "factor.enrolled",
            subject: format!("person/{}", self.person),
            actor: self.actor,
            controls: &["LY-SVC-8.1"],
            body: json!({ "factor": "totp" }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
