//! The clocks run: one begins with the delivery, and each move stops one and starts the next.

use std::time::Duration;

use authz::Failure;
use clock::Timestamp;
use organisations::Calendar;
use outlook::Told;
use store::Tx;

use super::{Holder, Timing, table, timer};
use crate::{
    process::Stage,
    request::{Request, State},
};

/// The clock of the first stage, with everything that is due on it.
pub(crate) async fn begin(
    tx: &Tx,
    request: &Request,
    stage: &Stage,
    calendar: &Calendar,
    told: Option<Told>,
) -> Result<(), Failure> {
    let at = request.delivered_at;
    let timing = Timing {
        request: request.id,
        entry: request.entry,
        body: request.body,
        delivered_at: at,
        limit: calendar.working_between(at, request.due_at),
        told,
        expected_at: request.due_at,
        stage: stage.id.clone(),
        holder: Holder::of(&stage.party),
        since: at,
        spent: Duration::ZERO,
        provider: Duration::ZERO,
        other: Duration::ZERO,
        applicant: Duration::ZERO,
        left_at: None,
        closed_at: None,
        ended: false,
        day: calendar.working_day(),
        late_at: None,
    };
    table::insert(tx, &timing).await?;
    visit(tx, request, stage, at).await?;
    timer::begin(tx, &timing, stage, calendar, at).await
}

/// Stops the clock of the stage that was left and starts that of `stage`, on which the request now stands. After a time
/// with the applicant its limits move by just as much working time as was left of them.
pub(crate) async fn moved(
    tx: &Tx,
    request: &mut Request,
    stage: &Stage,
    at: Timestamp,
) -> Result<(), Failure> {
    let Some(mut timing) = table::find(tx, request.id).await? else { return Ok(()) };
    let calendar = organisations::calendar(tx, timing.body).await?;
    stop(tx, &mut timing, &calendar, at).await?;
    let returns = timing.holder == Holder::Applicant && !stage.is_end();
    if returns {
        let moved = |end: Timestamp| calendar.add_working(at, calendar.working_between(timing.since, end));
        (request.due_at, timing.expected_at) = (moved(request.due_at), moved(timing.expected_at));
    }
    timing.stage = stage.id.clone();
    timing.holder = if stage.is_end() { Holder::Nobody } else { Holder::of(&stage.party) };
    timing.since = at;
    timing.left_at = (!timing.holder.counts()).then_some(at);
    timing.closed_at = stage.is_end().then_some(at);
    timing.ended = matches!(stage.state, State::Completed | State::Refused);
    table::disarm(tx, request.id).await?;
    if !stage.is_end() {
        visit(tx, request, stage, at).await?;
        timer::arm(tx, &timing, stage, &calendar, at).await?;
    }
    Ok(table::update(tx, &timing).await?)
}

/// What passed since the clock began to run goes to whoever held the request.
async fn stop(tx: &Tx, timing: &mut Timing, calendar: &Calendar, at: Timestamp) -> Result<(), Failure> {
    let working = calendar.working_between(timing.since, at);
    let Some(body) = table::visited_body(tx, timing.request).await? else { return Ok(()) };
    let own = if body == timing.body {
        working
    } else {
        organisations::calendar(tx, body).await?.working_between(timing.since, at)
    };
    match timing.holder {
        Holder::Provider => timing.provider += working,
        Holder::Other => timing.other += own,
        Holder::Applicant => timing.applicant += at.since(timing.since),
        Holder::Nobody => {}
    }
    if timing.holder.counts() {
        timing.spent += working;
    }
    Ok(table::end_visit(tx, timing.request, at, own).await?)
}

async fn visit(tx: &Tx, request: &Request, stage: &Stage, at: Timestamp) -> Result<(), Failure> {
    let body = request.desk.as_ref().map_or(request.body, |desk| desk.body);
    Ok(table::begin_visit(tx, request.id, stage, Holder::of(&stage.party), body, at).await?)
}
