//! VERB. New recovery codes take the place of those before. Whoever has no second factor needs none.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{RECOVERY_CODES, hash_of, new_code, table};
use crate::{Identity, person, security_key};

const FACTOR_FIRST: Refusal = Refusal::new(Kind::Conflict, "auth.factor_first", &["LY-SVC-8.1"]);

struct MakeCodes {
    person: Uuid,
    hashes: Vec<Vec<u8>>,
    at: Timestamp,
}

impl Verb for MakeCodes {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let person = person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        if security_key::table::count_factors(tx, self.person).await? == 0 {
            return Err(FACTOR_FIRST.into());
        }
        table::forget(tx, self.person).await?;
        for hash in &self.hashes {
            table::insert(tx, self.person, hash, self.at).await?;
        }
        let entry = Entry {
            kind: "recovery.made",
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: &["LY-SVC-8.1"],
            body: json!({ "codes": self.hashes.len() }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        person.tell(tx, "recovery-made", "/account/recovery", self.at).await?;
        Ok(())
    }
}

impl Identity {
    /// Makes them, and hands them out this once.
    pub(crate) async fn make_recovery_codes(&self, person: Uuid) -> Result<Vec<String>, Failure> {
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| new_code()).collect();
        let hashes = codes.iter().filter_map(|code| hash_of(&self.key, person, code)).collect();
        self.write(MakeCodes { person, hashes, at: self.clock.now() }).await?;
        Ok(codes)
    }
}
