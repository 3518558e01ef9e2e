//! Setting the opening hours and the weekend of a body.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Hours, table};
use crate::body;

pub(crate) const HOURS_INVALID: Refusal = Refusal::new(Kind::Invalid, "org.hours_invalid", &[]);

#[derive(Clone, Debug)]
pub struct SetHours {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub body: Uuid,
    pub hours: Hours,
}

impl Verb for SetHours {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        if !self.hours.are_possible() {
            return Err(HOURS_INVALID.into());
        }
        body::table::body(tx, self.body).await?.ok_or(Refusal::not_found())?;
        table::put_hours(tx, self.body, &self.hours).await?;
        let entry = Entry {
            kind: "calendar.hours_set",
            subject: format!("body/{}", self.body),
            actor: self.actor,
            controls: &[],
            body: json!({
                "weekend_days": self.hours.weekend_days,
                "opens_minute": self.hours.opens_minute,
                "closes_minute": self.hours.closes_minute,
                "offset_minutes": self.hours.offset_minutes,
            }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
