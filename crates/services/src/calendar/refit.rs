//! Working time has changed: every open request whose clock counts by it is worked out anew, and the applicant whose date
//! moved is told the new one with the source of law.
//!
//! What is left of a limit is known in working time, so the new date follows from the calendar of now alone: a request that
//! was worked out already comes to the same date again, and the job may run twice, or after a later change.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use authz::{Failure, Refusal};
use clock::{Clock, Timestamp};
use jobs::{JobError, Task, Work};
use organisations::Calendar;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use crate::{
    Services,
    entry::Entry,
    request::{self, Request},
    task,
    telling::Telling,
    timing::{self, Timing, timer, timer::TimerKind},
};

/// The kind of job that works clocks out anew.
pub(super) const KIND: &str = "services.refit_clocks";
/// Requests that are read at once.
const BATCH_REQUESTS: i64 = 200;

/// The worker of changed calendars.
pub struct RefitClocks(pub Arc<Services>);

#[async_trait]
impl Work for RefitClocks {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let body = task.payload.get("body").and_then(|body| body.as_str()).and_then(|body| body.parse().ok());
        let source = task.payload.get("source").and_then(|source| source.as_str()).unwrap_or_default();
        self.0.refit_clocks(body, source).await.map_err(JobError::of)
    }
}

impl Services {
    async fn refit_clocks(&self, body: Option<Uuid>, source: &str) -> Result<(), Failure> {
        self.directory.refresh(&self.store).await?;
        let mut after = Uuid::nil();
        loop {
            let open = timing::table::open_by(&self.store.read(), body, after, BATCH_REQUESTS).await?;
            for id in &open {
                self.refit(*id, source).await?;
            }
            match open.last() {
                Some(last) if open.len() as i64 == BATCH_REQUESTS => after = *last,
                _ => break,
            }
        }
        self.ledger.wake();
        Ok(())
    }

    async fn refit(&self, id: Uuid, source: &str) -> Result<(), Failure> {
        let Some(request) = request::table::by_id(&self.store.read(), id).await? else { return Ok(()) };
        let entry = self.directory.entry_at(&self.store, request.entry, request.entry_version).await?;
        let entry = entry.ok_or_else(Refusal::not_found)?;
        let telling = self.telling_of(&request).await?;
        let clock = self.clock.clone();
        self.store.write(Refit { request: id, entry, telling, source: source.to_owned(), clock }).await
    }
}

struct Refit {
    request: Uuid,
    entry: Arc<Entry>,
    telling: Telling,
    source: String,
    clock: Clock,
}

impl Verb for Refit {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let request = request::table::by_id(tx, self.request).await?;
        let timing = timing::table::find(tx, self.request).await?;
        let Some((request, mut timing)) = request.zip(timing) else { return Ok(()) };
        let Some(stage) = self.entry.process.stage(&request.stage).filter(|_| timing.closed_at.is_none())
        else {
            return Ok(());
        };
        let calendar = organisations::calendar(tx, timing.body).await?;
        rescale(tx, &mut timing, &calendar).await?;
        let moved = Dates::now(tx, &timing, &calendar).await?;
        let before = Dates { due: request.due_at, expected: timing.expected_at };
        timing.expected_at = moved.expected;
        timing::table::refit(tx, &timing).await?;
        if timing.holder.counts() || stage.expiry.is_some() {
            timer::arm(tx, &timing, stage, &calendar, timing.since).await?;
        }
        match moved == before {
            true => Ok(()),
            false => self.tell(tx, &request, &before, &moved).await,
        }
    }
}

/// By when a request is due, and the day that its applicant was told last.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Dates {
    due: Timestamp,
    expected: Timestamp,
}

impl Dates {
    async fn now(tx: &Tx, timing: &Timing, calendar: &Calendar) -> Result<Dates, Failure> {
        let end = |after: Duration| calendar.add_working(timing.since, after.saturating_sub(timing.spent));
        let due = end(timing.limit);
        // A promise that was given up stands by the timer that looks whether the new day is kept.
        if timing.late_at.is_none() {
            return Ok(Dates { due, expected: due });
        }
        let told = timing::table::unfired_of(tx, timing.request, timer::WHOLE, TimerKind::Miss).await?;
        Ok(Dates { due, expected: told.map_or(timing.expected_at, |told| end(told.after)) })
    }
}

/// Limits are kept as working time, and promised as working days: where a day has become longer or shorter, so have they.
async fn rescale(tx: &Tx, timing: &mut Timing, calendar: &Calendar) -> Result<(), Failure> {
    let (old, new) = (timing.day, calendar.working_day());
    if old == new || old.is_zero() {
        return Ok(());
    }
    let scaled = |working: Duration| working.mul_f64(new.as_secs_f64() / old.as_secs_f64());
    timing.limit = scaled(timing.limit);
    timing.spent = scaled(timing.spent);
    timing.provider = scaled(timing.provider);
    timing.day = new;
    timing::table::rescale_timers(tx, timing.request, scaled).await?;
    Ok(())
}

impl Refit {
    async fn tell(&self, tx: &Tx, request: &Request, before: &Dates, moved: &Dates) -> Result<(), Failure> {
        let now = self.clock.now();
        request::table::move_due(tx, request.id, moved.due).await?;
        task::table::move_due(tx, request.id, before.due, moved.due).await?;
        let entry = ledger::Entry {
            kind: "request.date_moved",
            subject: request.subject(),
            actor: None,
            controls: &[],
            body: json!({
                "due_before": before.due.to_string(), "due_at": moved.due.to_string(), "source": self.source,
            }),
            at: now,
        };
        ledger::append(tx, entry).await?;
        if before.expected.day() == moved.expected.day() {
            return Ok(());
        }
        let message = self.telling.message(request, "request-date-moved");
        let message = message.moment("expected_on", moved.expected).word("source", &self.source);
        self.telling.tell(tx, message, now).await
    }
}
