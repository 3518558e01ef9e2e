//! Registering a legal entity under the number of its register.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use language::{Text, clean_name, fold_digits};
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{LegalEntity, table};
use crate::{
    Beneficiary,
    person::register::{KIND_INVALID, NAME_MISSING},
};

const REGISTRATION_MISSING: Refusal = Refusal::new(Kind::Invalid, "identity.registration_missing", &[]);
const REGISTRATION_TAKEN: Refusal = Refusal::new(Kind::Conflict, "identity.registration_taken", &[]);

#[derive(Clone, Debug)]
pub struct RegisterEntity {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub name: Text,
    pub kind: Beneficiary,
    pub registration: String,
    pub abroad: bool,
}

impl Verb for RegisterEntity {
    type Answer = LegalEntity;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<LegalEntity, Failure> {
        let entity = self.entity()?;
        match table::insert(tx, &entity, self.at).await {
            Err(error) if error.is_duplicate() => return Err(REGISTRATION_TAKEN.into()),
            other => other?,
        }
        let entry = Entry {
            kind: "entity.registered",
            subject: format!("entity/{}", entity.id),
            actor: self.actor,
            controls: &["LY-SVC-1.03"],
            body: json!({
                "kind": entity.kind.word(),
                "name": entity.name,
                "registration": entity.registration,
                "abroad": entity.abroad,
            }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(entity)
    }
}

impl RegisterEntity {
    fn entity(&self) -> Result<LegalEntity, Refusal> {
        if self.kind.is_natural() {
            return Err(KIND_INVALID.with_item("kind", "enum", ""));
        }
        let name = Text::new(clean_name(&self.name.ar), clean_name(&self.name.en));
        if name.ar.is_empty() && name.en.is_empty() {
            return Err(NAME_MISSING.with_item("name", "required", ""));
        }
        let registration = clean_name(&fold_digits(&self.registration));
        if registration.is_empty() {
            return Err(REGISTRATION_MISSING.with_item("registration", "required", ""));
        }
        Ok(LegalEntity { id: Uuid::now_v7(), name, kind: self.kind, registration, abroad: self.abroad })
    }
}
