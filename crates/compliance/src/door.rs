//! How a verb is carried out: once, and with every refusal that cites an article noted beside what succeeded.

use std::future::Future;

use authz::{Actor, Failure, Refusal};
use clock::{Clock, Timestamp};
use ledger::Ledger;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use store::{Once, OnceKey, Store, StoreError, Tx, Verb};
use uuid::Uuid;

/// A part of the product, as far as verbs are carried out through it.
pub trait Door: Send + Sync {
    fn store(&self) -> &Store;
    fn clock(&self) -> &Clock;
    fn ledger(&self) -> &Ledger;

    /// Runs a verb once and notes refusals under `subject`, the name that the ledger knows it by:
    /// `service/residence-certificate`.
    fn carry_out<V>(
        &self,
        actor: &Actor,
        subject: &str,
        verb: V,
        key: Option<OnceKey>,
    ) -> impl Future<Output = Result<V::Answer, Failure>> + Send
    where
        V: Verb<Error = Failure, Answer: Serialize + DeserializeOwned + Sync>,
    {
        async move {
            let outcome = self.store().write(Once { key, verb }).await;
            self.ledger().wake();
            self.noted(actor, subject, outcome).await
        }
    }

    /// Passes an outcome on, and records it when it is a refusal with an article.
    fn noted<T: Send>(
        &self,
        actor: &Actor,
        subject: &str,
        outcome: Result<T, Failure>,
    ) -> impl Future<Output = Result<T, Failure>> + Send {
        async move {
            if let Some(note) = NoteRefusal::of(actor, subject, &outcome, self.clock().now()) {
                self.store().write(note).await?;
                self.ledger().wake();
            }
            outcome
        }
    }
}

/// A refusal that cites an article is an event too: it stands in the ledger beside what succeeded.
struct NoteRefusal {
    actor: Uuid,
    subject: String,
    refusal: Refusal,
    at: Timestamp,
}

impl NoteRefusal {
    /// What is to be noted of an outcome, if it is such a refusal.
    fn of<T>(
        actor: &Actor,
        subject: &str,
        outcome: &Result<T, Failure>,
        at: Timestamp,
    ) -> Option<NoteRefusal> {
        let Err(Failure::Refused(refusal)) = outcome else { return None };
        let note =
            NoteRefusal { actor: actor.person, subject: subject.to_owned(), refusal: refusal.clone(), at };
        (!refusal.controls.is_empty()).then_some(note)
    }
}

impl Verb for NoteRefusal {
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
