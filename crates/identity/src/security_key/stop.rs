//! VERB. A key told a lower count than before: somebody holds a copy of it. Which of the two is the copy cannot be told, so
//! neither opens anything any more, and the person learns of it.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::person;

pub(crate) struct StopKey {
    pub person: Uuid,
    pub key: Uuid,
    pub at: Timestamp,
}

impl Verb for StopKey {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        if !table::stop(tx, self.key, self.at).await? {
            return Ok(());
        }
        let entry = Entry {
            kind: "key.copied",
            subject: format!("person/{}", self.person),
            actor: None,
            controls: &["LY-MAIL-2.02c"],
            body: json!({ "key": self.key }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        let person = person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        person.tell(tx, "key-copied", "/account/keys", self.at).await?;
        Ok(())
    }
}
