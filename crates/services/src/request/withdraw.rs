//! The applicant takes the request back, as long as nothing was decided. It stays on record, closed.

use authz::{Failure, Kind, Refusal};
use language::clean_text;
use serde_json::json;
use store::{Tx, Verb};

use super::{State, act::Acting, moving::CHANGED, table};
use crate::{
    endpoint::{self, Event},
    task,
    telling::Telling,
};

/// Characters of the reason, which nobody has to give.
pub const REASON_CHARACTERS_MAX: usize = 1_000;
/// The stage that stands in no process, so that no act leads on from it.
pub(crate) const STAGE: &str = "withdrawn";

const DECIDED: Refusal = Refusal::new(Kind::Conflict, "request.decided", &["LY-SVC-17.1a"]);
const TOO_LONG: Refusal = Refusal::new(Kind::Invalid, "request.reason_too_long", &[]);

pub(crate) struct Withdraw {
    pub acting: Acting,
    pub reason: String,
    pub telling: Telling,
}

impl Verb for Withdraw {
    type Answer = String;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<String, Failure> {
        let mut request = self.acting.permitted(tx, "withdraw").await?;
        if self.acting.revision.is_some_and(|seen| seen != request.revision) {
            return Err(CHANGED.into());
        }
        if !request.state.is_undecided() {
            return Err(DECIDED.into());
        }
        let reason = clean_text(&self.reason).trim().to_owned();
        if reason.chars().count() > REASON_CHARACTERS_MAX {
            return Err(TOO_LONG.with_item("reason", "too_long", &REASON_CHARACTERS_MAX.to_string()).into());
        }
        let (now, held_by) = (self.acting.clock.now(), request.desk.clone());
        (request.state, request.desk, request.closed_at) = (State::Withdrawn, None, Some(now));
        request.stage = STAGE.to_owned();
        if !table::update(tx, &request).await? {
            return Err(CHANGED.into());
        }
        task::table::close(tx, request.id, now).await?;
        let actor = Some(self.acting.actor.person);
        table::add_step(tx, &request, actor, &reason, now).await?;
        let entry = ledger::Entry {
            kind: "request.withdrawn",
            subject: request.subject(),
            actor,
            controls: &["LY-SVC-16.3a"],
            body: json!({ "number": request.number.as_str(), "state": request.state.word() }),
            at: now,
        };
        ledger::append(tx, entry).await?;
        if request.checks.gaps.is_empty() {
            endpoint::tell::all(tx, &request, held_by.as_ref(), Event::Withdrawn, now).await?;
        }
        let message = self.telling.message(&request, "request-withdrawn");
        self.telling.tell(tx, message, now).await?;
        Ok(request.state.word().to_owned())
    }
}
