//! Recording that a person may act for a legal entity.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Mandate, table};
use crate::{entity, person};

const PERIOD_INVALID: Refusal = Refusal::new(Kind::Invalid, "identity.period_invalid", &["LY-SVC-1.12"]);

#[derive(Clone, Debug)]
pub struct GrantMandate {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub person: Uuid,
    pub entity: Uuid,
    /// [`super::SCOPE_ALL`] or the id of a service.
    pub scope: String,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

impl Verb for GrantMandate {
    type Answer = Mandate;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Mandate, Failure> {
        if self.until.is_some_and(|until| until <= self.from) {
            return Err(PERIOD_INVALID.with_item("until", "period_order", "").into());
        }
        person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        entity::table::entity(tx, self.entity).await?.ok_or(Refusal::not_found())?;
        let mandate = Mandate {
            id: Uuid::now_v7(),
            person: self.person,
            entity: self.entity,
            scope: self.scope.clone(),
            from: self.from,
            until: self.until,
        };
        table::insert(tx, &mandate).await?;
        let entry = Entry {
            kind: "mandate.granted",
            subject: format!("entity/{}", self.entity),
            actor: self.actor,
            controls: &["LY-SVC-1.12"],
            body: json!({
                "mandate": mandate.id,
                "person": mandate.person,
                "scope": mandate.scope,
                "until": mandate.until.map(|until| until.to_string()),
            }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(mandate)
    }
}
