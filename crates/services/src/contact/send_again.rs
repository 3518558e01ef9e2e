//! VERB. A letter that did not arrive is sent again, because a person asks for it.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Policies, Refusal};
use clock::Clock;
use compliance::Door;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::{
    Services,
    request::{RequestNumber, act::visible},
};

struct SendAgain {
    actor: Actor,
    number: RequestNumber,
    notice: Uuid,
    policies: Arc<Policies>,
    clock: Clock,
}

impl Verb for SendAgain {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let request = visible(tx, &self.policies, &self.actor, &self.number).await?;
        self.policies.require("services", &self.actor, "send_again", &request.resource())?;
        let notice = notify::find(tx, request.applicant, self.notice).await?;
        let about_it = notice.filter(|notice| notice.subject == request.subject());
        let notice = about_it.ok_or_else(Refusal::not_found)?;
        let at = self.clock.now();
        // A new address is what most letters that bounced need.
        let email = table::email_of(tx, request.id).await?;
        if !notify::retry(tx, notice.id, email, at).await? {
            return Err(Refusal::new(Kind::Conflict, "notice.not_retriable", &["LY-SVC-18.1b"]).into());
        }
        let entry = ledger::Entry {
            kind: "notice.sent_again",
            subject: request.subject(),
            actor: Some(self.actor.person),
            controls: &["LY-SVC-18.1b"],
            body: json!({ "number": request.number.as_str(), "key": notice.key }),
            at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

impl Services {
    pub(crate) async fn send_again(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        notice: Uuid,
    ) -> Result<(), Failure> {
        let (policies, clock) = (self.policies.clone(), self.clock.clone());
        let verb = SendAgain { actor: actor.clone(), number: number.clone(), notice, policies, clock };
        self.carry_out(actor, &format!("request/{number}"), verb, None).await
    }
}
