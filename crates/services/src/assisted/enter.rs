//! The entry becomes a request: the same verb with which people deliver their own, with the mark of the officer in the
//! same commit.

use authz::{Actor, Failure, Kind, Refusal};
use compliance::Door;
use serde_json::json;
use store::{Tx, Verb};

use super::{Assisted, present, table};
use crate::{
    Services,
    request::{
        prepare::Application,
        submit::{Submit, Submitted},
    },
};

struct Enter {
    submit: Submit,
    assisted: Assisted,
}

impl Verb for Enter {
    type Answer = Submitted;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Submitted, Failure> {
        let submitted = self.submit.apply(tx).await?;
        let assisted = &self.assisted;
        if !table::entered(tx, assisted.id, &submitted.number).await? {
            return Err(Refusal::new(Kind::Conflict, "assisted.entered", &["LY-SVC-13.1"]).into());
        }
        let entry = ledger::Entry {
            kind: "request.assisted",
            subject: format!("request/{}", submitted.number),
            actor: Some(assisted.officer),
            controls: &["LY-SVC-13.1"],
            body: json!({
                "number": submitted.number, "officer": assisted.officer, "reason": assisted.reason,
                "identified_by": assisted.identified_by, "consent_at": assisted.consent_at.to_string(),
            }),
            at: self.submit.clock.now(),
        };
        ledger::append(tx, entry).await?;
        Ok(submitted)
    }
}

impl Services {
    pub(crate) async fn enter_assisted(
        &self,
        actor: &Actor,
        assisted: Assisted,
        applicant: &identity::Person,
        asked: Application,
    ) -> Result<Submitted, Failure> {
        let outcome = self.entered(assisted, applicant, asked).await;
        self.ledger.wake();
        self.noted(actor, "assisted", outcome).await
    }

    async fn entered(
        &self,
        assisted: Assisted,
        applicant: &identity::Person,
        asked: Application,
    ) -> Result<Submitted, Failure> {
        let prepared = self.prepare(&present(applicant), asked).await?;
        let submit = Submit { prepared, draft: None, clock: self.clock.clone() };
        self.store.write(Enter { submit, assisted }).await
    }
}
