//! The competent administration ends an agreement, with its reason: the provider publishes nothing more until another one
//! is in force, and what is kept stays where it is (LY-SVC-20.1b).

use authz::{Failure, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::entry::authority::{Acting, reason};

pub(crate) struct EndStorage {
    pub acting: Acting,
    pub agreement: Uuid,
    pub reason: String,
}

impl Verb for EndStorage {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let agreement = table::find(tx, self.agreement).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check_whole(tx, "end_storage").await?;
        let note = reason("reason", &self.reason)?;
        let at = self.acting.clock.now();
        if !table::end(tx, agreement.id, &note, at).await? {
            return Err(Refusal::new(Kind::Conflict, "storage.ended", &["LY-SVC-20.1b"]).into());
        }
        let recorded = ledger::Entry {
            kind: "storage.ended",
            subject: format!("storage/{}", agreement.id),
            actor: Some(self.acting.actor.person),
            controls: &["LY-SVC-20.1b"],
            body: json!({ "body": agreement.body, "reason": note }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }
}
