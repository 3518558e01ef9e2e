//! The SQL of attestations and their confirmations.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{Attestation, Confirmation, Outcome};
use crate::own::PREFIX;

const COLUMNS: &str = "control, body, person, confirmed_at, outcome, due_at";

/// Nothing happens where it is open already.
pub(crate) async fn open(
    tx: &Tx,
    body: Uuid,
    control: &str,
    at: Timestamp,
    due: Timestamp,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO compliance_attestation (control, body, opened_at, outcome, due_at)
        VALUES ($1, $2, $3, '', $4) ON CONFLICT DO NOTHING";
    tx.run(insert, vec![control.into(), body.into(), at.0.into(), due.0.into()]).await.map(drop)
}

/// Nobody is asked any more; what was confirmed stays.
pub(crate) async fn close(tx: &Tx, body: Uuid, control: &str) -> Result<(), StoreError> {
    let delete = "DELETE FROM compliance_attestation WHERE body = $1 AND control = $2";
    tx.run(delete, vec![body.into(), control.into()]).await.map(drop)
}

/// How many are open for controls of documents, of each body that has any.
pub(super) async fn opened(sql: &impl Sql) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let select = "SELECT body, COUNT(*) AS held FROM compliance_attestation WHERE control NOT LIKE $1
        GROUP BY body";
    sql.list(select, vec![format!("{PREFIX}%").into()], |row| Ok((row.get("body")?, row.get("held")?))).await
}

pub(crate) async fn find(
    sql: &impl Sql,
    body: Uuid,
    control: &str,
) -> Result<Option<Attestation>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM compliance_attestation WHERE body = $1 AND control = $2");
    sql.find(&select, vec![body.into(), control.into()], read).await
}

pub(crate) async fn of_body(sql: &impl Sql, body: Uuid) -> Result<Vec<Attestation>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM compliance_attestation WHERE body = $1 ORDER BY control");
    sql.list(&select, vec![body.into()], read).await
}

/// Of one control, at every body that it binds.
pub(crate) async fn at_bodies(sql: &impl Sql, control: &str) -> Result<Vec<Attestation>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM compliance_attestation WHERE control = $1 ORDER BY body");
    sql.list(&select, vec![control.into()], read).await
}

pub(crate) async fn name(
    tx: &Tx,
    body: Uuid,
    control: Option<&str>,
    person: Option<Uuid>,
) -> Result<u64, StoreError> {
    let update =
        "UPDATE compliance_attestation SET person = $2 WHERE body = $1 AND (control = $3 OR $3 = '')";
    tx.run(update, vec![body.into(), person.into(), control.unwrap_or_default().into()]).await
}

pub(super) async fn confirm(tx: &Tx, new: &Confirmation) -> Result<(), StoreError> {
    let insert = "INSERT INTO compliance_confirmation (id, control, body, person, outcome, words, document, file_name, at,
            due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let values = vec![
        new.id.into(),
        new.control.clone().into(),
        new.body.into(),
        new.person.into(),
        new.outcome.word().into(),
        new.words.clone().into(),
        new.document.into(),
        new.file_name.clone().into(),
        new.at.0.into(),
        new.due_at.0.into(),
    ];
    tx.run(insert, values).await?;
    let update =
        "UPDATE compliance_attestation SET confirmed_at = $3, outcome = $4, due_at = $5, asked_at = NULL,
            reminded_at = NULL WHERE body = $1 AND control = $2";
    let values = vec![
        new.body.into(),
        new.control.clone().into(),
        new.at.0.into(),
        new.outcome.word().into(),
        new.due_at.0.into(),
    ];
    tx.run(update, values).await.map(drop)
}

/// The confirmations of a control at a body, the newest first.
pub(crate) async fn confirmations(
    sql: &impl Sql,
    body: Uuid,
    control: &str,
    limit: i64,
) -> Result<Vec<Confirmation>, StoreError> {
    let select = "SELECT id, control, body, person, outcome, words, document, file_name, at, due_at
        FROM compliance_confirmation WHERE body = $1 AND control = $2 ORDER BY id DESC LIMIT $3";
    sql.list(select, vec![body.into(), control.into(), limit.into()], confirmation).await
}

pub(super) async fn confirmation_by_id(sql: &impl Sql, id: Uuid) -> Result<Option<Confirmation>, StoreError> {
    let select = "SELECT id, control, body, person, outcome, words, document, file_name, at, due_at
        FROM compliance_confirmation WHERE id = $1";
    sql.find(select, vec![id.into()], confirmation).await
}

/// Whose day is near and who were not asked yet.
pub(super) async fn to_ask(
    sql: &impl Sql,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<Attestation>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_attestation WHERE asked_at IS NULL AND due_at <= $1
         ORDER BY due_at, body, control LIMIT $2"
    );
    sql.list(&select, vec![before.0.into(), limit.into()], read).await
}

/// Past their day and not reminded of.
pub(super) async fn late(sql: &impl Sql, now: Timestamp, limit: i64) -> Result<Vec<Attestation>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_attestation WHERE reminded_at IS NULL AND due_at < $1
         ORDER BY due_at, body, control LIMIT $2"
    );
    sql.list(&select, vec![now.0.into(), limit.into()], read).await
}

pub(super) async fn asked(
    tx: &Tx,
    held: &Attestation,
    late: bool,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update = match late {
        false => {
            "UPDATE compliance_attestation SET asked_at = $3 WHERE body = $1 AND control = $2 AND asked_at IS NULL"
        }
        true => {
            "UPDATE compliance_attestation SET reminded_at = $3
             WHERE body = $1 AND control = $2 AND reminded_at IS NULL"
        }
    };
    Ok(tx.run(update, vec![held.body.into(), held.control.clone().into(), at.0.into()]).await? == 1)
}

/// What a body's overview counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    pub all: i64,
    pub overdue: i64,
    pub confirmed: i64,
}

pub(crate) async fn by_body(sql: &impl Sql, now: Timestamp) -> Result<Vec<(Uuid, Counted)>, StoreError> {
    let select = "SELECT body, COUNT(*) AS held, COUNT(CASE WHEN due_at < $1 THEN 1 END) AS overdue,
            COUNT(CASE WHEN outcome = 'holds' AND due_at >= $1 THEN 1 END) AS confirmed
        FROM compliance_attestation GROUP BY body";
    let counted = |row: &Row| {
        let counted =
            Counted { all: row.get("held")?, overdue: row.get("overdue")?, confirmed: row.get("confirmed")? };
        Ok((row.get("body")?, counted))
    };
    sql.list(select, vec![now.0.into()], counted).await
}

/// Where a page ended.
pub(crate) type After = (i64, Uuid, String);

/// Whose attestations, and which.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// All bodies, or these.
    pub bodies: Option<Vec<Uuid>>,
    /// Bodies that this person leads, for what nobody is named for.
    pub led: Vec<Uuid>,
    pub person: Uuid,
    /// Only what this person confirms.
    pub mine: bool,
    pub body: Option<Uuid>,
    /// `overdue`, `due`, `confirmed` or `failed`.
    pub state: Option<String>,
}

/// The next that is due first.
pub(super) async fn listed(
    sql: &impl Sql,
    wanted: &Wanted,
    after: After,
    (now, near): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<Attestation>, StoreError> {
    let mut values: Vec<Value> = vec![after.0.into(), after.1.into(), after.2.into(), limit.into()];
    let mut place = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let mut only = String::new();
    if wanted.mine || wanted.bodies.is_some() {
        let person = place(wanted.person.into());
        let led: Vec<String> = wanted.led.iter().map(|body| place((*body).into())).collect();
        let mut seen = format!("person = {person}");
        if !led.is_empty() {
            seen += &format!(" OR (person IS NULL AND body IN ({}))", led.join(", "));
        }
        let others = wanted.bodies.iter().flatten().filter(|_| !wanted.mine);
        for body in others {
            seen += &format!(" OR body = {}", place((*body).into()));
        }
        only += &format!(" AND ({seen})");
    }
    if let Some(body) = wanted.body {
        only += &format!(" AND body = {}", place(body.into()));
    }
    match wanted.state.as_deref() {
        Some("overdue") => only += &format!(" AND due_at < {}", place(now.0.into())),
        Some("due") => {
            let (now, near) = (place(now.0.into()), place(near.0.into()));
            only += &format!(
                " AND due_at >= {now} AND (outcome = '' OR (outcome = 'holds' AND due_at < {near}))"
            );
        }
        Some("failed") => only += &format!(" AND outcome = 'fails' AND due_at >= {}", place(now.0.into())),
        Some(_) => only += &format!(" AND outcome = 'holds' AND due_at >= {}", place(near.0.into())),
        None => {}
    }
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_attestation WHERE (due_at, body, control) > ($1, $2, $3){only}
         ORDER BY due_at, body, control LIMIT $4"
    );
    sql.list(&select, values, read).await
}

fn read(row: &Row) -> Result<Attestation, StoreError> {
    let outcome: String = row.get("outcome")?;
    Ok(Attestation {
        control: row.get("control")?,
        body: row.get("body")?,
        person: row.get("person")?,
        confirmed_at: row.get::<Option<i64>>("confirmed_at")?.map(Timestamp),
        outcome: Outcome::named(&outcome),
        due_at: Timestamp(row.get("due_at")?),
    })
}

fn confirmation(row: &Row) -> Result<Confirmation, StoreError> {
    let outcome: String = row.get("outcome")?;
    Ok(Confirmation {
        id: row.get("id")?,
        control: row.get("control")?,
        body: row.get("body")?,
        person: row.get("person")?,
        outcome: Outcome::named(&outcome).ok_or_else(|| StoreError::Shape(format!("outcome {outcome}")))?,
        words: row.get("words")?,
        document: row.get("document")?,
        file_name: row.get("file_name")?,
        at: Timestamp(row.get("at")?),
        due_at: Timestamp(row.get("due_at")?),
    })
}
