//! Appointing a person to a role.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Appointment, ROLES, table};
use crate::{body, unit};

pub(crate) const ROLE_UNKNOWN: Refusal = Refusal::new(Kind::Invalid, "org.role_unknown", &[]);
pub(crate) const PERIOD_INVALID: Refusal = Refusal::new(Kind::Invalid, "org.period_invalid", &[]);

#[derive(Clone, Debug)]
pub struct Appoint {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub person: Uuid,
    pub body: Uuid,
    pub unit: Option<Uuid>,
    /// One of [`ROLES`].
    pub role: String,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

impl Verb for Appoint {
    type Answer = Appointment;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Appointment, Failure> {
        self.check()?;
        body::table::body(tx, self.body).await?.ok_or(Refusal::not_found())?;
        if let Some(id) = self.unit {
            let unit = unit::table::unit(tx, id).await?;
            unit.filter(|unit| unit.body == self.body).ok_or(Refusal::not_found())?;
        }
        let held = self.appointment();
        table::insert(tx, &held).await?;
        ledger::append(tx, self.entry(&held)).await?;
        Ok(held)
    }
}

impl Appoint {
    fn check(&self) -> Result<(), Refusal> {
        if !ROLES.contains(&self.role.as_str()) {
            return Err(ROLE_UNKNOWN.with_item("role", "enum", ""));
        }
        if self.until.is_some_and(|until| until <= self.from) {
            return Err(PERIOD_INVALID.with_item("until", "period_order", ""));
        }
        Ok(())
    }

    fn appointment(&self) -> Appointment {
        Appointment {
            id: Uuid::now_v7(),
            person: self.person,
            body: self.body,
            unit: self.unit,
            role: self.role.clone(),
            from: self.from,
            until: self.until,
        }
    }

    fn entry(&self, held: &Appointment) -> Entry<'static> {
        Entry {
            kind: "appointment.made",
            subject: format!("person/{}", self.person),
            actor: self.actor,
            controls: &[],
            body: json!({
                "appointment": held.id,
                "body": held.body,
                "unit": held.unit,
                "role": held.role,
                "from": held.from.to_string(),
                "until": held.until.map(|until| until.to_string()),
            }),
            at: self.at,
        }
    }
}
