//! The SQL of numbers on record, of what is known of numbers, and of codes.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Phone, Said, Verdict, code::TextCode};
use crate::security_key::challenge::{Asked, Purpose};

const PHONE: &str =
    "SELECT p.id, p.person, p.number, p.body, p.operator, p.added_at, p.confirmed_at, p.factor_at,
        n.result, n.source, n.said_at
    FROM identity_phone p LEFT JOIN identity_number n ON n.number = p.number
    WHERE p.ended_at IS NULL";
const CODE: &str = "SELECT id, person, number, body, tries, expires_at, closed_at IS NULL AS is_open FROM identity_text_code";

/// The number of a person.
pub async fn phone(sql: &impl Sql, person: Uuid) -> Result<Option<Phone>, StoreError> {
    sql.find(&format!("{PHONE} AND p.person = $1"), vec![person.into()], from_row).await
}

/// Whoever has this number on record.
pub(super) async fn holders(sql: &impl Sql, number: &str) -> Result<Vec<Phone>, StoreError> {
    sql.list(&format!("{PHONE} AND p.number = $1 ORDER BY p.id"), vec![number.into()], from_row).await
}

pub(super) async fn insert(tx: &Tx, phone: &Phone) -> Result<(), StoreError> {
    let insert = "INSERT INTO identity_phone
            (id, person, number, body, operator, added_at, confirmed_at, factor_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = vec![
        phone.id.into(),
        phone.person.into(),
        phone.number.clone().into(),
        phone.body.into(),
        phone.operator.clone().into(),
        phone.added_at.0.into(),
        phone.confirmed_at.0.into(),
        phone.factor_at.map(|at| at.0).into(),
    ];
    tx.run(insert, values).await.map(drop)
}

/// True when the person had one.
pub(super) async fn end(tx: &Tx, person: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update =
        "UPDATE identity_phone SET ended_at = $2, factor_at = NULL WHERE person = $1 AND ended_at IS NULL";
    Ok(tx.run(update, vec![person.into(), at.0.into()]).await? == 1)
}

pub(super) async fn set_factor(tx: &Tx, phone: Uuid, since: Option<Timestamp>) -> Result<(), StoreError> {
    let update = "UPDATE identity_phone SET factor_at = $2 WHERE id = $1";
    tx.run(update, vec![phone.into(), since.map(|at| at.0).into()]).await.map(drop)
}

pub(super) async fn confirm(tx: &Tx, phone: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE identity_phone SET confirmed_at = $2 WHERE id = $1";
    tx.run(update, vec![phone.into(), at.0.into()]).await.map(drop)
}

/// What is known of a number.
pub(super) async fn said(sql: &impl Sql, number: &str) -> Result<Option<Said>, StoreError> {
    let select = "SELECT result, source, said_at FROM identity_number WHERE number = $1";
    let row = sql.one(select, vec![number.into()]).await?;
    Ok(row.as_ref().map(said_in).transpose()?.flatten())
}

pub(super) async fn say(
    tx: &Tx,
    number: &str,
    operator: &str,
    said: &Said,
    by: Option<Uuid>,
) -> Result<(), StoreError> {
    let upsert = "INSERT INTO identity_number (number, operator, result, source, said_at, said_by)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (number) DO UPDATE SET operator = excluded.operator, result = excluded.result,
            source = excluded.source, said_at = excluded.said_at, said_by = excluded.said_by";
    let values = vec![
        number.into(),
        operator.into(),
        said.verdict.word().into(),
        said.source.clone().into(),
        said.at.0.into(),
        by.into(),
    ];
    tx.run(upsert, values).await.map(drop)
}

/// Codes asked for since then: by this person, and to this number for this purpose.
pub(super) async fn asked_since(
    tx: &Tx,
    person: Uuid,
    number: &str,
    purpose: Purpose,
    since: Timestamp,
) -> Result<(i64, i64), StoreError> {
    let select = "SELECT
            (SELECT COUNT(*) FROM identity_text_code WHERE person = $1 AND asked_at > $3) AS by_person,
            (SELECT COUNT(*) FROM identity_text_code WHERE number = $2 AND purpose = $4 AND asked_at > $3)
                AS to_number";
    let row =
        tx.one(select, vec![person.into(), number.into(), since.0.into(), purpose.word().into()]).await?;
    let row = row.ok_or_else(|| StoreError::Shape("identity_text_code".into()))?;
    Ok((row.get("by_person")?, row.get("to_number")?))
}

/// A new code makes those void that were asked for in the same place for the same.
pub(super) async fn put_code(
    tx: &Tx,
    code: &TextCode,
    asked: &Asked,
    now: Timestamp,
) -> Result<(), StoreError> {
    drop_codes(tx, asked, now).await?;
    let insert = "INSERT INTO identity_text_code
            (id, person, purpose, bound, number, body, tries, asked_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8)";
    let values = vec![
        code.id.into(),
        code.person.into(),
        asked.purpose.word().into(),
        asked.bound.clone().into(),
        code.number.clone().into(),
        code.body.into(),
        now.0.into(),
        code.expires_at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(super) async fn drop_codes(tx: &Tx, asked: &Asked, now: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE identity_text_code SET closed_at = $3 WHERE bound = $1 AND purpose = $2 AND closed_at IS NULL";
    let values = vec![asked.bound.clone().into(), asked.purpose.word().into(), now.0.into()];
    tx.run(update, values).await.map(drop)
}

/// The code that waits in this place.
pub(crate) async fn waiting_code(sql: &impl Sql, asked: &Asked) -> Result<Option<TextCode>, StoreError> {
    let select = format!("{CODE} WHERE bound = $1 AND purpose = $2 AND closed_at IS NULL");
    let values = vec![asked.bound.clone().into(), asked.purpose.word().into()];
    sql.find(&select, values, code_in).await
}

pub(super) async fn code(sql: &impl Sql, id: Uuid) -> Result<Option<TextCode>, StoreError> {
    sql.find(&format!("{CODE} WHERE id = $1"), vec![id.into()], code_in).await
}

/// Counts a wrong one and answers how many there were.
pub(super) async fn count_try(tx: &Tx, id: Uuid) -> Result<i64, StoreError> {
    let update = "UPDATE identity_text_code SET tries = tries + 1 WHERE id = $1 RETURNING tries";
    let row = tx.one(update, vec![id.into()]).await?;
    row.ok_or_else(|| StoreError::Shape("identity_text_code".into()))?.get("tries")
}

/// Uses a code up. False when it was used, replaced, locked or too old.
pub(crate) async fn use_code(tx: &Tx, id: Uuid, tries_max: i64, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE identity_text_code SET closed_at = $2
        WHERE id = $1 AND closed_at IS NULL AND expires_at > $2 AND tries < $3";
    Ok(tx.run(update, vec![id.into(), at.0.into(), tries_max.into()]).await? == 1)
}

/// Nothing that is under way to this number counts any more.
pub(super) async fn void_codes(tx: &Tx, number: &str, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE identity_text_code SET closed_at = $2 WHERE number = $1 AND closed_at IS NULL";
    tx.run(update, vec![number.into(), at.0.into()]).await.map(drop)
}

/// Nothing that is under way for this person counts any more.
pub(super) async fn void_codes_of(tx: &Tx, person: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE identity_text_code SET closed_at = $2 WHERE person = $1 AND closed_at IS NULL";
    tx.run(update, vec![person.into(), at.0.into()]).await.map(drop)
}

/// Forgets codes that no limit counts any more; answers how many.
pub(crate) async fn sweep(tx: &Tx, before: Timestamp) -> Result<u64, StoreError> {
    let delete = "DELETE FROM identity_text_code WHERE asked_at < $1 AND expires_at < $1";
    tx.run(delete, vec![before.0.into()]).await
}

fn from_row(row: &Row) -> Result<Phone, StoreError> {
    Ok(Phone {
        id: row.get("id")?,
        person: row.get("person")?,
        number: row.get("number")?,
        body: row.get("body")?,
        operator: row.get("operator")?,
        added_at: Timestamp(row.get("added_at")?),
        confirmed_at: Timestamp(row.get("confirmed_at")?),
        factor_at: row.get::<Option<i64>>("factor_at")?.map(Timestamp),
        said: said_in(row)?,
    })
}

fn said_in(row: &Row) -> Result<Option<Said>, StoreError> {
    let Some(word) = row.get::<Option<String>>("result")? else { return Ok(None) };
    let verdict = Verdict::named(&word).ok_or_else(|| StoreError::Shape(format!("result: {word}")))?;
    Ok(Some(Said { verdict, source: row.get("source")?, at: Timestamp(row.get("said_at")?) }))
}

fn code_in(row: &Row) -> Result<TextCode, StoreError> {
    Ok(TextCode {
        id: row.get("id")?,
        person: row.get("person")?,
        number: row.get("number")?,
        body: row.get("body")?,
        tries: row.get("tries")?,
        expires_at: Timestamp(row.get("expires_at")?),
        is_open: row.get("is_open")?,
    })
}
