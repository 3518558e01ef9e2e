//! What every verb and page of compliance stands on, and how a verb is carried out.

use std::sync::Arc;

use authz::{Actor, Failure, Policies, Refusal};
use clock::{Clock, Timestamp};
use documents::Documents;
use identity::Identity;
use ledger::Ledger;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use store::{Once, OnceKey, Store, StoreError, Tx, Verb};
use uuid::Uuid;

use crate::{Packs, authority::Acting};

/// Tells of a body whether it provides services: whoever knows the directory answers.
pub type Provides = Arc<dyn Fn(Uuid) -> bool + Send + Sync>;

pub struct Compliance {
    pub store: Store,
    pub clock: Clock,
    pub ledger: Arc<Ledger>,
    pub documents: Arc<Documents>,
    pub policies: Arc<Policies>,
    pub packs: Arc<Packs>,
    pub provides: Provides,
    pub identity: Arc<Identity>,
}

impl Compliance {
    pub(crate) fn acting(&self, actor: &Actor) -> Acting {
        Acting { actor: actor.clone(), policies: self.policies.clone(), clock: self.clock.clone() }
    }

    /// Runs a verb once and notes refusals under `subject`, the name that the ledger knows it by.
    pub(crate) async fn carry_out<V>(
        &self,
        actor: &Actor,
        subject: &str,
        verb: V,
        key: Option<OnceKey>,
    ) -> Result<V::Answer, Failure>
    where
        V: Verb<Error = Failure, Answer: Serialize + DeserializeOwned + Sync>,
    {
        let outcome = self.store.write(Once { key, verb }).await;
        if let Some(note) = NoteRefusal::of(actor, subject, &outcome, self.clock.now()) {
            self.store.write(note).await?;
        }
        self.ledger.wake();
        outcome
    }

    /// What comes with time: attestations open and come due, exemptions end, what is late is reminded of.
    /// Safe on many nodes: each thing is done once.
    pub async fn keep_house(&self) -> Result<(), Failure> {
        self.open_attestations().await?;
        self.remind_of_attestations().await?;
        self.keep_exemptions().await?;
        self.remind_of_findings().await?;
        self.remind_of_attacks().await
    }
}

/// A refusal that cites an article is an event too: it stands in the ledger beside what succeeded.
pub struct NoteRefusal {
    actor: Uuid,
    subject: String,
    refusal: Refusal,
    at: Timestamp,
}

impl NoteRefusal {
    /// What is to be noted of an outcome, if it is such a refusal.
    pub fn of<T>(
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
