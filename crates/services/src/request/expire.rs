//! What arrived, was not received, and is never completed does not wait for ever: its applicant is told a while before,
//! then it is closed, once, and they are told that too. Nobody decided anything: they may apply again.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use authz::{Failure, Refusal};
use clock::{Clock, DAY, Timestamp};
use jobs::{Job, JobError, Task, Work};
use serde_json::json;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use super::{Request, State, moving::CHANGED, table};
use crate::{Services, draft, telling::Telling};

/// The kind of job that looks after what arrived.
const KIND: &str = "services.expire_arrival";
/// How long there is to complete it, and how long before its end the applicant is told; both as the regulation sets them.
const LIMIT: &str = "receipt.completion.limit";
const REMINDER: &str = "receipt.completion.reminder";
/// Where no pack in force says so.
const LIMIT_WITHOUT_PACK: Duration = DAY.saturating_mul(60);
const REMINDER_WITHOUT_PACK: Duration = DAY.saturating_mul(7);
const CONTROLS: &[&str] = &["LY-SVC-15.3a", "LY-SVC-15.3b"];
/// The stage that stands in no process, so that no act leads on from it.
const STAGE: &str = "expired";

/// How long there is to complete what arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Completion {
    limit: Duration,
    reminder: Duration,
}

impl Completion {
    fn ends_at(self, request: &Request) -> Timestamp {
        request.delivered_at + self.limit
    }

    fn reminds_at(self, request: &Request) -> Timestamp {
        request.delivered_at + self.limit.saturating_sub(self.reminder)
    }
}

/// Orders the reminder of what has just arrived; the end is ordered by it.
pub(super) async fn order(tx: &Tx, request: &Request, completion: Completion) -> Result<(), StoreError> {
    jobs::enqueue(tx, job(request, "remind", completion.reminds_at(request))).await
}

fn job(request: &Request, step: &str, run_at: Timestamp) -> Job {
    let payload = json!({ "request": request.id, "closes": step == "close" });
    Job { kind: KIND, key: format!("{}/{step}", request.id), payload, run_at }
}

/// The worker of [`KIND`].
pub struct ExpireArrivals(pub Arc<Services>);

#[async_trait]
impl Work for ExpireArrivals {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let id = task.payload.get("request").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
        let id = id.ok_or_else(|| JobError::Never("the payload names no request".into()))?;
        let closes = task.payload.get("closes").and_then(|it| it.as_bool()).unwrap_or_default();
        self.0.expire_arrival(id, closes).await.map_err(JobError::of)
    }
}

impl Services {
    /// The strictest of what the packs in force say.
    pub(crate) fn completion(&self) -> Completion {
        let span = |id: &str| self.packs.parameter(id).and_then(|stated| stated.value.duration());
        Completion {
            limit: span(LIMIT).unwrap_or(LIMIT_WITHOUT_PACK),
            reminder: span(REMINDER).unwrap_or(REMINDER_WITHOUT_PACK),
        }
    }

    /// By when a request must be complete, while it waits for that.
    pub(crate) fn complete_by(&self, request: &Request) -> Option<Timestamp> {
        (request.state == State::ReceiptNotConfirmed).then(|| self.completion().ends_at(request))
    }

    async fn expire_arrival(&self, id: Uuid, closes: bool) -> Result<(), Failure> {
        let sql = self.store.read();
        let request = table::by_id(&sql, id).await?.ok_or_else(Refusal::not_found)?;
        if request.state != State::ReceiptNotConfirmed {
            return Ok(());
        }
        let email = crate::contact::table::email_of(&sql, id).await?;
        let telling = self.telling_of(&request).await?.at(email);
        let (completion, clock) = (self.completion(), self.clock.clone());
        match closes {
            true => self.store.write(Expire { request: id, telling, clock }).await?,
            false => self.store.write(Remind { request: id, telling, completion, clock }).await?,
        }
        self.ledger.wake();
        Ok(())
    }
}

/// Tells the applicant by when, and orders the end in the same transaction: neither comes without the other.
struct Remind {
    request: Uuid,
    telling: Telling,
    completion: Completion,
    clock: Clock,
}

impl Verb for Remind {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let Some(request) = waiting(tx, self.request).await? else { return Ok(()) };
        let ends_at = self.completion.ends_at(&request);
        jobs::enqueue(tx, job(&request, "close", ends_at)).await?;
        let message = self.telling.message(&request, "request-expires").moment("until_on", ends_at);
        self.telling.tell(tx, message, self.clock.now()).await
    }
}

struct Expire {
    request: Uuid,
    telling: Telling,
    clock: Clock,
}

impl Verb for Expire {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let Some(mut request) = waiting(tx, self.request).await? else { return Ok(()) };
        let now = self.clock.now();
        (request.state, request.closed_at) = (State::Expired, Some(now));
        request.stage = STAGE.to_owned();
        if !table::update(tx, &request).await? {
            return Err(CHANGED.into());
        }
        table::add_step(tx, &request, None, "", now).await?;
        draft::table::end_completing(tx, request.number.as_str()).await?;
        let entry = ledger::Entry {
            kind: "request.expired",
            subject: request.subject(),
            actor: None,
            controls: CONTROLS,
            body: json!({ "number": request.number.as_str(), "state": request.state.word() }),
            at: now,
        };
        ledger::append(tx, entry).await?;
        notify::settle(tx, request.applicant, &request.subject()).await?;
        let message = self.telling.message(&request, "request-expired");
        self.telling.tell(tx, message, now).await
    }
}

/// The request, as long as it waits to be completed.
async fn waiting(tx: &Tx, id: Uuid) -> Result<Option<Request>, Failure> {
    let request = table::by_id(tx, id).await?;
    Ok(request.filter(|request| request.state == State::ReceiptNotConfirmed))
}
