//! Setting a password. Whoever knew the old one is signed out everywhere, and the person is told.

use authz::{Failure, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{PasswordHash, table};
use crate::{attack::answer::answered, person, session};

#[derive(Clone)]
pub struct SetPassword {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub person: Uuid,
    /// From [`super::Passwords::hash`], computed before the verb.
    pub hash: PasswordHash,
    /// The session in which the person does this, if it is to stay.
    pub keep: Option<Uuid>,
}

impl Verb for SetPassword {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let person = person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        table::put(tx, self.person, &self.hash.0, self.at).await?;
        let ended = session::table::end_all(tx, self.person, self.keep, self.at).await?;
        let entry = Entry {
            kind: "password.set",
            subject: format!("person/{}", self.person),
            actor: self.actor,
            controls: &["LY-SVC-8.1"],
            body: json!({ "sessions_ended": ended }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        if self.actor == Some(self.person) {
            answered(tx, self.person, "changed", self.at).await?;
        }
        if self.actor.is_some() {
            person.tell(tx, "password-changed", "/account", self.at).await?;
        }
        Ok(())
    }
}
