//! A verification is taken back within seconds by whoever made it. Nothing had left the building: the applicant is
//! told of no verification, and nobody had acted on it. The ledger keeps that it was made and that it was taken back.

use std::{sync::Arc, time::Duration};

use authz::{Actor, Failure, Kind, Refusal};
use clock::SECOND;
use serde_json::json;
use store::{Tx, Verb};

use super::{
    RequestNumber,
    act::{Acting, visible},
    moving, table,
};
use crate::{Services, entry::Entry, task};

/// How long the way back is offered, and how much longer it is open to a press that is under way.
pub const UNDO_WITHIN: Duration = Duration::from_secs(10 * SECOND.as_secs());
const UNDO_GRACE: Duration = Duration::from_secs(3 * SECOND.as_secs());

struct Undo {
    acting: Acting,
    entry: Arc<Entry>,
}

impl Verb for Undo {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let (actor, at) = (&self.acting.actor, self.acting.clock.now());
        let mut request = visible(tx, &self.acting.policies, actor, &self.acting.number).await?;
        self.acting.policies.require("services", actor, "undo", &request.resource())?;
        if self.acting.revision != Some(request.revision) {
            return Err(moving::CHANGED.into());
        }
        let steps = table::steps(tx, request.id).await?;
        let last = table::last_step(tx, request.id).await?;
        let mine = last.filter(|(_, _, by)| *by == Some(actor.person));
        let mine = mine.filter(|_| request.checks.verified_by == Some(actor.person));
        let (step, _, _) =
            mine.filter(|(_, made, _)| at.since(*made) <= UNDO_WITHIN + UNDO_GRACE).ok_or(TOO_LATE)?;
        let before = steps.len().checked_sub(2).and_then(|place| steps.get(place));
        let process = &self.entry.process;
        let stage = match before {
            Some(step) => process.stage(&step.stage),
            None => process.start(),
        };
        let stage = stage.ok_or(TOO_LATE)?;
        moving::place(tx, &mut request, stage).await?;
        request.checks.verified.clear();
        request.checks.verified_by = None;
        if !table::update(tx, &request).await? {
            return Err(moving::CHANGED.into());
        }
        table::take_back_step(tx, step).await?;
        task::table::close(tx, request.id, at).await?;
        moving::lay_on_desk(tx, &request, stage, at).await?;
        if let Some(task) = task::table::held(tx, request.id).await? {
            task::table::hand(tx, task.id, task.holder, Some(actor.person)).await?;
        }
        let entry = ledger::Entry {
            kind: "request.verification_undone",
            subject: request.subject(),
            actor: Some(actor.person),
            controls: &["LY-SVC-16.1"],
            body: json!({ "number": request.number.as_str(), "state": request.state.word(), "stage": request.stage }),
            at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

const TOO_LATE: Refusal = Refusal::new(Kind::Conflict, "request.undo_too_late", &["LY-SVC-17.1a"]);

impl Services {
    /// `left` is the revision that the verification left.
    pub(crate) async fn undo_verification(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        left: Option<i64>,
    ) -> Result<(), Failure> {
        let request = self.seen_by(actor, number).await?;
        let entry = self.entry_of(&request).await?;
        let acting = self.acting(actor, number, left.or(Some(-1)));
        self.on_request(acting.clone(), Undo { acting, entry }, None).await
    }
}
