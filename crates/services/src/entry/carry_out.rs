//! From a call to a verb of the directory, whose outcome this node sees at once.

use authz::{Actor, Failure};
use compliance::Door;
use serde::{Serialize, de::DeserializeOwned};
use store::{OnceKey, Verb};

use super::authority::Acting;
use crate::Services;

impl Services {
    pub(crate) fn acting_on_directory(&self, actor: &Actor) -> Acting {
        Acting { actor: actor.clone(), policies: self.policies.clone(), clock: self.clock.clone() }
    }

    pub(crate) async fn carry_out_entry<V>(
        &self,
        actor: &Actor,
        subject: &str,
        verb: V,
        key: Option<OnceKey>,
    ) -> Result<V::Answer, Failure>
    where
        V: Verb<Error = Failure, Answer: Serialize + DeserializeOwned + Sync>,
    {
        let outcome = self.carry_out(actor, subject, verb, key).await?;
        self.directory.refresh(&self.store).await?;
        Ok(outcome)
    }
}
