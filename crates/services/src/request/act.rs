//! What every act on a delivered request has in common: read it under the transaction, ask the policies, move the
//! state, write it back if nobody was faster, add a step, tell the ledger and the applicant.

use std::sync::Arc;

use authz::{Actor, DELEGATION_EXPIRED, Failure, Policies, Refusal};
use clock::{Clock, Timestamp};
use serde_json::{Value, json};
use store::{Sql, Tx};

use super::{
    Act, Request, RequestNumber,
    moving::{self, CHANGED},
    table,
};
use crate::entry::Entry;

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
    /// The request, if it exists, may be seen, is as it was on their page, has a move for this act, and may be acted
    /// on so by this person: the questions stand in the order in which the answers help.
    pub(crate) async fn request(&self, sql: &impl Sql, entry: &Entry, act: Act) -> Result<Request, Failure> {
        let request = visible(sql, &self.policies, &self.actor, &self.number).await?;
        if self.revision.is_some_and(|seen| seen != request.revision) {
            return Err(CHANGED.into());
        }
        entry.process.allows(&request.stage, act)?;
        self.policies.require("services", &self.actor, act.word(), &request.resource())?;
        Ok(request)
    }

    /// The request, if it exists, may be seen, and this action, which moves no state, is permitted on it.
    pub(crate) async fn permitted(&self, sql: &impl Sql, action: &str) -> Result<Request, Failure> {
        let request = visible(sql, &self.policies, &self.actor, &self.number).await?;
        self.policies.require("services", &self.actor, action, &request.resource())?;
        Ok(request)
    }

    /// Takes the request along the move and writes what follows from it.
    pub(crate) async fn conclude(
        &self,
        tx: &Tx,
        entry: &Entry,
        request: &mut Request,
        (act, to): (Act, Option<&str>),
        told: Told<'_>,
    ) -> Result<(), Failure> {
        moving::take(tx, entry, request, act, to, told.at).await?;
        let actor = Some(self.actor.person);
        table::add_step(tx, request, actor, told.note, told.at).await?;
        let mut body = json!({
            "number": request.number.as_str(), "state": request.state.word(), "stage": request.stage,
        });
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

/// The request, when this person may see it; to everybody else it does not exist.
pub(crate) async fn visible(
    sql: &impl Sql,
    policies: &Policies,
    actor: &Actor,
    number: &RequestNumber,
) -> Result<Request, Failure> {
    let request = table::by_number(sql, number).await?.ok_or(Refusal::not_found())?;
    let decision = policies.decide("services", actor, "view", &request.resource());
    match decision.refusal {
        None => Ok(request),
        // Whoever saw it by delegation is told that this is over (KW-RW-9.1.1b).
        Some(refusal) if refusal.code == DELEGATION_EXPIRED.code => Err(refusal.into()),
        Some(_) => Err(Refusal::not_found().into()),
    }
}
