//! Ending a token: the next call with it is refused.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;

/// Ends a token of a person. One that is not the person's is not there.
#[derive(Clone, Debug)]
pub struct EndToken {
    pub at: Timestamp,
    pub person: Uuid,
    pub token: Uuid,
}

impl Verb for EndToken {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        if !table::end(tx, self.person, self.token, self.at).await? {
            return Err(Refusal::not_found().into());
        }
        let entry = Entry {
            kind: "token.ended",
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: &["LY-SVC-8.1"],
            body: json!({ "token": self.token }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
