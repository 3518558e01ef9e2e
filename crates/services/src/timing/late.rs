//! A promise that will not be kept: the applicant is told the new day, the head of the body is told of the case, and it
//! stands in the delay report from then on (LY-SVC-16.3c).

use std::time::Duration;

use authz::Failure;
use clock::Timestamp;
use ledger::Entry;
use organisations::Calendar;
use outlook::Outlook;
use serde_json::json;
use store::Tx;

use super::{
    Timing, delays, table,
    timer::{self, Timer, TimerKind, WHOLE},
};
use crate::{
    duty,
    request::Request,
    telling::{self, Telling},
};

/// New days that an applicant is told before the case is left to those who were told of it.
const DAYS_TOLD_MAX: i64 = 6;

/// What it was found by, and what says the new day.
pub(crate) struct Found<'f> {
    pub fired: &'f Timer,
    pub request: &'f Request,
    pub calendar: &'f Calendar,
    pub outlook: Option<&'f Outlook>,
    pub telling: &'f Telling,
    pub now: Timestamp,
}

/// Tells the new day and sets the timer that looks whether that one is kept.
pub(crate) async fn delay(tx: &Tx, found: Found<'_>, timing: &mut Timing) -> Result<(), Failure> {
    let Found { fired, request, calendar, outlook, telling, now } = found;
    let spent = timing.spent_at(calendar, now);
    let expected = new_day(timing, calendar, outlook, spent, now);
    timing.expected_at = expected;
    timing.late_at.get_or_insert(now);
    table::update(tx, timing).await?;
    let message = telling.message(request, "request-delayed").moment("expected_on", expected);
    telling.tell(tx, message, now).await?;
    for head in organisations::people_with(tx, "head", request.body, now).await? {
        let link = format!("/desk/{}", request.number);
        let message = telling::message(head, "timer-late", request.subject(), link);
        let message = message.word("number", request.number.as_str()).moment("expected_on", expected);
        notify::send(tx, now, message, None).await?;
    }
    let repeatedly = delays::are_repeated(tx, request.entry, now).await?;
    let entry = Entry {
        kind: "request.delayed",
        subject: request.subject(),
        actor: None,
        controls: &["LY-SVC-16.3c", "LY-SVC-25.1"],
        body: json!({
            "due_at": request.due_at.to_string(),
            "expected_at": expected.to_string(),
            "service_late_repeatedly": repeatedly,
        }),
        at: now,
    };
    ledger::append(tx, entry).await?;
    if repeatedly {
        duty::delay::open(tx, request.entry, now).await?;
    }
    let ordinal = if fired.kind == TimerKind::Foresee { 1 } else { fired.ordinal + 1 };
    if ordinal <= DAYS_TOLD_MAX {
        let after = spent + calendar.working_between(now, expected);
        let mut next = Timer { ordinal, ..Timer::new(request.id, WHOLE, TimerKind::Miss, after) };
        timer::set(tx, &mut next, calendar.add_working(now, after.saturating_sub(spent))).await?;
    }
    Ok(())
}

/// The end of the working day by which nine in ten of the cases that took so long already have ended; where outcomes
/// say nothing, half of what was promised once more. A day that was told is never moved forward.
fn new_day(
    timing: &Timing,
    calendar: &Calendar,
    outlook: Option<&Outlook>,
    spent: Duration,
    now: Timestamp,
) -> Timestamp {
    let foreseen = outlook.and_then(|outlook| outlook.left_after(spent)).map(|left| left.most);
    let left = foreseen.unwrap_or(timing.limit / 2).max(calendar.working_day());
    let day = calendar.due(calendar.add_working(now, left), 0);
    day.max(calendar.due(timing.expected_at, 1))
}
