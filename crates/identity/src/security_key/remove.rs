//! VERB. A person gives up a key. Staff keep at least one second factor: a role counts from one on.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::{factor::remove::after_removal, person};

pub(crate) struct RemoveKey {
    pub person: Uuid,
    pub key: Uuid,
    pub at: Timestamp,
}

impl Verb for RemoveKey {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let person = person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        if !table::remove(tx, self.person, self.key).await? {
            return Err(Refusal::not_found().into());
        }
        after_removal(tx, self.person, self.at).await?;
        let entry = Entry {
            kind: "factor.removed",
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: &["LY-MAIL-2.02c"],
            body: json!({ "factor": "key", "key": self.key }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        person.tell(tx, "key-removed", "/account/keys", self.at).await?;
        Ok(())
    }
}
