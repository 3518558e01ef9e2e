//! VERB. A person takes the number off the record; where it opened the account, it does so no more.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::{factor::remove::after_removal, person};

pub(super) struct RemovePhone {
    pub person: Uuid,
    pub now: Timestamp,
}

impl Verb for RemovePhone {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let Some(phone) = table::phone(tx, self.person).await? else { return Ok(()) };
        table::end(tx, self.person, self.now).await?;
        table::void_codes_of(tx, self.person, self.now).await?;
        if phone.factor_at.is_some() {
            after_removal(tx, self.person, self.now).await?;
        }
        let entry = Entry {
            kind: "phone.removed",
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: &["LY-MAIL-3.02b"],
            body: json!({ "before": sms::masked(&phone.number), "was_factor": phone.factor_at.is_some() }),
            at: self.now,
        };
        ledger::append(tx, entry).await?;
        let person = person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        person.tell(tx, "phone-removed", "/account/phone", self.now).await?;
        Ok(())
    }
}
