//! VERB. The code that was sent to the new address makes it the address. A wrong code is counted, which an error would undo;
//! so what came of it is the answer.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use notify::Message;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    EMAIL_TRIES_MAX, EmailChange,
    provider::{PERSONAL_MAIL_FOREIGN, PREFERS_DOMESTIC, is_foreign},
    table,
};
use crate::{key::SecretKey, person};

pub(crate) struct ConfirmEmail {
    pub person: Uuid,
    /// As it was typed, in either script of digits.
    pub code: String,
    pub key: SecretKey,
    pub now: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confirmed {
    Changed,
    /// So many tries are left.
    Wrong(i64),
    /// Nothing waits for a code: it is too late, dropped, or tried too often.
    Over,
}

impl Verb for ConfirmEmail {
    type Answer = Confirmed;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Confirmed, Failure> {
        let change = table::of_person(tx, self.person).await?.filter(|change| change.is_good(self.now));
        let Some(change) = change else { return Ok(Confirmed::Over) };
        let typed: String =
            language::fold_digits(&self.code).chars().filter(|c| !c.is_whitespace()).collect();
        if typed != change.code(&self.key) {
            return self.wrong(tx, &change).await;
        }
        if !table::close(tx, change.id).await? {
            return Ok(Confirmed::Over);
        }
        let person = person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        table::set_email(tx, person.id, &change.email).await?;
        notify::trust(tx, &change.email).await?;
        self.record(tx, "person.email_changed", &change).await?;
        let before = person.address().filter(|before| before.email != change.email);
        let told =
            Message::new(person.id, "email-changed", format!("person/{}", person.id), "/account/email")
                .of_kind(notify::of_account("email-changed"));
        notify::send(tx, self.now, told, before).await?;
        Ok(Confirmed::Changed)
    }
}

impl ConfirmEmail {
    async fn wrong(&self, tx: &Tx, change: &EmailChange) -> Result<Confirmed, Failure> {
        table::count_try(tx, change.id).await?;
        let left = EMAIL_TRIES_MAX - change.tries - 1;
        if left > 0 {
            return Ok(Confirmed::Wrong(left));
        }
        table::close(tx, change.id).await?;
        self.record(tx, "person.email_refused", change).await?;
        Ok(Confirmed::Over)
    }

    /// An address abroad is taken with a remark; the remark stands in the ledger, the address does not.
    async fn record(&self, tx: &Tx, kind: &'static str, change: &EmailChange) -> Result<(), Failure> {
        let is_foreign = kind == "person.email_changed" && is_foreign(&change.email);
        let entry = Entry {
            kind,
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: if is_foreign { PREFERS_DOMESTIC } else { &["LY-SVC-18.1b"] },
            body: json!({ "change": change.id, "advisory": is_foreign.then_some(PERSONAL_MAIL_FOREIGN) }),
            at: self.now,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

/// The person thinks better of it.
pub(crate) struct DropEmail {
    pub person: Uuid,
}

impl Verb for DropEmail {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        if let Some(change) = table::of_person(tx, self.person).await? {
            table::close(tx, change.id).await?;
        }
        Ok(())
    }
}
