//! The SQL of exemptions.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{Exemption, Ruling, Standing};
use crate::authority::Sight;

const COLUMNS: &str = "id, body, pack, subject, justification, starts_at, ends_at, state, asked_by, asked_at, decided_by, \
    decided_at, reason, end_reason";

pub(super) async fn insert(tx: &Tx, new: &Exemption, controls: &[String]) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO compliance_exemption (id, body, pack, subject, justification, starts_at, ends_at, state,
            asked_by, asked_at, reason, end_reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'asked', $8, $9, '', '')";
    let values = vec![
        new.id.into(),
        new.body.into(),
        new.pack.clone().into(),
        new.subject.clone().into(),
        new.justification.clone().into(),
        new.starts_at.0.into(),
        new.ends_at.0.into(),
        new.asked_by.into(),
        new.asked_at.0.into(),
    ];
    tx.run(insert, values).await?;
    for control in controls {
        let insert = "INSERT INTO compliance_exemption_control (exemption, control) VALUES ($1, $2)";
        tx.run(insert, vec![new.id.into(), control.clone().into()]).await?;
    }
    Ok(())
}

pub(super) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Exemption>, StoreError> {
    sql.find(&format!("SELECT {COLUMNS} FROM compliance_exemption WHERE id = $1"), vec![id.into()], read)
        .await
}

pub(super) async fn controls_of(sql: &impl Sql, id: Uuid) -> Result<Vec<String>, StoreError> {
    let select = "SELECT control FROM compliance_exemption_control WHERE exemption = $1 ORDER BY control";
    sql.list(select, vec![id.into()], |row| row.get("control")).await
}

pub(super) async fn decide(
    tx: &Tx,
    id: Uuid,
    ruling: Ruling,
    (reason, by): (&str, Uuid),
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update = "UPDATE compliance_exemption SET state = $2, reason = $3, decided_by = $4, decided_at = $5
        WHERE id = $1 AND state = 'asked'";
    let values = vec![id.into(), ruling.word().into(), reason.into(), by.into(), at.0.into()];
    Ok(tx.run(update, values).await? == 1)
}

pub(super) async fn end(
    tx: &Tx,
    id: Uuid,
    reason: &str,
    by: Uuid,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update =
        "UPDATE compliance_exemption SET state = 'ended', end_reason = $2, ended_by = $3, closed_at = $4
        WHERE id = $1 AND state = 'granted' AND ends_at > $4";
    Ok(tx.run(update, vec![id.into(), reason.into(), by.into(), at.0.into()]).await? == 1)
}

/// Whether a body is let off a control now, in all that it does or in this.
pub(super) async fn in_force(
    sql: &impl Sql,
    control: &str,
    body: Uuid,
    subject: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let select = "SELECT 1 AS one FROM compliance_exemption e
        JOIN compliance_exemption_control c ON c.exemption = e.id
        WHERE c.control = $1 AND e.body = $2 AND e.state = 'granted' AND e.starts_at <= $3 AND $3 < e.ends_at
            AND (e.subject = '' OR e.subject = $4) LIMIT 1";
    let values = vec![control.into(), body.into(), at.0.into(), subject.into()];
    Ok(sql.one(select, values).await?.is_some())
}

/// The controls from which a body is exempt now in all that it does.
pub(crate) async fn exempt_controls(
    sql: &impl Sql,
    body: Uuid,
    at: Timestamp,
) -> Result<Vec<String>, StoreError> {
    let select = "SELECT DISTINCT c.control FROM compliance_exemption e
        JOIN compliance_exemption_control c ON c.exemption = e.id
        WHERE e.body = $1 AND e.state = 'granted' AND e.starts_at <= $2 AND $2 < e.ends_at AND e.subject = ''
        ORDER BY c.control";
    sql.list(select, vec![body.into(), at.0.into()], |row| row.get("control")).await
}

/// The bodies that are exempt from a control now in all that they do.
pub(crate) async fn exempt_bodies(
    sql: &impl Sql,
    control: &str,
    at: Timestamp,
) -> Result<Vec<Uuid>, StoreError> {
    let select = "SELECT DISTINCT e.body FROM compliance_exemption e
        JOIN compliance_exemption_control c ON c.exemption = e.id
        WHERE c.control = $1 AND e.state = 'granted' AND e.starts_at <= $2 AND $2 < e.ends_at AND e.subject = ''";
    sql.list(select, vec![control.into(), at.0.into()], |row| row.get("body")).await
}

/// How many are in force, of each body that has any.
pub(crate) async fn by_body(sql: &impl Sql, at: Timestamp) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let select = "SELECT body, COUNT(*) AS held FROM compliance_exemption
        WHERE state = 'granted' AND starts_at <= $1 AND $1 < ends_at GROUP BY body";
    sql.list(select, vec![at.0.into()], |row| Ok((row.get("body")?, row.get("held")?))).await
}

/// Those that touch one control of one body, the newest first.
pub(crate) async fn of_control(
    sql: &impl Sql,
    control: &str,
    body: Uuid,
    limit: i64,
) -> Result<Vec<Exemption>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_exemption WHERE body = $2 AND id IN
            (SELECT exemption FROM compliance_exemption_control WHERE control = $1) ORDER BY id DESC LIMIT $3"
    );
    sql.list(&select, vec![control.into(), body.into(), limit.into()], read).await
}

/// Those that somebody may see, the newest first.
pub(super) async fn listed(
    sql: &impl Sql,
    sight: &Sight,
    standing: Option<Standing>,
    (before, now): (Uuid, Timestamp),
    limit: i64,
) -> Result<Vec<Exemption>, StoreError> {
    let mut values: Vec<Value> = vec![before.into(), limit.into()];
    let mut only = String::new();
    if !sight.all {
        values.push(sight.person.into());
        only += &format!(" AND (asked_by = ${}", values.len());
        for body in &sight.bodies {
            values.push((*body).into());
            only += &format!(" OR body = ${}", values.len());
        }
        only += ")";
    }
    if let Some(standing) = standing {
        values.push(now.0.into());
        let at = values.len();
        only += &match standing {
            Standing::Asked => format!(" AND state = 'asked' AND asked_at <= ${at}"),
            Standing::Refused => format!(" AND state = 'refused' AND asked_at <= ${at}"),
            Standing::Ahead => format!(" AND state = 'granted' AND starts_at > ${at}"),
            Standing::InForce => {
                format!(" AND state = 'granted' AND starts_at <= ${at} AND ends_at > ${at}")
            }
            Standing::Ended => format!(" AND (state = 'ended' OR (state = 'granted' AND ends_at <= ${at}))"),
        };
    }
    let select =
        format!("SELECT {COLUMNS} FROM compliance_exemption WHERE id < $1{only} ORDER BY id DESC LIMIT $2");
    sql.list(&select, values, read).await
}

/// Granted ones that end before a moment and of which nobody was warned.
pub(super) async fn to_warn(
    sql: &impl Sql,
    (now, before): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<Exemption>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_exemption WHERE state = 'granted' AND closed_at IS NULL
            AND warned_at IS NULL AND ends_at > $1 AND ends_at <= $2 ORDER BY ends_at, id LIMIT $3"
    );
    sql.list(&select, vec![now.0.into(), before.0.into(), limit.into()], read).await
}

pub(super) async fn warned(tx: &Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE compliance_exemption SET warned_at = $2 WHERE id = $1 AND warned_at IS NULL";
    Ok(tx.run(update, vec![id.into(), at.0.into()]).await? == 1)
}

/// Granted ones that the clock ended and whose end is not in the ledger yet.
pub(super) async fn to_close(
    sql: &impl Sql,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Exemption>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_exemption WHERE state = 'granted' AND closed_at IS NULL AND ends_at <= $1
         ORDER BY ends_at, id LIMIT $2"
    );
    sql.list(&select, vec![now.0.into(), limit.into()], read).await
}

pub(super) async fn close(tx: &Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE compliance_exemption SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL";
    Ok(tx.run(update, vec![id.into(), at.0.into()]).await? == 1)
}

fn read(row: &Row) -> Result<Exemption, StoreError> {
    let state: String = row.get("state")?;
    Ok(Exemption {
        id: row.get("id")?,
        body: row.get("body")?,
        pack: row.get("pack")?,
        subject: row.get("subject")?,
        justification: row.get("justification")?,
        starts_at: Timestamp(row.get("starts_at")?),
        ends_at: Timestamp(row.get("ends_at")?),
        ruling: Ruling::named(&state).ok_or_else(|| StoreError::Shape(format!("exemption {state}")))?,
        asked_by: row.get("asked_by")?,
        asked_at: Timestamp(row.get("asked_at")?),
        decided_by: row.get("decided_by")?,
        decided_at: row.get::<Option<i64>>("decided_at")?.map(Timestamp),
        reason: row.get("reason")?,
        end_reason: row.get("end_reason")?,
    })
}
