//! From a call to a verb of the directory: runs it once, notes refusals, and lets this node see the outcome at once.

use authz::{Actor, Failure};
use serde::{Serialize, de::DeserializeOwned};
use store::{Once, OnceKey, Verb};

use super::authority::Acting;
use crate::Services;

impl Services {
    pub(crate) fn acting_on_directory(&self, actor: &Actor) -> Acting {
        Acting { actor: actor.clone(), policies: self.policies.clone(), clock: self.clock.clone() }
    }

    /// `subject` is what the ledger knows it by: `service/residence-certificate`.
    pub(crate) async fn carry_out_entry<V>(
        &self,
        actor: &Actor,
        subject: &str,
        verb: V,
        key: Option<OnceKey>,
    ) -> Result<V::Answer, Failure>
    where
        V: Verb<Error = Failure> + 'static,
        V::Answer: Serialize + DeserializeOwned + Sync + Send + 'static,
    {
        let outcome = self.store.write(Once { key, verb }).await;
        self.ledger.wake();
        let outcome = self.noted(actor, subject, outcome).await?;
        self.directory.refresh(&self.store).await?;
        Ok(outcome)
    }
}
