//! The SQL of load.

use clock::{DAY, Timestamp};
use store::{Sql, StoreError};
use uuid::Uuid;

use super::{Carried, StageTime};

/// Stages that are told apart; the busiest first.
const STAGES_MAX: i64 = 20;
const MICROSECONDS: i64 = 1_000_000;

/// Open tasks on a body's desks, by holder.
pub(super) async fn carried(sql: &impl Sql, body: Uuid, now: Timestamp) -> Result<Vec<Carried>, StoreError> {
    let select = "SELECT holder, COUNT(*) AS open, COUNT(CASE WHEN due_at < $2 THEN 1 END) AS late
        FROM task WHERE body = $1 AND done_at IS NULL GROUP BY holder";
    let rows = sql.all(select, vec![body.into(), now.0.into()]).await?;
    rows.iter()
        .map(|row| Ok(Carried { holder: row.get("holder")?, open: row.get("open")?, late: row.get("late")? }))
        .collect()
}

/// Requests delivered to a body, by day since 1970 at `offset` minutes from UTC.
pub(super) async fn received(
    sql: &impl Sql,
    body: Uuid,
    from: Timestamp,
    offset: i64,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let day = DAY.as_micros() as i64;
    let select = format!(
        "SELECT (delivered_at + $3) / {day} AS day, COUNT(*) AS made FROM request
         WHERE body = $1 AND delivered_at >= $2 AND state NOT IN ('receipt_not_confirmed', 'expired')
         GROUP BY (delivered_at + $3) / {day}"
    );
    by_day(sql, &select, body, from, offset).await
}

/// Requests of a body that were closed, by day: the end of the last task is the end of the desk's work.
pub(super) async fn closed(
    sql: &impl Sql,
    body: Uuid,
    from: Timestamp,
    offset: i64,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let day = DAY.as_micros() as i64;
    let select = format!(
        "SELECT (done_at + $3) / {day} AS day, COUNT(*) AS made FROM task
         WHERE body = $1 AND done_at >= $2 AND kind = 'decision' GROUP BY (done_at + $3) / {day}"
    );
    by_day(sql, &select, body, from, offset).await
}

async fn by_day(
    sql: &impl Sql,
    select: &str,
    body: Uuid,
    from: Timestamp,
    offset: i64,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let values = vec![body.into(), from.0.into(), (offset * 60 * MICROSECONDS).into()];
    let rows = sql.all(select, values).await?;
    rows.iter().map(|row| Ok((row.get("day")?, row.get("made")?))).collect()
}

/// How long tasks lay on the desks of a body that were done since `from`, by service and stage.
pub(super) async fn stage_times(
    sql: &impl Sql,
    body: Uuid,
    from: Timestamp,
) -> Result<Vec<StageTime>, StoreError> {
    let select = format!(
        "SELECT entry, stage, kind, COUNT(*) AS done,
            CAST(SUM((done_at - opened_at) / {MICROSECONDS}) / COUNT(*) AS BIGINT) AS seconds
         FROM task WHERE body = $1 AND done_at >= $2 GROUP BY entry, stage, kind
         ORDER BY COUNT(*) DESC, stage LIMIT {STAGES_MAX}"
    );
    let rows = sql.all(&select, vec![body.into(), from.0.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(StageTime {
                entry: row.get("entry")?,
                stage: row.get("stage")?,
                kind: row.get("kind")?,
                done: row.get("done")?,
                seconds: row.get("seconds")?,
            })
        })
        .collect()
}
