//! A person withdraws what they agreed to: what the system was given opens nothing any more, and it is told to end its own
//! session. The next time it asks anew.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::{token, visit};

pub(crate) struct Withdraw {
    pub person: Uuid,
    pub client: Uuid,
    pub at: Timestamp,
}

impl Verb for Withdraw {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let consent = table::find(tx, self.client, self.person).await?;
        let mut consent = consent.filter(|it| it.withdrawn_at.is_none()).ok_or_else(Refusal::not_found)?;
        consent.withdrawn_at = Some(self.at);
        table::put(tx, &consent).await?;
        token::table::end_of_person(tx, self.client, self.person, self.at).await?;
        for visit in visit::table::untold_of(tx, self.client, self.person).await? {
            visit::farewell::order(tx, visit, self.at).await?;
        }
        let entry = Entry {
            kind: "openid.consent_withdrawn",
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: &["LY-SVC-8.1"],
            body: json!({ "system": self.client }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
