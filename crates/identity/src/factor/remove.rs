//! VERB. A person gives up the authenticator app.

use authz::{Assurance, Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::{Identity, Person, person, recovery, security_key, session, session::sign_in::Origin};

const FACTOR_REQUIRED: Refusal = Refusal::new(Kind::NotAllowed, "auth.factor_required", &["LY-SVC-8.1"]);

pub(crate) struct RemoveTotp {
    person: Uuid,
    at: Timestamp,
}

impl Verb for RemoveTotp {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let person = person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        if !table::remove(tx, self.person).await? {
            return Ok(());
        }
        after_removal(tx, self.person, self.at).await?;
        let entry = Entry {
            kind: "factor.removed",
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: &["LY-SVC-8.1"],
            body: json!({ "factor": "totp" }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        person.tell(tx, "authenticator-removed", "/account/authenticator", self.at).await?;
        Ok(())
    }
}

/// What a removed factor leaves behind. Staff keep at least one, since a role counts from one on. Whoever keeps none is known
/// by the password alone, and the recovery codes, which stand in for a factor, go with it.
pub(crate) async fn after_removal(tx: &Tx, person: Uuid, at: Timestamp) -> Result<(), Failure> {
    if security_key::table::count_factors(tx, person).await? > 0 {
        return Ok(());
    }
    if !organisations::roles_of(tx, person, at).await?.is_empty() {
        return Err(FACTOR_REQUIRED.into());
    }
    session::table::assure(tx, person, Assurance::Basic).await?;
    Ok(recovery::table::forget(tx, person).await?)
}

impl Identity {
    /// For whoever knows the password.
    pub(crate) async fn remove_totp(
        &self,
        person: &Person,
        password: &str,
        origin: &Origin,
    ) -> Result<(), Failure> {
        self.prove_password(person, password, origin).await?;
        self.write(RemoveTotp { person: person.id, at: self.clock.now() }).await
    }
}
