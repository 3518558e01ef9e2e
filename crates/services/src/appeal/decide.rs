//! The head decides an appeal: upheld, the request goes back to the decision; rejected, the way that is left is named.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Policies, Refusal};
use clock::Clock;
use language::clean_text;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Against, Appeal, AppealState, file::CONTROLS, resource, table};
use crate::{
    entry::{Entry, directory::Provider},
    request::{self, Request, decide::check_words, moving},
    telling::Telling,
};

/// What the head says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Uphold,
    /// With the way that is left.
    Reject {
        remedy: String,
    },
}

const DECIDED: Refusal = Refusal::new(Kind::Conflict, "appeal.decided", CONTROLS);

pub(crate) struct DecideAppeal {
    pub actor: Actor,
    pub appeal: Uuid,
    pub outcome: Outcome,
    pub reasons: String,
    pub entry: Arc<Entry>,
    pub provider: Arc<Provider>,
    pub policies: Arc<Policies>,
    pub clock: Clock,
    pub telling: Telling,
}

impl Verb for DecideAppeal {
    type Answer = String;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<String, Failure> {
        let appeal = table::by_id(tx, self.appeal).await?.ok_or_else(Refusal::not_found)?;
        let request = request::table::by_id(tx, appeal.request).await?.ok_or_else(Refusal::not_found)?;
        self.policies.require("services", &self.actor, "decide_appeal", &resource(&request))?;
        if appeal.state != AppealState::Open {
            return Err(DECIDED.into());
        }
        let decided = self.decided(appeal)?;
        if !table::decide(tx, &decided).await? {
            return Err(DECIDED.into());
        }
        let mut request = request;
        if decided.state == AppealState::Upheld && decided.against == Against::Refusal {
            self.reopen(tx, &mut request).await?;
        }
        self.tell(tx, &request, &decided).await?;
        Ok(decided.state.word().to_owned())
    }
}

impl DecideAppeal {
    fn decided(&self, appeal: Appeal) -> Result<Appeal, Refusal> {
        let clean = |words: &str| clean_text(words).trim().to_owned();
        let reasons = clean(&self.reasons);
        let refusal = || Refusal::new(Kind::Invalid, "appeal.reasons_missing", CONTROLS);
        check_words(refusal(), "reasons", &reasons)?;
        let (state, remedy) = match &self.outcome {
            Outcome::Uphold => (AppealState::Upheld, String::new()),
            Outcome::Reject { remedy } => {
                let remedy = clean(remedy);
                check_words(refusal(), "remedy", &remedy)?;
                (AppealState::Rejected, remedy)
            }
        };
        let (by, at) = (Some(self.actor.person), Some(self.clock.now()));
        Ok(Appeal { state, reasons, remedy, decided_by: by, decided_at: at, ..appeal })
    }

    /// Back to the stage at which requests are granted, with a new time limit.
    async fn reopen(&self, tx: &Tx, request: &mut Request) -> Result<(), Failure> {
        let now = self.clock.now();
        let stage = self.entry.process.granting().ok_or(DECIDED)?;
        moving::place(tx, request, stage).await?;
        request.closed_at = None;
        request.checks.decision = String::new();
        let days = self.entry.card.delivery_working_days.unwrap_or(1);
        request.due_at = self.provider.calendar.due(now, days);
        if !request::table::update(tx, request).await? {
            return Err(moving::CHANGED.into());
        }
        request::table::add_step(tx, request, Some(self.actor.person), "", now).await?;
        moving::lay_on_desk(tx, request, stage, now).await
    }

    async fn tell(&self, tx: &Tx, request: &Request, decided: &Appeal) -> Result<(), Failure> {
        let now = self.clock.now();
        let (kind, key) = match decided.state {
            AppealState::Upheld => ("appeal.upheld", "appeal-upheld"),
            _ => ("appeal.rejected", "appeal-rejected"),
        };
        let entry = ledger::Entry {
            kind,
            subject: request.subject(),
            actor: Some(self.actor.person),
            controls: CONTROLS,
            body: json!({ "number": request.number.as_str(), "appeal": decided.id,
                "state": request.state.word(), "stage": request.stage }),
            at: now,
        };
        ledger::append(tx, entry).await?;
        let message = self.telling.message(request, key).word("reasons", decided.reasons.as_str());
        let message = message.word("remedy", decided.remedy.as_str());
        self.telling.tell(tx, message, now).await
    }
}
