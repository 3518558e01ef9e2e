//! VERB. A key gets another name. Not in the ledger: it changes no right.

use authz::{Failure, Refusal};
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;

pub(crate) struct RenameKey {
    person: Uuid,
    key: Uuid,
    name: String,
}

impl RenameKey {
    pub fn new(person: Uuid, key: Uuid, typed: &str) -> Result<RenameKey, Refusal> {
        Ok(RenameKey { person, key, name: super::name(typed)? })
    }
}

impl Verb for RenameKey {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        match table::rename(tx, self.person, self.key, &self.name).await? {
            true => Ok(()),
            false => Err(Refusal::not_found().into()),
        }
    }
}
