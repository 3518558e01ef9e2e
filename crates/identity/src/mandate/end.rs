//! Ending a mandate: from this moment on the person no longer acts for the entity.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;

/// Ends a mandate now. One that has ended already stays as it was.
#[derive(Clone, Debug)]
pub struct EndMandate {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub mandate: Uuid,
}

impl Verb for EndMandate {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mandate = table::find(tx, self.mandate).await?.ok_or(Refusal::not_found())?;
        if !table::end(tx, mandate.id, self.at).await? {
            return Ok(());
        }
        let entry = Entry {
            kind: "mandate.ended",
            subject: format!("entity/{}", mandate.entity),
            actor: self.actor,
            controls: &["LY-SVC-1.12"],
            body: json!({ "mandate": mandate.id, "person": mandate.person }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
