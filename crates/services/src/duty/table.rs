//! The SQL of owners and their duties.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Duty, DutyKind, Owner};

const COLUMNS: &str =
    "id, entry, body, owner, kind, opened_by, words, reference, effective_at, opened_at, due_at,
    closed_at, outcome, answer";

pub(crate) async fn owner(sql: &impl Sql, entry: Uuid) -> Result<Option<Owner>, StoreError> {
    let select = "SELECT person, since, confirmed_at, confirm_due_at FROM entry_owner WHERE entry = $1";
    let row = sql.one(select, vec![entry.into()]).await?;
    row.map(|row| {
        Ok(Owner {
            person: row.get("person")?,
            since: Timestamp(row.get("since")?),
            confirmed_at: Timestamp(row.get("confirmed_at")?),
            confirm_due_at: Timestamp(row.get("confirm_due_at")?),
        })
    })
    .transpose()
}

pub(super) async fn put_owner(tx: &Tx, entry: Uuid, owner: &Owner) -> Result<(), StoreError> {
    let put = "INSERT INTO entry_owner (entry, person, since, confirmed_at, confirm_due_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (entry) DO UPDATE SET person = excluded.person, since = excluded.since,
            confirmed_at = excluded.confirmed_at, confirm_due_at = excluded.confirm_due_at";
    let values = vec![
        entry.into(),
        owner.person.into(),
        owner.since.0.into(),
        owner.confirmed_at.0.into(),
        owner.confirm_due_at.0.into(),
    ];
    tx.run(put, values).await.map(drop)
}

/// What was the owner's to do becomes the new owner's.
pub(super) async fn hand_over(tx: &Tx, entry: Uuid, to: Uuid) -> Result<(), StoreError> {
    let update = "UPDATE entry_duty SET owner = $2 WHERE entry = $1 AND closed_at IS NULL";
    tx.run(update, vec![entry.into(), to.into()]).await.map(drop)
}

/// Published entries that must be confirmed before a moment and were not asked yet, with their day.
pub(super) async fn to_confirm(
    sql: &impl Sql,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<(String, Timestamp)>, StoreError> {
    let select = "SELECT e.slug, o.confirm_due_at FROM entry_owner o
        JOIN entry e ON e.id = o.entry AND e.state = 'published'
        WHERE o.confirm_due_at <= $1 AND NOT EXISTS (SELECT 1 FROM entry_duty d
            WHERE d.entry = o.entry AND d.kind = 'confirm' AND d.closed_at IS NULL)
        ORDER BY o.confirm_due_at, e.slug LIMIT $2";
    let rows = sql.all(select, vec![before.0.into(), limit.into()]).await?;
    rows.iter().map(|row| Ok((row.get("slug")?, Timestamp(row.get("confirm_due_at")?)))).collect()
}

/// False when one of a kind that is open once at a time is open already.
pub(super) async fn insert(tx: &Tx, duty: &Duty) -> Result<bool, StoreError> {
    let insert = format!(
        "INSERT INTO entry_duty ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT DO NOTHING"
    );
    let values = vec![
        duty.id.into(),
        duty.entry.into(),
        duty.body.into(),
        duty.owner.into(),
        duty.kind.word().into(),
        duty.opened_by.into(),
        duty.words.clone().into(),
        duty.reference.clone().into(),
        duty.effective_at.map(|at| at.0).into(),
        duty.opened_at.0.into(),
        duty.due_at.0.into(),
        duty.closed_at.map(|at| at.0).into(),
        duty.outcome.clone().into(),
        duty.answer.clone().into(),
    ];
    Ok(tx.run(&insert, values).await? == 1)
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Duty>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM entry_duty WHERE id = $1");
    sql.one(&select, vec![id.into()]).await?.as_ref().map(read).transpose()
}

pub(crate) async fn slug_of(sql: &impl Sql, entry: Uuid) -> Result<Option<String>, StoreError> {
    let select = "SELECT slug FROM entry WHERE id = $1 LIMIT 1";
    sql.one(select, vec![entry.into()]).await?.map(|row| row.get("slug")).transpose()
}

pub(super) async fn close(
    tx: &Tx,
    id: Uuid,
    outcome: &str,
    answer: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let update = "UPDATE entry_duty SET closed_at = $2, outcome = $3, answer = $4 WHERE id = $1";
    tx.run(update, vec![id.into(), at.0.into(), outcome.into(), answer.into()]).await.map(drop)
}

/// A new version answers whatever asked for an update, and confirms the card.
pub(crate) async fn close_by_update(tx: &Tx, entry: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE entry_duty SET closed_at = $2, outcome = 'updated' WHERE entry = $1
        AND closed_at IS NULL AND kind <> 'error_report' AND opened_at < $2";
    tx.run(update, vec![entry.into(), at.0.into()]).await.map(drop)
}

pub(super) async fn open_by(sql: &impl Sql, entry: Uuid, person: Uuid) -> Result<i64, StoreError> {
    let select = "SELECT COUNT(*) AS held FROM entry_duty
        WHERE entry = $1 AND opened_by = $2 AND closed_at IS NULL AND kind = 'error_report'";
    let row = sql.one(select, vec![entry.into(), person.into()]).await?;
    row.ok_or_else(|| StoreError::Shape("count".into()))?.get("held")
}

pub(super) async fn count_since(
    sql: &impl Sql,
    entry: Uuid,
    kind: DutyKind,
    since: Timestamp,
) -> Result<i64, StoreError> {
    let select = "SELECT COUNT(*) AS held FROM entry_duty WHERE entry = $1 AND kind = $2 AND opened_at >= $3";
    let row = sql.one(select, vec![entry.into(), kind.word().into(), since.0.into()]).await?;
    row.ok_or_else(|| StoreError::Shape("count".into()))?.get("held")
}

pub(super) async fn is_open(sql: &impl Sql, entry: Uuid, kind: DutyKind) -> Result<bool, StoreError> {
    let select =
        "SELECT 1 AS one FROM entry_duty WHERE entry = $1 AND kind = $2 AND closed_at IS NULL LIMIT 1";
    Ok(sql.one(select, vec![entry.into(), kind.word().into()]).await?.is_some())
}

/// Open duties that are late and of which nobody was reminded.
pub(super) async fn late(sql: &impl Sql, now: Timestamp, limit: i64) -> Result<Vec<Duty>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM entry_duty WHERE closed_at IS NULL AND reminded_at IS NULL AND due_at < $1
         ORDER BY due_at, id LIMIT $2"
    );
    sql.all(&select, vec![now.0.into(), limit.into()]).await?.iter().map(read).collect()
}

pub(super) async fn reminded(tx: &Tx, id: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE entry_duty SET reminded_at = $2 WHERE id = $1";
    tx.run(update, vec![id.into(), at.0.into()]).await.map(drop)
}

/// The duties of an entry, the open ones first.
pub(crate) async fn of_entry(sql: &impl Sql, entry: Uuid, limit: i64) -> Result<Vec<Duty>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM entry_duty WHERE entry = $1
         ORDER BY CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END, due_at DESC, id LIMIT $2"
    );
    sql.all(&select, vec![entry.into(), limit.into()]).await?.iter().map(read).collect()
}

/// Where a page of duties ended.
pub(crate) type After = (i64, Uuid);

/// Before the first page.
pub(crate) const BEFORE_ALL: After = (i64::MIN, Uuid::nil());

/// Open duties of one body, or of all of them, the most urgent first; of one kind, or of every kind.
pub(crate) async fn open_at(
    sql: &impl Sql,
    body: Option<Uuid>,
    kind: Option<DutyKind>,
    after: After,
    limit: i64,
) -> Result<Vec<Duty>, StoreError> {
    let mut values: Vec<sea_orm::Value> = vec![after.0.into(), after.1.into(), limit.into()];
    let mut only = String::new();
    let wanted = [("body", body.map(Into::into)), ("kind", kind.map(|kind| kind.word().into()))];
    for (column, value) in wanted {
        if let Some(value) = value {
            values.push(value);
            only += &format!(" AND {column} = ${}", values.len());
        }
    }
    let select = format!(
        "SELECT {COLUMNS} FROM entry_duty WHERE closed_at IS NULL AND (due_at, id) > ($1, $2){only}
         ORDER BY due_at, id LIMIT $3"
    );
    sql.all(&select, values).await?.iter().map(read).collect()
}

/// Entries with an open duty that makes an update due (LY-SVC-25.1).
pub(crate) async fn updates_due(sql: &impl Sql) -> Result<Vec<Uuid>, StoreError> {
    let select = "SELECT DISTINCT entry FROM entry_duty WHERE closed_at IS NULL
        AND kind IN ('repeated_errors', 'legal_change', 'repeated_delay')";
    sql.all(select, vec![]).await?.iter().map(|row| row.get("entry")).collect()
}

fn read(row: &Row) -> Result<Duty, StoreError> {
    let kind: String = row.get("kind")?;
    Ok(Duty {
        id: row.get("id")?,
        entry: row.get("entry")?,
        body: row.get("body")?,
        owner: row.get("owner")?,
        kind: DutyKind::named(&kind).ok_or_else(|| StoreError::Shape(format!("duty {kind}")))?,
        opened_by: row.get("opened_by")?,
        words: row.get("words")?,
        reference: row.get("reference")?,
        effective_at: row.get::<Option<i64>>("effective_at")?.map(Timestamp),
        opened_at: Timestamp(row.get("opened_at")?),
        due_at: Timestamp(row.get("due_at")?),
        closed_at: row.get::<Option<i64>>("closed_at")?.map(Timestamp),
        outcome: row.get("outcome")?,
        answer: row.get("answer")?,
    })
}
