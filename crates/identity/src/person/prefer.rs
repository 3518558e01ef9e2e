//! Choosing a language and a script of digits. Not in the ledger: it changes no right and no record.

use authz::{Failure, Refusal};
use language::{Digits, Lang};
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;

#[derive(Clone, Debug)]
pub struct Prefer {
    pub person: Uuid,
    pub language: Lang,
    pub digits: Digits,
}

impl Verb for Prefer {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        match table::set_preferences(tx, self.person, self.language, self.digits).await? {
            true => Ok(()),
            false => Err(Refusal::not_found().into()),
        }
    }
}
