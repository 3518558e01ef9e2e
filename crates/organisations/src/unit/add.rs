//! Adding a unit to a body.

use authz::{Failure, Refusal};
use clock::Timestamp;
use language::Text;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Unit, table};
use crate::{
    TREE_LEVELS_MAX,
    body::{self, change::TREE_INVALID, register::SLUG_TAKEN},
};

#[derive(Clone, Debug)]
pub struct AddUnit {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub body: Uuid,
    pub slug: String,
    pub name: Text,
    /// The unit of the same body that it belongs to.
    pub parent: Option<Uuid>,
}

impl Verb for AddUnit {
    type Answer = Unit;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Unit, Failure> {
        body::table::body(tx, self.body).await?.ok_or(Refusal::not_found())?;
        check_above(tx, self.body, self.parent).await?;
        let unit = Unit {
            id: Uuid::now_v7(),
            body: self.body,
            slug: self.slug.clone(),
            name: self.name.clone(),
            parent: self.parent,
            sensitive_from: None,
            sensitive_reason: String::new(),
        };
        match table::insert(tx, &unit).await {
            Err(error) if error.is_duplicate() => return Err(SLUG_TAKEN.into()),
            other => other?,
        }
        let entry = Entry {
            kind: "unit.added",
            subject: format!("body/{}", self.body),
            actor: self.actor,
            controls: &[],
            body: json!({ "unit": unit.id, "slug": unit.slug, "name": unit.name, "parent": unit.parent }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(unit)
    }
}

/// The unit above is one of the same body, and the tree stays as shallow as it may be.
async fn check_above(tx: &Tx, body: Uuid, parent: Option<Uuid>) -> Result<(), Failure> {
    let mut above = parent;
    for _ in 1..TREE_LEVELS_MAX {
        let Some(id) = above else { return Ok(()) };
        let unit = table::unit(tx, id).await?.filter(|unit| unit.body == body);
        above = unit.ok_or_else(|| TREE_INVALID.with_item("parent", "tree", ""))?.parent;
    }
    Err(TREE_INVALID.with_item("parent", "tree", "").into())
}
