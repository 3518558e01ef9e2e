//! The SQL of jobs. Every change of a held job names its holder, so that a worker that lost its lease changes
//! nothing any more.

use std::collections::BTreeMap;

use clock::Timestamp;
use store::{Engine, Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use crate::job::{Dead, Job, KindCount, PAYLOAD_BYTES_MAX, Queue, Retried, Task};

/// Orders a job in this transaction. Nothing happens when one of the same kind and key is open.
pub async fn enqueue(tx: &Tx, job: Job) -> Result<(), StoreError> {
    let payload = job.payload.to_string();
    if payload.len() > PAYLOAD_BYTES_MAX {
        return Err(StoreError::Shape(format!("the payload of {} has {} bytes", job.kind, payload.len())));
    }
    tx.run(
        "INSERT INTO job (id, kind, key, payload, state, run_at, due_at, attempt)
         VALUES ($1, $2, $3, $4, 'open', $5, $5, 0)
         ON CONFLICT (kind, key) WHERE state = 'open' DO NOTHING",
        vec![Uuid::now_v7().into(), job.kind.into(), job.key.into(), payload.into(), job.run_at.0.into()],
    )
    .await
    .map(drop)
}

/// Ends a task in the transaction of its effect, for work that must not happen twice. False when the lease was
/// lost: the caller then leaves by an error, so that its effect is rolled back.
pub async fn finish(tx: &Tx, task: &Task, now: Timestamp) -> Result<bool, StoreError> {
    Ok(delete(tx, task.holder, &[task.id], now).await? == 1)
}

/// Whether a worker for these kinds would find anything: asked outside a transaction, so that idling is cheap.
pub(crate) async fn is_due(
    sql: &impl Sql,
    kinds: &[&'static str],
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (list, mut values) = places(1, kinds.iter().map(|kind| Value::from(*kind)));
    let found = format!(
        "SELECT 1 AS one FROM job WHERE state = 'open' AND due_at <= ${} AND kind IN ({list})
         ORDER BY due_at LIMIT 1",
        values.len() + 1
    );
    values.push(now.0.into());
    Ok(sql.one(&found, values).await?.is_some())
}

/// Takes up to `max` due jobs under a lease that ends at `until`, the longest due first.
pub(crate) async fn claim(
    tx: &Tx,
    kinds: &[&'static str],
    holder: Uuid,
    now: Timestamp,
    until: Timestamp,
    max: usize,
) -> Result<Vec<Task>, StoreError> {
    let skip = match tx.engine() {
        Engine::Postgres => "FOR UPDATE SKIP LOCKED",
        Engine::Sqlite => "",
    };
    let (list, rest) = places(5, kinds.iter().map(|kind| Value::from(*kind)));
    let take = format!(
        "WITH due AS MATERIALIZED (
             SELECT id FROM job WHERE state = 'open' AND due_at <= $1 AND kind IN ({list})
             ORDER BY due_at, id LIMIT $2 {skip}
         )
         UPDATE job SET holder = $3, due_at = $4, attempt = attempt + 1 WHERE id IN (SELECT id FROM due)
         RETURNING id, kind, key, payload, attempt, run_at"
    );
    let mut values = vec![now.0.into(), (max as i64).into(), holder.into(), until.0.into()];
    values.extend(rest);
    let rows = tx.all(&take, values).await?;
    let mut tasks = rows.iter().map(|row| task(row, holder)).collect::<Result<Vec<_>, _>>()?;
    tasks.sort_by_key(|task| (task.first_at, task.id));
    Ok(tasks)
}

fn task(row: &Row, holder: Uuid) -> Result<Task, StoreError> {
    let payload: String = row.get("payload")?;
    Ok(Task {
        id: row.get("id")?,
        kind: row.get("kind")?,
        key: row.get("key")?,
        payload: serde_json::from_str(&payload).map_err(|error| StoreError::Shape(error.to_string()))?,
        attempt: row.get::<i64>("attempt")?.clamp(0, i64::from(u32::MAX)) as u32,
        first_at: Timestamp(row.get("run_at")?),
        holder,
    })
}

/// Removes what is done and counts it by kind and day; answers how many were still this holder's.
pub(crate) async fn delete(tx: &Tx, holder: Uuid, ids: &[Uuid], now: Timestamp) -> Result<usize, StoreError> {
    if ids.is_empty() {
        return Ok(0);
    }
    let (list, rest) = places(2, ids.iter().map(|id| Value::from(*id)));
    let mut values = vec![holder.into()];
    values.extend(rest);
    let rows = tx
        .all(&format!("DELETE FROM job WHERE holder = $1 AND id IN ({list}) RETURNING kind"), values)
        .await?;
    // In the order of their names, so that two nodes lock the rows of the count in the same order.
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for row in &rows {
        *counts.entry(row.get("kind")?).or_default() += 1;
    }
    for (kind, count) in counts {
        tx.run(
            "INSERT INTO job_done (kind, day, count) VALUES ($1, $2, $3)
             ON CONFLICT (kind, day) DO UPDATE SET count = job_done.count + excluded.count",
            vec![kind.into(), now.day().into(), count.into()],
        )
        .await?;
    }
    Ok(rows.len())
}

/// How the queue stands: what is due and was not taken, since when, and what was given up.
pub async fn queue(sql: &impl Sql, now: Timestamp) -> Result<Queue, StoreError> {
    let select = "SELECT COUNT(*) AS due, MIN(due_at) AS oldest,
        (SELECT COUNT(*) FROM job WHERE state = 'dead') AS dead
        FROM job WHERE state = 'open' AND due_at <= $1";
    let row = sql.one(select, vec![now.0.into()]).await?;
    let row = row.ok_or_else(|| StoreError::Shape("job".into()))?;
    let oldest_due = row.get::<Option<i64>>("oldest")?.map(Timestamp);
    Ok(Queue { due: row.get("due")?, oldest_due, dead: row.get("dead")? })
}

/// Gives a failed job back, to be taken again at `at`.
pub(crate) async fn postpone(
    tx: &Tx,
    holder: Uuid,
    id: Uuid,
    at: Timestamp,
    reason: &str,
) -> Result<(), StoreError> {
    tx.run(
        "UPDATE job SET holder = NULL, due_at = $3, reason = $4 WHERE id = $1 AND holder = $2",
        vec![id.into(), holder.into(), at.0.into(), reason.into()],
    )
    .await
    .map(drop)
}

/// Gives a job up for good.
pub(crate) async fn bury(
    tx: &Tx,
    holder: Uuid,
    id: Uuid,
    now: Timestamp,
    reason: &str,
) -> Result<(), StoreError> {
    tx.run(
        "UPDATE job SET state = 'dead', holder = NULL, failed_at = $3, reason = $4
         WHERE id = $1 AND holder = $2",
        vec![id.into(), holder.into(), now.0.into(), reason.into()],
    )
    .await
    .map(drop)
}

/// Prolongs the leases of these jobs; answers those that are still this holder's.
pub(crate) async fn prolong(
    tx: &Tx,
    holder: Uuid,
    ids: &[Uuid],
    until: Timestamp,
) -> Result<Vec<Uuid>, StoreError> {
    let (list, rest) = places(3, ids.iter().map(|id| Value::from(*id)));
    let mut values = vec![holder.into(), until.0.into()];
    values.extend(rest);
    let update = format!("UPDATE job SET due_at = $2 WHERE holder = $1 AND id IN ({list}) RETURNING id");
    tx.all(&update, values).await?.iter().map(|row| row.get("id")).collect()
}

/// Gives back what a worker that stops could not finish; the attempt does not count.
pub(crate) async fn release(tx: &Tx, holder: Uuid, now: Timestamp) -> Result<u64, StoreError> {
    tx.run(
        "UPDATE job SET holder = NULL, due_at = $2, attempt = attempt - 1 WHERE holder = $1 AND state = 'open'",
        vec![holder.into(), now.0.into()],
    )
    .await
}

/// The jobs that were given up, newest first; `after` is the last id of the page before.
pub async fn dead(sql: &impl Sql, after: Option<Uuid>, limit: u32) -> Result<Vec<Dead>, StoreError> {
    let columns = "SELECT id, kind, key, reason, attempt, run_at, failed_at FROM job WHERE state = 'dead'";
    let rows = match after {
        None => {
            sql.all(&format!("{columns} ORDER BY id DESC LIMIT $1"), vec![i64::from(limit).into()]).await?
        }
        Some(after) => {
            let next = format!("{columns} AND id < $1 ORDER BY id DESC LIMIT $2");
            sql.all(&next, vec![after.into(), i64::from(limit).into()]).await?
        }
    };
    rows.iter().map(dead_row).collect()
}

fn dead_row(row: &Row) -> Result<Dead, StoreError> {
    Ok(Dead {
        id: row.get("id")?,
        kind: row.get("kind")?,
        key: row.get("key")?,
        reason: row.get::<Option<String>>("reason")?.unwrap_or_default(),
        attempts: row.get::<i64>("attempt")?.clamp(0, i64::from(u32::MAX)) as u32,
        first_at: Timestamp(row.get("run_at")?),
        failed_at: Timestamp(row.get::<Option<i64>>("failed_at")?.unwrap_or_default()),
    })
}

/// Opens a dead job again, due at once and with all its attempts.
pub async fn retry(tx: &Tx, id: Uuid) -> Result<Retried, StoreError> {
    let opened = tx
        .run(
            "UPDATE job SET state = 'open', attempt = 0, due_at = run_at, failed_at = NULL
             WHERE id = $1 AND state = 'dead' AND NOT EXISTS (
                 SELECT 1 FROM job AS other
                 WHERE other.kind = job.kind AND other.key = job.key AND other.state = 'open')",
            vec![id.into()],
        )
        .await?;
    if opened == 1 {
        return Ok(Retried::Open);
    }
    let dead = tx.one("SELECT 1 AS one FROM job WHERE id = $1 AND state = 'dead'", vec![id.into()]).await?;
    Ok(if dead.is_some() { Retried::OrderedAnew } else { Retried::NotDead })
}

/// The same for the newest dead job of this kind and key. False when there is none, or one is open.
pub async fn revive(tx: &Tx, kind: &str, key: &str) -> Result<bool, StoreError> {
    let select =
        "SELECT id FROM job WHERE kind = $1 AND key = $2 AND state = 'dead' ORDER BY id DESC LIMIT 1";
    match tx.one(select, vec![kind.into(), key.into()]).await? {
        Some(row) => Ok(retry(tx, row.get("id")?).await? == Retried::Open),
        None => Ok(false),
    }
}

/// Brings the next try of an open job forward to now; one that runs is left alone. False when none is open.
pub async fn hasten(tx: &Tx, kind: &str, key: &str, now: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE job SET due_at = CASE WHEN holder IS NULL AND due_at > $3 THEN $3 ELSE due_at END
        WHERE kind = $1 AND key = $2 AND state = 'open'";
    Ok(tx.run(update, vec![kind.into(), key.into(), now.0.into()]).await? == 1)
}

/// How many jobs of each kind stand where, in the order of their names.
pub async fn counts(sql: &impl Sql) -> Result<Vec<KindCount>, StoreError> {
    let mut counts: BTreeMap<String, KindCount> = BTreeMap::new();
    let open = "SELECT kind,
            COUNT(CASE WHEN state = 'open' AND holder IS NULL THEN 1 END) AS waiting,
            COUNT(CASE WHEN state = 'open' AND holder IS NOT NULL THEN 1 END) AS running,
            COUNT(CASE WHEN state = 'open' AND reason IS NOT NULL THEN 1 END) AS retrying,
            COUNT(CASE WHEN state = 'dead' THEN 1 END) AS dead
        FROM job GROUP BY kind";
    for row in sql.all(open, vec![]).await? {
        let kind: String = row.get("kind")?;
        let count = counts.entry(kind).or_default();
        count.waiting = row.get("waiting")?;
        count.running = row.get("running")?;
        count.retrying = row.get("retrying")?;
        count.dead = row.get("dead")?;
    }
    let done = "SELECT kind, CAST(SUM(count) AS BIGINT) AS done FROM job_done GROUP BY kind";
    for row in sql.all(done, vec![]).await? {
        counts.entry(row.get("kind")?).or_default().done = row.get("done")?;
    }
    Ok(counts.into_iter().map(|(kind, count)| KindCount { kind, ..count }).collect())
}

/// `$first, $first+1, …` for a list, and its values.
fn places(first: usize, values: impl Iterator<Item = Value>) -> (String, Vec<Value>) {
    let values: Vec<Value> = values.collect();
    let list = (first..first + values.len()).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
    (list, values)
}
