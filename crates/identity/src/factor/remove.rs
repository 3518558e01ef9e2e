//! VERB. A person gives up the authenticator app. Staff cannot: a role counts from a second factor on.

use authz::{Assurance, Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::{Identity, Person, person, session, session::sign_in::Origin};

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
        if !organisations::roles_of(tx, self.person, self.at).await?.is_empty() {
            return Err(FACTOR_REQUIRED.into());
        }
        if !table::remove(tx, self.person).await? {
            return Ok(());
        }
        session::table::assure(tx, self.person, Assurance::Basic).await?;
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
