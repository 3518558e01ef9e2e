//! The SQL of endpoints and of what is delivered to them.

use authz::Failure;
use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Delivery, Endpoint, Event, Standing};

const COLUMNS: &str =
    "id, body, event, number, payload, state, tries, created_at, tried_at, answer, ended_at";

pub(crate) async fn find(sql: &impl Sql, body: Uuid) -> Result<Option<Endpoint>, StoreError> {
    let select = "SELECT address, set_at, failing_since FROM endpoint WHERE body = $1";
    sql.one(select, vec![body.into()]).await?.as_ref().map(endpoint).transpose()
}

/// A new address begins without the failures of the one before.
pub(super) async fn set(
    tx: &Tx,
    body: Uuid,
    address: &str,
    by: Uuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO endpoint (body, address, set_by, set_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (body) DO UPDATE SET address = excluded.address, set_by = excluded.set_by,
            set_at = excluded.set_at, failing_since = NULL, told_at = NULL";
    tx.run(insert, vec![body.into(), address.into(), by.into(), at.0.into()]).await.map(drop)
}

/// Removes it, with what is on its way: that counts as failed, and is sent again by hand once there is another address.
pub(super) async fn end(tx: &Tx, body: Uuid, answer: &str, at: Timestamp) -> Result<bool, StoreError> {
    let fail = "UPDATE endpoint_delivery SET state = 'failed', answer = $2, ended_at = $3
        WHERE body = $1 AND state = 'waiting'";
    tx.run(fail, vec![body.into(), answer.into(), at.0.into()]).await?;
    Ok(tx.run("DELETE FROM endpoint WHERE body = $1", vec![body.into()]).await? == 1)
}

pub(super) async fn insert(tx: &Tx, new: &Delivery) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO endpoint_delivery ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, 0, $7, NULL, '', NULL)"
    );
    let values = vec![
        new.id.into(),
        new.body.into(),
        new.event.word().into(),
        new.number.clone().into(),
        new.payload.clone().into(),
        new.standing.word().into(),
        new.created_at.0.into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

pub(super) async fn delivery(sql: &impl Sql, id: Uuid) -> Result<Option<Delivery>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM endpoint_delivery WHERE id = $1");
    sql.one(&select, vec![id.into()]).await?.as_ref().map(read).transpose()
}

/// The deliveries of a body, of one standing or of each, newest first, before `before`.
pub(super) async fn deliveries(
    sql: &impl Sql,
    body: Uuid,
    standing: Option<Standing>,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Delivery>, Failure> {
    let (of, mut values) = ("", vec![body.into(), before.into(), limit.into()]);
    let of = match standing {
        Some(standing) => {
            values.push(standing.word().into());
            "AND state = $4"
        }
        None => of,
    };
    let select = format!(
        "SELECT {COLUMNS} FROM endpoint_delivery WHERE body = $1 AND id < $2 {of} ORDER BY id DESC LIMIT $3"
    );
    sql.all(&select, values).await?.iter().map(read).collect()
}

/// Writes how a try ended. False when the delivery had ended already.
pub(super) async fn tried(
    tx: &Tx,
    id: Uuid,
    standing: Standing,
    answer: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update = "UPDATE endpoint_delivery SET state = $2, answer = $3, tries = tries + 1, tried_at = $4, ended_at = $5
        WHERE id = $1 AND state = 'waiting'";
    let ended = (standing != Standing::Waiting).then_some(at.0);
    let values = vec![id.into(), standing.word().into(), answer.into(), at.0.into(), ended.into()];
    Ok(tx.run(update, values).await? == 1)
}

pub(super) async fn give_up(tx: &Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update =
        "UPDATE endpoint_delivery SET state = 'failed', ended_at = $2 WHERE id = $1 AND state = 'waiting'";
    Ok(tx.run(update, vec![id.into(), at.0.into()]).await? == 1)
}

/// Opens what was given up. False when it was not.
pub(super) async fn open(tx: &Tx, id: Uuid) -> Result<bool, StoreError> {
    let update =
        "UPDATE endpoint_delivery SET state = 'waiting', ended_at = NULL WHERE id = $1 AND state = 'failed'";
    Ok(tx.run(update, vec![id.into()]).await? == 1)
}

/// Something arrived there.
pub(super) async fn works(tx: &Tx, body: Uuid) -> Result<(), StoreError> {
    let update = "UPDATE endpoint SET failing_since = NULL, told_at = NULL
        WHERE body = $1 AND failing_since IS NOT NULL";
    tx.run(update, vec![body.into()]).await.map(drop)
}

/// Nothing arrives there since `at`, if it is not known for longer.
pub(super) async fn fails(tx: &Tx, body: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE endpoint SET failing_since = $2 WHERE body = $1 AND failing_since IS NULL";
    tx.run(update, vec![body.into(), at.0.into()]).await.map(drop)
}

/// Whether the body is to be told now that nothing arrives: once until something does.
pub(super) async fn is_news(tx: &Tx, body: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE endpoint SET told_at = $2 WHERE body = $1 AND told_at IS NULL";
    Ok(tx.run(update, vec![body.into(), at.0.into()]).await? == 1)
}

/// Forgets what was acknowledged before a moment.
pub(super) async fn forget(tx: &Tx, before: Timestamp) -> Result<u64, StoreError> {
    let delete = "DELETE FROM endpoint_delivery WHERE state = 'delivered' AND ended_at < $1";
    tx.run(delete, vec![before.0.into()]).await
}

fn endpoint(row: &Row) -> Result<Endpoint, StoreError> {
    Ok(Endpoint {
        address: row.get("address")?,
        set_at: Timestamp(row.get("set_at")?),
        failing_since: row.get::<Option<i64>>("failing_since")?.map(Timestamp),
    })
}

fn read(row: &Row) -> Result<Delivery, Failure> {
    let (event, state): (String, String) = (row.get("event")?, row.get("state")?);
    Ok(Delivery {
        id: row.get("id")?,
        body: row.get("body")?,
        event: Event::named(&event).ok_or_else(|| StoreError::Shape(format!("event {event}")))?,
        number: row.get("number")?,
        payload: row.get("payload")?,
        standing: Standing::named(&state).ok_or_else(|| StoreError::Shape(format!("delivery {state}")))?,
        tries: row.get("tries")?,
        created_at: Timestamp(row.get("created_at")?),
        tried_at: row.get::<Option<i64>>("tried_at")?.map(Timestamp),
        answer: row.get("answer")?,
        ended_at: row.get::<Option<i64>>("ended_at")?.map(Timestamp),
    })
}
