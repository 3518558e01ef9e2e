//! Opening an account for a person.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use language::{Digits, Lang, Text, clean_name};
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Beneficiary, Person, identifier, table};

pub(crate) const IDENTIFIER_INVALID: Refusal =
    Refusal::new(Kind::Invalid, "identity.identifier_invalid", &["LY-SVC-8.1"]);
pub(crate) const IDENTIFIER_TAKEN: Refusal =
    Refusal::new(Kind::Conflict, "identity.identifier_taken", &["LY-SVC-8.1"]);
pub(crate) const KIND_INVALID: Refusal =
    Refusal::new(Kind::Invalid, "identity.kind_invalid", &["LY-SVC-1.03"]);
pub(crate) const NAME_MISSING: Refusal = Refusal::new(Kind::Invalid, "identity.name_missing", &[]);

/// Registers a person under the national number. How surely the number is that person's own is the matter of
/// whoever calls: a registrar at the counter, or the loader of a demo.
#[derive(Clone, Debug)]
pub struct RegisterPerson {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub identifier: String,
    pub name: Text,
    pub email: String,
    pub phone: String,
    pub language: Lang,
    pub digits: Digits,
    pub kind: Beneficiary,
    pub abroad: bool,
}

impl Verb for RegisterPerson {
    type Answer = Person;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Person, Failure> {
        let person = self.person()?;
        match table::insert(tx, &person, self.at).await {
            Err(error) if error.is_duplicate() => return Err(IDENTIFIER_TAKEN.into()),
            other => other?,
        }
        let entry = Entry {
            kind: "person.registered",
            subject: format!("person/{}", person.id),
            actor: self.actor,
            controls: &["LY-SVC-1.03"],
            body: json!({ "kind": person.kind.word(), "abroad": person.abroad, "name": person.name }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(person)
    }
}

impl RegisterPerson {
    fn person(&self) -> Result<Person, Refusal> {
        if !self.kind.is_natural() {
            return Err(KIND_INVALID.with_item("kind", "enum", ""));
        }
        let name = Text::new(clean_name(&self.name.ar), clean_name(&self.name.en));
        if name.ar.is_empty() && name.en.is_empty() {
            return Err(NAME_MISSING.with_item("name", "required", ""));
        }
        Ok(Person {
            id: Uuid::now_v7(),
            identifier: identifier(&self.identifier)
                .ok_or_else(|| IDENTIFIER_INVALID.with_item("identifier", "pattern", ""))?,
            name,
            email: self.email.trim().to_owned(),
            phone: language::fold_digits(self.phone.trim()),
            language: self.language,
            digits: self.digits,
            kind: self.kind,
            abroad: self.abroad,
        })
    }
}
