//! What every act on a delivered request has in common: read it under the transaction, ask the policies, move the
//! state, write it back if nobody was faster, add a step, tell the ledger and the applicant.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Policies, Refusal};
use clock::{Clock, Timestamp};
use serde_json::{Value, json};
use store::{Sql, Tx};

use super::{Act, Request, RequestNumber, table};

/// Who acts on which request, and which revision they were looking at.
#[derive(Clone)]
pub struct Acting {
    pub actor: Actor,
    pub number: RequestNumber,
    /// The revision on the page that they acted on; `None` accepts the current one.
    pub revision: Option<i64>,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Acting {
    /// The request, if it exists, may be seen, may be acted on so, and is as it was on their page.
    pub(crate) async fn request(&self, sql: &impl Sql, act: Act) -> Result<Request, Failure> {
        let request = visible(sql, &self.policies, &self.actor, &self.number).await?;
        self.policies.require("services", &self.actor, act.word(), &request.resource())?;
        if self.revision.is_some_and(|seen| seen != request.revision) {
            return Err(CHANGED.into());
        }
        Ok(request)
    }

    /// Moves the request and writes what follows from it.
    pub(crate) async fn conclude(
        &self,
        tx: &Tx,
        request: &mut Request,
        act: Act,
        told: Told<'_>,
    ) -> Result<(), Failure> {
        request.state = request.state.after(act)?;
        if !table::update(tx, request).await? {
            return Err(CHANGED.into());
        }
        let actor = Some(self.actor.person);
        table::add_step(tx, request, actor, told.note, told.at).await?;
        let mut body = json!({ "number": request.number.as_str(), "state": request.state.word() });
        if let (Some(body), Value::Object(more)) = (body.as_object_mut(), told.body) {
            body.extend(more);
        }
        let entry = ledger::Entry {
            kind: told.kind,
            subject: request.subject(),
            actor,
            controls: told.controls,
            body,
            at: told.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

/// What an act tells the step list and the ledger.
pub(crate) struct Told<'a> {
    pub kind: &'static str,
    pub controls: &'static [&'static str],
    /// Shown to the applicant with the step.
    pub note: &'a str,
    /// Joined to the ledger entry.
    pub body: Value,
    pub at: Timestamp,
}

const CHANGED: Refusal = Refusal::new(Kind::Conflict, "request.changed", &[]);

impl Act {
    /// The action's name in the policies and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Act::Verify => "verify",
            Act::SendBack => "send_back",
            Act::Resubmit => "resubmit",
            Act::Approve => "approve",
            Act::Refuse => "refuse",
            Act::Issue => "issue",
        }
    }
}

/// The request, when this person may see it; to everybody else it does not exist.
pub(crate) async fn visible(
    sql: &impl Sql,
    policies: &Policies,
    actor: &Actor,
    number: &RequestNumber,
) -> Result<Request, Failure> {
    let request = table::by_number(sql, number).await?.ok_or(Refusal::not_found())?;
    if policies.decide("services", actor, "view", &request.resource()).permitted {
        Ok(request)
    } else {
        Err(Refusal::not_found().into())
    }
}
