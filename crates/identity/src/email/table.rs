//! The SQL of addresses that wait for their code.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::EmailChange;

const COLUMNS: &str = "person, id, email, tries, expires_at, asked, asked_since, is_open";

pub(super) async fn of_person(sql: &impl Sql, person: Uuid) -> Result<Option<EmailChange>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM identity_email_change WHERE person = $1");
    sql.one(&select, vec![person.into()]).await?.as_ref().map(read).transpose()
}

pub(super) async fn by_id(sql: &impl Sql, id: Uuid) -> Result<Option<EmailChange>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM identity_email_change WHERE id = $1");
    sql.one(&select, vec![id.into()]).await?.as_ref().map(read).transpose()
}

/// A new change takes the place of the one before.
pub(super) async fn put(tx: &Tx, change: &EmailChange, now: Timestamp) -> Result<(), StoreError> {
    let upsert = "INSERT INTO identity_email_change
            (person, id, email, tries, asked_at, expires_at, asked, asked_since, is_open)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (person) DO UPDATE SET id = $2, email = $3, tries = $4, asked_at = $5, expires_at = $6,
            asked = $7, asked_since = $8, is_open = $9";
    let values = vec![
        change.person.into(),
        change.id.into(),
        change.email.as_str().into(),
        change.tries.into(),
        now.0.into(),
        change.expires_at.0.into(),
        change.asked.into(),
        change.asked_since.0.into(),
        change.is_open.into(),
    ];
    tx.run(upsert, values).await.map(drop)
}

/// The addresses of everybody who works at one of these bodies, after one of them.
pub(super) async fn of_staff(
    sql: &impl Sql,
    bodies: &[Uuid],
    (after, limit): (Uuid, i64),
    now: Timestamp,
) -> Result<Vec<(Uuid, String)>, StoreError> {
    let mut values: Vec<Value> = vec![after.into(), limit.into(), now.0.into()];
    let mut places = Vec::with_capacity(bodies.len());
    for body in bodies {
        values.push((*body).into());
        places.push(format!("${}", values.len()));
    }
    let select = format!(
        "SELECT p.id, p.email FROM identity_person p WHERE p.id > $1
            AND EXISTS (SELECT 1 FROM organisations_appointment a WHERE a.person = p.id
                AND a.body IN ({}) AND a.from_at <= $3 AND (a.until_at IS NULL OR a.until_at > $3))
         ORDER BY p.id LIMIT $2",
        places.join(", ")
    );
    sql.list(&select, values, |row| Ok((row.get("id")?, row.get("email")?))).await
}

pub(super) async fn count_try(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    let update = "UPDATE identity_email_change SET tries = tries + 1 WHERE id = $1";
    tx.run(update, vec![id.into()]).await.map(drop)
}

/// Over, one way or another. False when it was before.
pub(super) async fn close(tx: &Tx, id: Uuid) -> Result<bool, StoreError> {
    let update = "UPDATE identity_email_change SET is_open = FALSE WHERE id = $1 AND is_open";
    Ok(tx.run(update, vec![id.into()]).await? == 1)
}

pub(super) async fn set_email(tx: &Tx, person: Uuid, email: &str) -> Result<(), StoreError> {
    let update = "UPDATE identity_person SET email = $2 WHERE id = $1";
    tx.run(update, vec![person.into(), email.into()]).await.map(drop)
}

fn read(row: &Row) -> Result<EmailChange, StoreError> {
    Ok(EmailChange {
        id: row.get("id")?,
        person: row.get("person")?,
        email: row.get("email")?,
        tries: row.get("tries")?,
        expires_at: Timestamp(row.get("expires_at")?),
        asked: row.get("asked")?,
        asked_since: Timestamp(row.get("asked_since")?),
        is_open: row.get("is_open")?,
    })
}
