//! The receipt of a request: what the ledger holds of its delivery, sealed so that anybody can verify it offline.

use std::time::Duration;

use authz::{Actor, Failure, Refusal};
use compliance::Door;
use ledger::Seal;
use store::{Once, OnceKey};
use uuid::Uuid;

use super::{
    RequestNumber, act,
    prepare::Application,
    submit::{DELIVERED, Submit, Submitted},
};
use crate::Services;

/// How long an answer waits for its place in the tree. Later the same receipt is fetched with its proof.
const INCLUSION_WAIT: Duration = Duration::from_secs(2);

impl Services {
    /// Delivers a request once; what is refused with an article is remembered in the ledger.
    pub async fn submit(
        &self,
        actor: &Actor,
        asked: Application,
        key: Option<OnceKey>,
        draft: Option<Uuid>,
    ) -> Result<Submitted, Failure> {
        let subject = format!("service/{}", asked.service);
        let outcome = self.submit_once(actor, asked, key, draft).await;
        self.ledger.wake();
        self.noted(actor, &subject, outcome).await
    }

    async fn submit_once(
        &self,
        actor: &Actor,
        asked: Application,
        key: Option<OnceKey>,
        draft: Option<Uuid>,
    ) -> Result<Submitted, Failure> {
        let prepared = self.prepare(actor, asked).await?;
        self.store.write(Once { key, verb: Submit { prepared, draft, clock: self.clock.clone() } }).await
    }

    /// The seal over a ledger entry, with its inclusion proof when the tree holds it already.
    pub async fn receipt(&self, leaf: Uuid) -> Result<Seal, Failure> {
        self.sealed(leaf, None).await
    }

    pub(crate) async fn sealed(&self, leaf: Uuid, file: Option<&[u8]>) -> Result<Seal, Failure> {
        let inclusion = self.ledger.included(leaf, INCLUSION_WAIT).await?;
        let statement = ledger::statement(&self.store.read(), leaf).await?.ok_or_else(Refusal::not_found)?;
        Ok(self.ledger.seal_statement(statement, inclusion, file))
    }

    /// The receipt of a request that this person may see.
    pub async fn receipt_of(&self, actor: &Actor, number: &RequestNumber) -> Result<Seal, Failure> {
        let sql = self.store.read();
        let request = act::visible(&sql, &self.policies, actor, number).await?;
        let history = ledger::history(&sql, &request.subject(), None, 5).await?;
        let delivered =
            history.iter().find(|recorded| recorded.kind == DELIVERED).ok_or_else(Refusal::not_found)?;
        self.receipt(delivered.id).await
    }
}
