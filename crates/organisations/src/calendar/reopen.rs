//! Taking a holiday back: a feast that the moon moved, a day that was entered by mistake.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;

#[derive(Clone, Debug)]
pub struct Reopen {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub body: Uuid,
    /// Local day since 1970-01-01.
    pub day: i64,
}

impl Verb for Reopen {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        if !table::remove_holiday(tx, self.body, self.day).await? {
            return Err(Refusal::not_found().into());
        }
        let entry = Entry {
            kind: "calendar.holiday_removed",
            subject: format!("body/{}", self.body),
            actor: self.actor,
            controls: &[],
            body: json!({ "day": table::day_in_words(self.day) }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
