//! Timers: what is to happen when a clock has run for so long. Each fires once; while its clock stands still it is due
//! at no moment, and when the clock runs on it is due by what is left.

use std::time::Duration;

use authz::Failure;
use clock::Timestamp;
use jobs::Job;
use organisations::Calendar;
use serde_json::json;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::{Holder, Timing, table};
use crate::process::{Expiry, Party, Stage};

/// The kind of job that fires a timer.
pub(crate) const JOB: &str = "services.timer";
/// The stage of timers that run on all of the state's time and not on that of one stage.
pub(crate) const WHOLE: &str = "";

/// What a timer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimerKind {
    /// Whoever must act is reminded a day before the end of the stage's time.
    Remind,
    /// The head of the body is told that the stage's time is over.
    EscalateHead,
    /// The competent administration is told that it is over twice.
    EscalateAuthority,
    /// What the process itself says for a stage on which nobody acted.
    Expiry,
    /// A day before the promise ends: whether it can still be kept.
    Foresee,
    /// The day that was told last has come and the request has not ended.
    Miss,
}

impl TimerKind {
    const ALL: [TimerKind; 6] = [
        TimerKind::Remind,
        TimerKind::EscalateHead,
        TimerKind::EscalateAuthority,
        TimerKind::Expiry,
        TimerKind::Foresee,
        TimerKind::Miss,
    ];

    pub(crate) fn word(self) -> &'static str {
        match self {
            TimerKind::Remind => "remind",
            TimerKind::EscalateHead => "escalate_head",
            TimerKind::EscalateAuthority => "escalate_authority",
            TimerKind::Expiry => "expiry",
            TimerKind::Foresee => "foresee",
            TimerKind::Miss => "miss",
        }
    }

    pub(crate) fn named(word: &str) -> Option<TimerKind> {
        TimerKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Timer {
    pub id: Uuid,
    pub request: Uuid,
    pub stage: String,
    pub kind: TimerKind,
    /// Tells several of one kind apart: the second date that was missed.
    pub ordinal: i64,
    pub after: Duration,
    pub due_at: Option<Timestamp>,
}

impl Timer {
    pub(crate) fn new(request: Uuid, stage: &str, kind: TimerKind, after: Duration) -> Timer {
        Timer { id: Uuid::now_v7(), request, stage: stage.to_owned(), kind, ordinal: 1, after, due_at: None }
    }
}

/// What begins to run with a stage's own clock; the others follow when these have fired ([`next`]).
pub(crate) fn of_stage(stage: &Stage, working_day: Duration) -> Vec<(TimerKind, Duration)> {
    let is_desk = matches!(stage.party, Party::Provider { .. } | Party::Body { .. });
    let limit = stage.working_days.filter(|_| is_desk).map(|days| working_day * days);
    let remind =
        limit.map(|limit| (TimerKind::Remind, limit.saturating_sub(working_day).max(working_day / 2)));
    let expiry = stage.expiry.as_ref().map(|expiry| match expiry {
        Expiry::Remind { after_working_days }
        | Expiry::Escalate { after_working_days, .. }
        | Expiry::Act { after_working_days, .. } => (TimerKind::Expiry, working_day * *after_working_days),
    });
    remind.into_iter().chain(expiry).collect()
}

/// What begins to run with the state's time.
fn of_request(limit: Duration, working_day: Duration) -> (TimerKind, Duration) {
    match limit.checked_sub(working_day) {
        Some(before) if !before.is_zero() => (TimerKind::Foresee, before),
        _ => (TimerKind::Miss, limit),
    }
}

/// What runs on when a timer has fired.
pub(crate) fn next(fired: &Timer, stage: &Stage, limit: Duration, working_day: Duration) -> Option<Timer> {
    let days = stage.working_days.unwrap_or_default();
    let (kind, after) = match fired.kind {
        TimerKind::Remind => (TimerKind::EscalateHead, working_day * days),
        TimerKind::EscalateHead => (TimerKind::EscalateAuthority, working_day * days * 2),
        TimerKind::Foresee => (TimerKind::Miss, limit),
        TimerKind::EscalateAuthority | TimerKind::Expiry | TimerKind::Miss => return None,
    };
    Some(Timer::new(fired.request, &fired.stage, kind, after))
}

/// Sets the first timers of a request that was delivered just now.
pub(crate) async fn begin(
    tx: &Tx,
    timing: &Timing,
    stage: &Stage,
    calendar: &Calendar,
    at: Timestamp,
) -> Result<(), Failure> {
    let own = own_calendar(tx, timing, calendar).await?;
    let mut timers: Vec<Timer> = of_stage(stage, own.working_day())
        .into_iter()
        .map(|(kind, after)| Timer::new(timing.request, &stage.id, kind, after))
        .collect();
    let (kind, after) = of_request(timing.limit, calendar.working_day());
    timers.push(Timer::new(timing.request, WHOLE, kind, after));
    for timer in &mut timers {
        let calendar = if timer.stage == WHOLE { calendar } else { &own };
        set(tx, timer, calendar.add_working(at, timer.after)).await?;
    }
    Ok(())
}

/// Sets every timer that runs at the stage that was reached to the moment at which it will be over; those of a stage
/// that is reached for the first time are made.
pub(crate) async fn arm(
    tx: &Tx,
    timing: &Timing,
    stage: &Stage,
    calendar: &Calendar,
    at: Timestamp,
) -> Result<(), Failure> {
    let mut timers = table::timers(tx, timing.request).await?;
    let own = own_calendar(tx, timing, calendar).await?;
    if !timers.iter().any(|(timer, _)| timer.stage == stage.id) {
        let first = of_stage(stage, own.working_day());
        timers.extend(
            first
                .into_iter()
                .map(|(kind, after)| (Timer::new(timing.request, &stage.id, kind, after), false)),
        );
    }
    let worked_here = table::worked_at(tx, timing.request, &stage.id).await?;
    for (mut timer, has_fired) in timers {
        let (calendar, worked) = match timer.stage.as_str() {
            _ if has_fired => continue,
            WHOLE if timing.holder.counts() => (calendar, timing.spent),
            here if here == stage.id => (&own, worked_here),
            _ => continue,
        };
        let due = calendar.add_working(at, timer.after.saturating_sub(worked));
        set(tx, &mut timer, due).await?;
    }
    Ok(())
}

/// The calendar of whoever holds the request now.
pub(crate) async fn own_calendar(
    tx: &Tx,
    timing: &Timing,
    calendar: &Calendar,
) -> Result<Calendar, StoreError> {
    match table::visited_body(tx, timing.request).await? {
        Some(body) if timing.holder == Holder::Other => organisations::calendar(tx, body).await,
        _ => Ok(calendar.clone()),
    }
}

/// Keeps the timer and orders the job that fires it. A job of a moment that no longer holds finds that out by itself.
pub(crate) async fn set(tx: &Tx, timer: &mut Timer, due: Timestamp) -> Result<(), StoreError> {
    timer.due_at = Some(due);
    table::put(tx, timer).await?;
    let job = Job {
        kind: JOB,
        key: format!("{}@{}", timer.id, due.0),
        payload: json!({ "timer": timer.id, "due": due.0 }),
        run_at: due,
    };
    jobs::enqueue(tx, job).await
}
