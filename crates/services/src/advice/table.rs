//! The SQL of advices.

use authz::Actor;
use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Advice, Asked};

const COLUMNS: &str =
    "o.id, o.request, o.body, o.asked_by, o.person, o.unit, o.question, o.asked_at, o.due_at, o.answer,
    o.answered_by, o.answered_at";
/// Advices of one case, and open advices of one person, that are shown.
pub(crate) const SHOWN_MAX: i64 = 100;

pub(super) async fn insert(tx: &Tx, advice: &Advice) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO advice (id, request, body, asked_by, person, unit, question, asked_at, due_at, answer)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')";
    let (person, unit) = match advice.asked {
        Asked::Person(person) => (Some(person), None),
        Asked::Unit(unit) => (None, Some(unit)),
    };
    let values = vec![
        advice.id.into(),
        advice.request.into(),
        advice.body.into(),
        advice.asked_by.into(),
        person.into(),
        unit.into(),
        advice.question.clone().into(),
        advice.asked_at.0.into(),
        advice.due_at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

/// Writes an answer; false when one is there already.
pub(super) async fn answer(
    tx: &Tx,
    id: Uuid,
    answer: &str,
    by: Uuid,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update = "UPDATE advice SET answer = $2, answered_by = $3, answered_at = $4
        WHERE id = $1 AND answered_at IS NULL";
    Ok(tx.run(update, vec![id.into(), answer.into(), by.into(), at.0.into()]).await? == 1)
}

pub(super) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Advice>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM advice o WHERE o.id = $1");
    sql.find(&select, vec![id.into()], advice).await
}

pub(crate) async fn of_request(sql: &impl Sql, request: Uuid) -> Result<Vec<Advice>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM advice o WHERE o.request = $1 ORDER BY o.id LIMIT $2");
    sql.list(&select, vec![request.into(), SHOWN_MAX.into()], advice).await
}

/// The open advices that a body's people owe, most urgent first, each with its request's number and service.
pub(super) async fn open_at(sql: &impl Sql, body: Uuid) -> Result<Vec<(Advice, String, Uuid)>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS}, r.number, r.entry FROM advice o JOIN request r ON r.id = o.request
         WHERE o.body = $1 AND o.answered_at IS NULL ORDER BY o.due_at, o.id LIMIT $2"
    );
    let rows = sql.all(&select, vec![body.into(), SHOWN_MAX.into()]).await?;
    rows.iter().map(|row| Ok((advice(row)?, row.get("number")?, row.get("entry")?))).collect()
}

/// Whether this person's word on the request was ever asked.
pub(crate) async fn is_asked(sql: &impl Sql, request: Uuid, actor: &Actor) -> Result<bool, StoreError> {
    Ok(of_request(sql, request).await?.iter().any(|advice| advice.is_asked_of(actor)))
}

fn advice(row: &Row) -> Result<Advice, StoreError> {
    let asked = match (row.get::<Option<Uuid>>("person")?, row.get::<Option<Uuid>>("unit")?) {
        (Some(person), _) => Asked::Person(person),
        (None, Some(unit)) => Asked::Unit(unit),
        (None, None) => return Err(StoreError::Shape("advice of nobody".into())),
    };
    Ok(Advice {
        id: row.get("id")?,
        request: row.get("request")?,
        body: row.get("body")?,
        asked_by: row.get("asked_by")?,
        asked,
        question: row.get("question")?,
        asked_at: Timestamp(row.get("asked_at")?),
        due_at: Timestamp(row.get("due_at")?),
        answer: row.get("answer")?,
        answered_by: row.get("answered_by")?,
        answered_at: row.get::<Option<i64>>("answered_at")?.map(Timestamp),
    })
}
