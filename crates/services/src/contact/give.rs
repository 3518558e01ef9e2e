//! VERB. The applicant gives an address for the letters about one request; the one before is told.

use std::sync::Arc;

use authz::{Actor, Failure, Policies};
use clock::Clock;
use language::Lang;
use notify::Address;
use serde_json::json;
use store::{Tx, Verb};

use super::{check_email, table};
use crate::{
    Services,
    request::{RequestNumber, act::visible},
    telling,
};

pub(crate) struct GiveEmail {
    pub actor: Actor,
    pub number: RequestNumber,
    pub email: String,
    /// Where letters went until now, and in which language.
    pub before: Address,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for GiveEmail {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let request = visible(tx, &self.policies, &self.actor, &self.number).await?;
        self.policies.require("services", &self.actor, "give_email", &request.resource())?;
        if self.email == self.before.email {
            return Ok(());
        }
        let at = self.clock.now();
        table::give(tx, request.id, &self.email, at).await?;
        // The address itself stays out of the ledger: it may change hands, and the ledger does not forget.
        let entry = ledger::Entry {
            kind: "request.email_given",
            subject: request.subject(),
            actor: Some(self.actor.person),
            controls: &["LY-SVC-18.1b"],
            body: json!({ "number": request.number.as_str() }),
            at,
        };
        ledger::append(tx, entry).await?;
        let link = format!("/requests/{}/notices", request.number);
        let message = telling::message(request.applicant, "request-email-changed", request.subject(), link)
            .word("number", request.number.as_str());
        let before = Some(self.before.clone()).filter(|before| !before.email.is_empty());
        notify::send(tx, at, message, before).await?;
        Ok(())
    }
}

impl Services {
    pub(crate) async fn give_email(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        email: &str,
    ) -> Result<(), Failure> {
        let email = language::clean_text(email).trim().to_owned();
        let told = self.told_about(actor, number).await?;
        if email.is_empty() {
            check_email("-")?;
        }
        check_email(&email)?;
        let applicant = identity::person(&self.store.read(), told.request.applicant).await?;
        let language = applicant.map_or(Lang::Ar, |applicant| applicant.language);
        let verb = GiveEmail {
            actor: actor.clone(),
            number: number.clone(),
            email,
            before: Address { email: told.email, language },
            policies: self.policies.clone(),
            clock: self.clock.clone(),
        };
        self.store.write(verb).await?;
        self.ledger.wake();
        Ok(())
    }
}
