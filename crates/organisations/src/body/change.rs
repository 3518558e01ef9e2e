//! Changing what is on record of a body: its names, its kind, the body above it. Its slug stays, for addresses lead there.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use language::Text;
use ledger::Entry;
use serde_json::json;
use store::{Sql, Tx, Verb};
use uuid::Uuid;

use super::{BodyKind, TREE_LEVELS_MAX, register::TYPE_MISSING, table};

pub(crate) const TREE_INVALID: Refusal = Refusal::new(Kind::Invalid, "org.tree_invalid", &[]);
pub(super) const CLOSED: Refusal = Refusal::new(Kind::Conflict, "org.body_closed", &[]);

#[derive(Clone, Debug)]
pub struct ChangeBody {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub body: Uuid,
    pub kind: Option<BodyKind>,
    pub parent: Option<Uuid>,
    pub name: Text,
    pub short: Text,
    pub mandate: Text,
    pub city: Text,
    pub phone: String,
    pub reason: String,
}

impl Verb for ChangeBody {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut body = table::body(tx, self.body).await?.ok_or(Refusal::not_found())?;
        if body.closed_at.is_some() {
            return Err(CLOSED.into());
        }
        let kind = self.kind.ok_or_else(|| TYPE_MISSING.with_item("kind", "required", ""))?;
        if let Some(parent) = self.parent.filter(|parent| body.parent != Some(*parent)) {
            check_above(tx, Some(body.id), parent).await?;
        }
        let before = json!({ "kind": body.kind.word(), "name": body.name, "parent": body.parent,
            "mandate": body.mandate, "phone": body.phone });
        (body.kind, body.parent) = (kind, self.parent);
        (body.name, body.short) = (self.name.clone(), self.short.clone());
        (body.mandate, body.city) = (self.mandate.clone(), self.city.clone());
        body.phone = self.phone.clone();
        table::save(tx, &body).await?;
        let entry = Entry {
            kind: "body.changed",
            subject: format!("body/{}", body.id),
            actor: self.actor,
            controls: &["LY-SVC-1.05"],
            body: json!({ "before": before, "reason": self.reason, "after": {
                "kind": kind.word(), "name": body.name, "parent": body.parent, "mandate": body.mandate,
                "phone": body.phone,
            } }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

/// A body may stand below another one that exists, unless that one stands below itself or the tree would become too deep.
pub(super) async fn check_above(sql: &impl Sql, body: Option<Uuid>, parent: Uuid) -> Result<(), Failure> {
    let no = || TREE_INVALID.with_item("parent", "tree", "");
    let mut above = Some(parent);
    for _ in 1..TREE_LEVELS_MAX {
        let Some(id) = above else { return Ok(()) };
        if Some(id) == body {
            return Err(no().into());
        }
        let found = table::body(sql, id).await?.filter(|body| body.closed_at.is_none());
        above = found.ok_or_else(no)?.parent;
    }
    Err(no().into())
}
