//! Recording the fields of a body's mandate.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;

/// Says in which fields a body may offer services, in place of what was said before (LY-SVC-1.11).
#[derive(Clone, Debug)]
pub struct SetFields {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub body: Uuid,
    /// Themes of the directory: `civil-status`.
    pub fields: Vec<String>,
}

impl Verb for SetFields {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let body = table::body(tx, self.body).await?.ok_or(Refusal::not_found())?;
        let mut fields = self.fields.clone();
        fields.sort();
        fields.dedup();
        table::set_fields(tx, body.id, &fields).await?;
        let entry = Entry {
            kind: "body.fields_set",
            subject: format!("body/{}", body.id),
            actor: self.actor,
            controls: &["LY-SVC-1.11"],
            body: json!({ "fields": fields }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
