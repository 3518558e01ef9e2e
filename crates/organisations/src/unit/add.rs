//! Adding a unit to a body.

use authz::{Failure, Refusal};
use clock::Timestamp;
use language::Text;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Unit, table};
use crate::body::{self, register::SLUG_TAKEN};

#[derive(Clone, Debug)]
pub struct AddUnit {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub body: Uuid,
    pub slug: String,
    pub name: Text,
}

impl Verb for AddUnit {
    type Answer = Unit;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Unit, Failure> {
        body::table::body(tx, self.body).await?.ok_or(Refusal::not_found())?;
        let unit =
            Unit { id: Uuid::now_v7(), body: self.body, slug: self.slug.clone(), name: self.name.clone() };
        match table::insert(tx, &unit).await {
            Err(error) if error.is_duplicate() => return Err(SLUG_TAKEN.into()),
            other => other?,
        }
        let entry = Entry {
            kind: "unit.added",
            subject: format!("body/{}", self.body),
            actor: self.actor,
            controls: &[],
            body: json!({ "unit": unit.id, "slug": unit.slug, "name": unit.name }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(unit)
    }
}
