//! Whoever may sign approves or refuses a verified request.
//!
//! Approval orders the output in the same transaction. What the outputs of the card need is asked here: the measures
//! that will be taken (LY-SVC-18.2), number and day of the administrative act (18.3).

use std::sync::Arc;

use authz::{Failure, Item, Kind, Refusal};
use jobs::Job;
use language::clean_text;
use serde_json::json;
use store::{Tx, Verb};

use super::{
    Act, NamedAct, Request,
    act::{Acting, Told},
};
use crate::{
    entry::{Entry, OutputKind},
    output::issue,
    telling::Telling,
};

pub const WORDS_CHARACTERS_MIN: usize = 10;
pub const WORDS_CHARACTERS_MAX: usize = 2_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Approve { measures: String, named: NamedAct },
    Refuse { reason: String },
}

pub struct Decide {
    pub acting: Acting,
    pub entry: Arc<Entry>,
    pub decision: Decision,
    pub telling: Telling,
    /// The day in the provider's zone, after which no act was adopted.
    pub today: i64,
}

impl Verb for Decide {
    type Answer = String;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<String, Failure> {
        let act = match self.decision {
            Decision::Approve { .. } => Act::Approve,
            Decision::Refuse { .. } => Act::Refuse,
        };
        let mut request = self.acting.request(tx, &self.entry, act).await?;
        request.checks.decided_by = Some(self.acting.actor.person);
        match &self.decision {
            Decision::Approve { measures, named } => {
                let named = NamedAct::new(&named.number, &named.date);
                self.approve(tx, &mut request, clean_text(measures).trim(), named).await?;
            }
            Decision::Refuse { reason } => self.refuse(tx, &mut request, clean_text(reason).trim()).await?,
        }
        Ok(request.state.word().to_owned())
    }
}

impl Decide {
    async fn approve(
        &self,
        tx: &Tx,
        request: &mut Request,
        measures: &str,
        named: NamedAct,
    ) -> Result<(), Failure> {
        check_verified(request)?;
        check_outputs(&self.entry, measures, &named, self.today)?;
        let now = self.acting.clock.now();
        request.checks.measures = measures.to_owned();
        request.checks.act = named;
        let told = Told {
            kind: "request.approved",
            controls: &["LY-SVC-17.1a", "LY-SVC-18.2", "LY-SVC-18.3"],
            note: "",
            body: json!({}),
            at: now,
        };
        self.acting.conclude(tx, &self.entry, request, (Act::Approve, None), told).await?;
        let job = Job {
            kind: issue::KIND,
            key: request.number.to_string(),
            payload: json!({ "request": request.id }),
            run_at: now,
        };
        Ok(jobs::enqueue(tx, job).await?)
    }

    async fn refuse(&self, tx: &Tx, request: &mut Request, reason: &str) -> Result<(), Failure> {
        let refusal = Refusal::new(Kind::Invalid, "request.reason_missing", &["LY-SVC-17.1b"]);
        check_words(refusal, "reason", reason)?;
        let now = self.acting.clock.now();
        request.checks.decision = reason.to_owned();
        let told = Told {
            kind: "request.refused",
            controls: &["LY-SVC-17.1a", "LY-SVC-17.1b"],
            note: reason,
            body: json!({}),
            at: now,
        };
        self.acting.conclude(tx, &self.entry, request, (Act::Refuse, None), told).await?;
        let message = self.telling.message(request, "request-refused").word("reason", reason);
        self.telling.tell(tx, message, now).await
    }
}

/// Nothing is carried out before each datum and document was verified, whichever way the process took (LY-SVC-16.1).
fn check_verified(request: &Request) -> Result<(), Refusal> {
    let open = request.unverified();
    if open.is_empty() {
        return Ok(());
    }
    let items = open
        .into_iter()
        .map(|field| Item { field, code: "unverified".into(), detail: String::new() })
        .collect();
    Err(Refusal::new(Kind::Conflict, "request.unverified", &["LY-SVC-16.1"]).with_items(items))
}

/// What each kind of output needs to be said with the approval.
fn check_outputs(entry: &Entry, measures: &str, named: &NamedAct, today: i64) -> Result<(), Refusal> {
    let has = |kind| entry.card.outputs.iter().any(|output| output.kind == kind);
    if has(OutputKind::Measure) {
        let refusal = Refusal::new(Kind::Invalid, "output.measure_missing", &["LY-SVC-18.2"]);
        check_words(refusal, "measures", measures)?;
    }
    if has(OutputKind::AdministrativeAct) { named.check(today) } else { Ok(()) }
}

pub(crate) fn check_words(refusal: Refusal, field: &str, words: &str) -> Result<(), Refusal> {
    match words.chars().count() {
        0 => Err(refusal.with_item(field, "required", "")),
        n if n < WORDS_CHARACTERS_MIN => {
            Err(refusal.with_item(field, "too_short", &WORDS_CHARACTERS_MIN.to_string()))
        }
        n if n > WORDS_CHARACTERS_MAX => {
            Err(refusal.with_item(field, "too_long", &WORDS_CHARACTERS_MAX.to_string()))
        }
        _ => Ok(()),
    }
}
