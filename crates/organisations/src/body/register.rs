//! Registering a public body.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use language::Text;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Body, BodyKind, function, table};

pub(crate) const TYPE_MISSING: Refusal = Refusal::new(Kind::Invalid, "org.type_missing", &["LY-SVC-1.05"]);
pub(crate) const SLUG_TAKEN: Refusal = Refusal::new(Kind::Conflict, "org.slug_taken", &[]);

/// Enters a body into the register. Without a kind it is refused (LY-SVC-1.05).
#[derive(Clone, Debug, Default)]
pub struct RegisterBody {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub slug: String,
    pub kind: Option<BodyKind>,
    pub parent: Option<Uuid>,
    pub name: Text,
    pub short: Text,
    pub mandate: Text,
    pub functions: Vec<String>,
    pub city: Text,
    pub phone: String,
}

impl Verb for RegisterBody {
    type Answer = Body;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Body, Failure> {
        let kind = self.kind.ok_or_else(|| TYPE_MISSING.with_item("kind", "required", ""))?;
        if table::body_by_slug(tx, &self.slug).await?.is_some() {
            return Err(SLUG_TAKEN.into());
        }
        if let Some(parent) = self.parent {
            super::change::check_above(tx, None, parent).await?;
        }
        let body = self.body(kind);
        table::insert(tx, &body, self.at).await?;
        for name in &body.functions {
            function::give(tx, (body.id, None), name, self.at).await?;
        }
        ledger::append(tx, self.entry(&body)).await?;
        Ok(body)
    }
}

impl RegisterBody {
    fn body(&self, kind: BodyKind) -> Body {
        let mut functions = self.functions.clone();
        functions.sort();
        functions.dedup();
        Body {
            id: Uuid::now_v7(),
            slug: self.slug.clone(),
            kind,
            parent: self.parent,
            closed_at: None,
            successor: None,
            name: self.name.clone(),
            short: self.short.clone(),
            mandate: self.mandate.clone(),
            functions,
            city: self.city.clone(),
            phone: self.phone.clone(),
        }
    }

    fn entry(&self, body: &Body) -> Entry<'static> {
        Entry {
            kind: "body.registered",
            subject: format!("body/{}", body.id),
            actor: self.actor,
            controls: &["LY-SVC-1.05"],
            body: json!({
                "slug": body.slug,
                "kind": body.kind.word(),
                "parent": body.parent,
                "name": body.name,
                "functions": body.functions,
            }),
            at: self.at,
        }
    }
}
