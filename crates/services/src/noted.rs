//! A refusal that cites an article is an event too: it stands in the ledger beside what succeeded.

use authz::{Actor, Failure, Refusal};
use clock::Timestamp;
use serde_json::json;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use crate::Services;

struct Note {
    actor: Uuid,
    subject: String,
    refusal: Refusal,
    at: Timestamp,
}

impl Verb for Note {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        let items: Vec<_> = self.refusal.items.iter().map(|item| json!([item.field, item.code])).collect();
        let entry = ledger::Entry {
            kind: "refused",
            subject: self.subject.clone(),
            actor: Some(self.actor),
            controls: self.refusal.controls,
            body: json!({ "code": self.refusal.code, "items": items }),
            at: self.at,
        };
        ledger::append(tx, entry).await.map(drop)
    }
}

impl Services {
    /// Passes an outcome on, and records it when it is a refusal with an article.
    pub(crate) async fn noted<T>(
        &self,
        actor: &Actor,
        subject: &str,
        outcome: Result<T, Failure>,
    ) -> Result<T, Failure> {
        if let Err(Failure::Refused(refusal)) = &outcome
            && !refusal.controls.is_empty()
        {
            let note = Note {
                actor: actor.person,
                subject: subject.to_owned(),
                refusal: refusal.clone(),
                at: self.clock.now(),
            };
            self.store.write(note).await?;
        }
        outcome
    }
}
