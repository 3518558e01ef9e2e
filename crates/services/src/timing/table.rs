//! The SQL of clocks and timers.

use std::time::Duration;

use clock::Timestamp;
use outlook::{Case, ENDED_MAX, OPEN_MAX, Told};
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{
    Holder, Timing,
    timer::{Timer, TimerKind},
};
use crate::process::Stage;

const COLUMNS: &str = "request, entry, body, delivered_at, limit_micros, plain_micros, shown_micros, expected_at,
    stage, party, since, spent_micros, provider_micros, other_micros, applicant_micros, left_at, closed_at, ended,
    late_at, day_micros";

pub(super) async fn insert(tx: &Tx, timing: &Timing) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO timing ({COLUMNS}) VALUES
            ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"
    );
    let mut values: Vec<Value> = vec![
        timing.request.into(),
        timing.entry.into(),
        timing.body.into(),
        timing.delivered_at.0.into(),
        micros(timing.limit).into(),
        timing.told.map(|told| micros(told.plain)).into(),
        timing.told.map(|told| micros(told.shown)).into(),
    ];
    values.extend(moving(timing));
    values.push(micros(timing.day).into());
    tx.run(&insert, values).await.map(drop)
}

pub(super) async fn update(tx: &Tx, timing: &Timing) -> Result<(), StoreError> {
    let update = "UPDATE timing SET expected_at = $2, stage = $3, party = $4, since = $5, spent_micros = $6,
            provider_micros = $7, other_micros = $8, applicant_micros = $9, left_at = $10, closed_at = $11,
            ended = $12, late_at = $13 WHERE request = $1";
    let mut values: Vec<Value> = vec![timing.request.into()];
    values.extend(moving(timing));
    tx.run(update, values).await.map(drop)
}

/// Writes what a changed calendar makes of the clocks.
pub(crate) async fn refit(tx: &Tx, timing: &Timing) -> Result<(), StoreError> {
    let update =
        "UPDATE timing SET limit_micros = $2, expected_at = $3, spent_micros = $4, provider_micros = $5,
            day_micros = $6 WHERE request = $1";
    let values = vec![
        timing.request.into(),
        micros(timing.limit).into(),
        timing.expected_at.0.into(),
        micros(timing.spent).into(),
        micros(timing.provider).into(),
        micros(timing.day).into(),
    ];
    tx.run(update, values).await.map(drop)
}

/// Open requests whose clock counts by the calendar of a body, theirs or the one that they visit; all of them when none
/// is named. By id, after one.
pub(crate) async fn open_by(
    sql: &impl Sql,
    body: Option<Uuid>,
    after: Uuid,
    limit: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let mut values: Vec<Value> = vec![after.into(), limit.into()];
    let only = match body {
        None => "",
        Some(body) => {
            values.push(body.into());
            " AND (body = $3 OR EXISTS (SELECT 1 FROM timing_visit v
                WHERE v.request = timing.request AND v.ended_at IS NULL AND v.body = $3))"
        }
    };
    let select = format!(
        "SELECT request FROM timing WHERE closed_at IS NULL AND request > $1{only} ORDER BY request LIMIT $2"
    );
    sql.all(&select, values).await?.iter().map(|row| row.get("request")).collect()
}

/// What moves, in the order of the columns.
fn moving(timing: &Timing) -> [Value; 12] {
    [
        timing.expected_at.0.into(),
        timing.stage.as_str().into(),
        timing.holder.word().into(),
        timing.since.0.into(),
        micros(timing.spent).into(),
        micros(timing.provider).into(),
        micros(timing.other).into(),
        micros(timing.applicant).into(),
        timing.left_at.map(|at| at.0).into(),
        timing.closed_at.map(|at| at.0).into(),
        i64::from(timing.ended).into(),
        timing.late_at.map(|at| at.0).into(),
    ]
}

pub(crate) async fn find(sql: &impl Sql, request: Uuid) -> Result<Option<Timing>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM timing WHERE request = $1");
    sql.find(&select, vec![request.into()], timing).await
}

pub(super) async fn begin_visit(
    tx: &Tx,
    request: Uuid,
    stage: &Stage,
    holder: Holder,
    body: Uuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO timing_visit (id, request, stage, party, body, began_at, working_micros)
        VALUES ($1, $2, $3, $4, $5, $6, 0)";
    let values = vec![
        Uuid::now_v7().into(),
        request.into(),
        stage.id.as_str().into(),
        holder.word().into(),
        body.into(),
        at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(super) async fn end_visit(
    tx: &Tx,
    request: Uuid,
    at: Timestamp,
    working: Duration,
) -> Result<(), StoreError> {
    let update = "UPDATE timing_visit SET ended_at = $2, working_micros = $3
        WHERE request = $1 AND ended_at IS NULL";
    tx.run(update, vec![request.into(), at.0.into(), micros(working).into()]).await.map(drop)
}

/// The body whose calendar the running clock counts.
pub(super) async fn visited_body(sql: &impl Sql, request: Uuid) -> Result<Option<Uuid>, StoreError> {
    let select = "SELECT body FROM timing_visit WHERE request = $1 AND ended_at IS NULL LIMIT 1";
    sql.one(select, vec![request.into()]).await?.map(|row| row.get("body")).transpose()
}

/// The working time of former visits to a stage.
pub(super) async fn worked_at(sql: &impl Sql, request: Uuid, stage: &str) -> Result<Duration, StoreError> {
    let select = "SELECT CAST(COALESCE(SUM(working_micros), 0) AS BIGINT) AS worked
        FROM timing_visit WHERE request = $1 AND stage = $2";
    let row = sql.one(select, vec![request.into(), stage.into()]).await?;
    row.map_or(Ok(Duration::ZERO), |row| duration(&row, "worked"))
}

/// A visit to a stage, for whoever checks the sums.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub stage: String,
    pub holder: Holder,
    pub began_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub working: Duration,
}

pub(crate) async fn visits(sql: &impl Sql, request: Uuid) -> Result<Vec<Visit>, StoreError> {
    let select = "SELECT stage, party, began_at, ended_at, working_micros FROM timing_visit
        WHERE request = $1 ORDER BY id";
    let rows = sql.all(select, vec![request.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Visit {
                stage: row.get("stage")?,
                holder: holder(row)?,
                began_at: Timestamp(row.get("began_at")?),
                ended_at: moment(row, "ended_at")?,
                working: duration(row, "working_micros")?,
            })
        })
        .collect()
}

/// What is known of the newest cases of a service: those that ended last, and the newest of those that are open.
pub(super) async fn cases(
    sql: &impl Sql,
    entry: Uuid,
    now: Timestamp,
) -> Result<Vec<(Case, Holder, Timestamp)>, StoreError> {
    let columns = "SELECT delivered_at, left_at, ended, party, since, spent_micros, plain_micros, shown_micros FROM timing";
    let ended =
        format!("{columns} WHERE entry = $1 AND ended = 1 AND left_at <= $2 ORDER BY left_at DESC LIMIT $3");
    let open =
        format!("{columns} WHERE entry = $1 AND closed_at IS NULL ORDER BY delivered_at DESC LIMIT $2");
    let mut rows = sql.all(&ended, vec![entry.into(), now.0.into(), (ENDED_MAX as i64).into()]).await?;
    rows.extend(sql.all(&open, vec![entry.into(), (OPEN_MAX as i64).into()]).await?);
    rows.iter().map(|row| Ok((case(row)?, holder(row)?, Timestamp(row.get("since")?)))).collect()
}

fn case(row: &Row) -> Result<Case, StoreError> {
    Ok(Case {
        delivered_at: Timestamp(row.get("delivered_at")?),
        left_at: moment(row, "left_at")?,
        ended: row.get::<i64>("ended")? == 1,
        spent: duration(row, "spent_micros")?,
        told: told(row)?,
    })
}

/// A line of the delay report.
#[derive(Clone, Debug)]
pub(crate) struct Delay {
    pub request: Uuid,
    pub number: String,
    pub entry: Uuid,
    pub body: Uuid,
    pub stage: String,
    pub holder: Holder,
    pub since: Timestamp,
    pub due_at: Timestamp,
    pub expected_at: Timestamp,
    pub late_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

/// What narrows the delay report.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Narrowed {
    /// The body; nothing asks for all of them.
    pub body: Option<Uuid>,
    pub entry: Option<Uuid>,
    /// Open ones alone, or closed ones alone.
    pub open: Option<bool>,
}

/// Where the page before ended.
pub(crate) type After = (i64, Uuid);

/// Requests whose promise was found to be broken, the latest finding first.
pub(crate) async fn delays(
    sql: &impl Sql,
    narrowed: Narrowed,
    before: After,
    limit: i64,
) -> Result<Vec<Delay>, StoreError> {
    let mut values: Vec<Value> = vec![before.0.into(), before.1.into(), limit.into()];
    let mut only = String::new();
    for (column, id) in [("body", narrowed.body), ("entry", narrowed.entry)] {
        if let Some(id) = id {
            values.push(id.into());
            only += &format!(" AND t.{column} = ${}", values.len());
        }
    }
    match narrowed.open {
        Some(true) => only += " AND t.closed_at IS NULL",
        Some(false) => only += " AND t.closed_at IS NOT NULL",
        None => {}
    }
    let select = format!(
        "SELECT t.request, r.number, t.entry, t.body, t.stage, t.party, t.since, r.due_at, t.expected_at, t.late_at,
            t.closed_at FROM timing t JOIN request r ON r.id = t.request
         WHERE t.late_at IS NOT NULL AND (t.late_at, t.request) < ($1, $2){only}
         ORDER BY t.late_at DESC, t.request DESC LIMIT $3"
    );
    sql.list(&select, values, delay).await
}

fn delay(row: &Row) -> Result<Delay, StoreError> {
    Ok(Delay {
        request: row.get("request")?,
        number: row.get("number")?,
        entry: row.get("entry")?,
        body: row.get("body")?,
        stage: row.get("stage")?,
        holder: holder(row)?,
        since: Timestamp(row.get("since")?),
        due_at: Timestamp(row.get("due_at")?),
        expected_at: Timestamp(row.get("expected_at")?),
        late_at: Timestamp(row.get("late_at")?),
        closed_at: moment(row, "closed_at")?,
    })
}

/// How many requests of a service were delivered since a moment, and of how many the promise was broken since then.
pub(crate) async fn kept_since(
    sql: &impl Sql,
    entry: Uuid,
    since: Timestamp,
) -> Result<(i64, i64), StoreError> {
    let select = "SELECT COUNT(*) AS all_of_them, COUNT(late_at) AS late FROM timing
        WHERE entry = $1 AND delivered_at >= $2";
    let row = sql.one(select, vec![entry.into(), since.0.into()]).await?;
    let row = row.ok_or_else(|| StoreError::Shape("count".into()))?;
    Ok((row.get("all_of_them")?, row.get("late")?))
}

/// Keeps a timer with the moment at which it is due.
pub(super) async fn put(tx: &Tx, timer: &Timer) -> Result<(), StoreError> {
    let upsert = "INSERT INTO timer (id, request, stage, kind, ordinal, after_micros, due_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (request, stage, kind, ordinal) DO UPDATE SET due_at = excluded.due_at";
    let values = vec![
        timer.id.into(),
        timer.request.into(),
        timer.stage.as_str().into(),
        timer.kind.word().into(),
        timer.ordinal.into(),
        micros(timer.after).into(),
        timer.due_at.map(|at| at.0).into(),
    ];
    tx.run(upsert, values).await.map(drop)
}

/// The timers of a request, each with whether it has fired.
pub(super) async fn timers(sql: &impl Sql, request: Uuid) -> Result<Vec<(Timer, bool)>, StoreError> {
    let select = format!("{TIMER} WHERE request = $1 ORDER BY id");
    let rows = sql.all(&select, vec![request.into()]).await?;
    rows.iter().map(|row| Ok((timer(row)?, moment(row, "fired_at")?.is_some()))).collect()
}

/// A timer that has not fired.
pub(super) async fn unfired(sql: &impl Sql, id: Uuid) -> Result<Option<Timer>, StoreError> {
    let select = format!("{TIMER} WHERE id = $1 AND fired_at IS NULL");
    sql.find(&select, vec![id.into()], timer).await
}

/// The latest timer of a kind that has not fired, whether or not its clock runs.
pub(crate) async fn unfired_of(
    sql: &impl Sql,
    request: Uuid,
    stage: &str,
    kind: TimerKind,
) -> Result<Option<Timer>, StoreError> {
    let select = format!(
        "{TIMER} WHERE request = $1 AND stage = $2 AND kind = $3 AND fired_at IS NULL
         ORDER BY ordinal DESC LIMIT 1"
    );
    let row = sql.one(&select, vec![request.into(), stage.into(), kind.word().into()]).await?;
    row.as_ref().map(timer).transpose()
}

/// Makes the times of a request's unfired timers longer or shorter.
pub(crate) async fn rescale_timers(
    tx: &Tx,
    request: Uuid,
    scaled: impl Fn(Duration) -> Duration,
) -> Result<(), StoreError> {
    for (timer, has_fired) in timers(tx, request).await? {
        if !has_fired {
            let update = "UPDATE timer SET after_micros = $2 WHERE id = $1";
            tx.run(update, vec![timer.id.into(), micros(scaled(timer.after)).into()]).await?;
        }
    }
    Ok(())
}

/// True for the one transaction that fires it: it was due at this moment, and nobody was faster.
pub(super) async fn fire(tx: &Tx, id: Uuid, due: Timestamp, now: Timestamp) -> Result<bool, StoreError> {
    let update =
        "UPDATE timer SET fired_at = $3, due_at = NULL WHERE id = $1 AND due_at = $2 AND fired_at IS NULL";
    Ok(tx.run(update, vec![id.into(), due.0.into(), now.0.into()]).await? == 1)
}

/// No timer of the request is due at any moment, until one is set anew.
pub(super) async fn disarm(tx: &Tx, request: Uuid) -> Result<(), StoreError> {
    let update = "UPDATE timer SET due_at = NULL WHERE request = $1 AND due_at IS NOT NULL";
    tx.run(update, vec![request.into()]).await.map(drop)
}

const TIMER: &str = "SELECT id, request, stage, kind, ordinal, after_micros, due_at, fired_at FROM timer";

fn timer(row: &Row) -> Result<Timer, StoreError> {
    let kind: String = row.get("kind")?;
    Ok(Timer {
        id: row.get("id")?,
        request: row.get("request")?,
        stage: row.get("stage")?,
        kind: TimerKind::named(&kind).ok_or_else(|| StoreError::Shape(format!("timer {kind}")))?,
        ordinal: row.get("ordinal")?,
        after: duration(row, "after_micros")?,
        due_at: moment(row, "due_at")?,
    })
}

fn timing(row: &Row) -> Result<Timing, StoreError> {
    Ok(Timing {
        request: row.get("request")?,
        entry: row.get("entry")?,
        body: row.get("body")?,
        delivered_at: Timestamp(row.get("delivered_at")?),
        limit: duration(row, "limit_micros")?,
        told: told(row)?,
        expected_at: Timestamp(row.get("expected_at")?),
        stage: row.get("stage")?,
        holder: holder(row)?,
        since: Timestamp(row.get("since")?),
        spent: duration(row, "spent_micros")?,
        provider: duration(row, "provider_micros")?,
        other: duration(row, "other_micros")?,
        applicant: duration(row, "applicant_micros")?,
        left_at: moment(row, "left_at")?,
        closed_at: moment(row, "closed_at")?,
        ended: row.get::<i64>("ended")? == 1,
        day: duration(row, "day_micros")?,
        late_at: moment(row, "late_at")?,
    })
}

fn told(row: &Row) -> Result<Option<Told>, StoreError> {
    let figure = |column| -> Result<Option<Duration>, StoreError> {
        Ok(row.get::<Option<i64>>(column)?.map(|micros| Duration::from_micros(micros.max(0).unsigned_abs())))
    };
    Ok(figure("plain_micros")?.zip(figure("shown_micros")?).map(|(plain, shown)| Told { plain, shown }))
}

fn holder(row: &Row) -> Result<Holder, StoreError> {
    let word: String = row.get("party")?;
    Holder::named(&word).ok_or_else(|| StoreError::Shape(format!("party {word}")))
}

fn moment(row: &Row, column: &str) -> Result<Option<Timestamp>, StoreError> {
    Ok(row.get::<Option<i64>>(column)?.map(Timestamp))
}

fn duration(row: &Row, column: &str) -> Result<Duration, StoreError> {
    Ok(Duration::from_micros(row.get::<i64>(column)?.max(0).unsigned_abs()))
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
