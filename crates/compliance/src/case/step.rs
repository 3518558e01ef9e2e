//! The next step of a case is taken. Another one than the next is refused, so that none is left out.

use authz::{Failure, Refusal};
use clock::Timestamp;
use serde_json::{Value, json};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Case, INVALID, STEP_ORDER, table};
use crate::authority::{Acting, words};

pub(crate) struct TakeStep {
    pub acting: Acting,
    pub case: Uuid,
    pub step: String,
    pub words: String,
}

impl Verb for TakeStep {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let case = worked_on(tx, &self.acting, self.case).await?;
        if case.next() != Some(self.step.as_str()) {
            return Err(STEP_ORDER.with_item("step", "case_step", case.next().unwrap_or_default()).into());
        }
        let words = words("words", &self.words, INVALID)?;
        take(tx, &case, &words, self.acting.actor.person, self.acting.clock.now()).await
    }
}

/// Takes the step that comes next.
pub(crate) async fn take(tx: &Tx, case: &Case, words: &str, by: Uuid, at: Timestamp) -> Result<(), Failure> {
    if !table::advance(tx, case, words, by, at).await? {
        return Err(STEP_ORDER.into());
    }
    let step = case.next().unwrap_or_default();
    let is_last = case.done + 1 == case.steps.len();
    let said = json!({ "step": step, "words": words, "closes": is_last });
    record(tx, "case.step", case, said, by, at).await
}

/// A case that this person may see and work on.
pub(super) async fn worked_on(tx: &Tx, acting: &Acting, id: Uuid) -> Result<Case, Failure> {
    let case = table::find(tx, id).await?.ok_or_else(Refusal::not_found)?;
    let about = case.about(table::readers(tx, id).await?);
    if !acting.may(tx, "see_case", Some(case.body), about.clone()).await? {
        return Err(Refusal::not_found().into());
    }
    acting.check(tx, "work_case", Some(case.body), about).await?;
    Ok(case)
}

/// Each act on a case in the ledger, under its clause and the article that orders its steps.
pub(super) async fn record(
    tx: &Tx,
    kind: &str,
    case: &Case,
    body: Value,
    by: Uuid,
    at: Timestamp,
) -> Result<(), Failure> {
    let controls = [case.control.as_str(), "OM-SOC-C.3"];
    let entry = ledger::Entry {
        kind,
        subject: case.ledger_subject(),
        actor: Some(by),
        controls: &controls,
        body,
        at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}
