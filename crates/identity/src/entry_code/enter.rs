//! VERB. Somebody comes back with the code that was handed to them, and sets a new password.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::{
    Identity, PasswordHash, Person, SetPassword,
    password::change::DIFFERS,
    person,
    session::sign_in::{AwaitCode, Origin},
};

/// Says nothing of what was wrong: the number, the code, or that it was used or is too old.
const CODE_WRONG: Refusal = Refusal::new(Kind::NotIdentified, "auth.entry_code_wrong", &["LY-SVC-8.1"]);

/// What was typed. Not `Debug`: it holds a code and passwords.
pub(crate) struct Entering<'t> {
    pub identifier: &'t str,
    pub code: &'t str,
    pub new: &'t str,
    pub again: &'t str,
}

struct Enter {
    person: Uuid,
    code: Vec<u8>,
    hash: PasswordHash,
    at: Timestamp,
}

impl Verb for Enter {
    /// False when somebody used the code at the same moment.
    type Answer = bool;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<bool, Failure> {
        if !table::take(tx, self.person, &self.code, self.at).await? {
            return Ok(false);
        }
        let entry = Entry {
            kind: "entry_code.used",
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: &["LY-SVC-8.1"],
            body: json!({}),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        let (person, hash) = (self.person, self.hash.clone());
        SetPassword { actor: Some(person), at: self.at, person, hash, keep: None }.apply(tx).await?;
        Ok(true)
    }
}

impl Identity {
    /// Sets the password of whoever has the code. Wrong codes count with the failures of signing in, and cost the same hash
    /// whether anybody has this number or not.
    pub(crate) async fn enter(&self, typed: Entering<'_>, origin: &Origin) -> Result<(), Failure> {
        if typed.new != typed.again {
            return Err(DIFFERS.with_item("again", "password_differs", "").into());
        }
        let identifier = person::identifier(typed.identifier);
        let shown = identifier.clone().unwrap_or_else(|| typed.identifier.trim().to_owned());
        let gates = self.gates(self.key.blind("identifier", &shown), origin);
        self.pass(&gates).await?;
        let (sql, at) = (self.store.read(), self.clock.now());
        let known = match &identifier {
            Some(identifier) => person::table::person_by_identifier(&sql, identifier).await?,
            None => None,
        };
        let whose = known.as_ref().map(|person| person.id);
        let Some((person, code)) = self.holder(known, typed.code).await? else {
            self.passwords.verify(typed.new, None).await?;
            return Err(self.fail(gates, whose, "entry_code", CODE_WRONG).await);
        };
        let hash = match self.passwords.hash(typed.new, &person).await {
            Ok(hash) => hash,
            Err(refused) => {
                // The code was right: only the new password is to be mended.
                self.write(AwaitCode::release(gates)).await?;
                return Err(refused);
            }
        };
        match self.write(Enter { person: person.id, code, hash, at }).await? {
            true => self.write(AwaitCode::release(gates)).await,
            false => Err(self.fail(gates, whose, "entry_code", CODE_WRONG).await),
        }
    }

    async fn holder(&self, known: Option<Person>, typed: &str) -> Result<Option<(Person, Vec<u8>)>, Failure> {
        let Some(person) = known else { return Ok(None) };
        let Some(code) = self.entry_hash(person.id, typed) else { return Ok(None) };
        let is_good = table::is_good(&self.store.read(), person.id, &code, self.clock.now()).await?;
        Ok(is_good.then_some((person, code)))
    }
}
