//! Setting a holiday. Clocks that run already keep the due date that people were told.

use authz::{Failure, Refusal};
use clock::Timestamp;
use language::Text;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::body;

#[derive(Clone, Debug)]
pub struct SetHoliday {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub body: Uuid,
    /// Local day since 1970-01-01, as `clock::days_from_civil` counts.
    pub day: i64,
    pub name: Text,
}

impl Verb for SetHoliday {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        body::table::body(tx, self.body).await?.ok_or(Refusal::not_found())?;
        table::put_holiday(tx, self.body, self.day, &self.name).await?;
        let entry = Entry {
            kind: "calendar.holiday_set",
            subject: format!("body/{}", self.body),
            actor: self.actor,
            controls: &[],
            body: json!({ "day": table::day_in_words(self.day), "name": self.name }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
