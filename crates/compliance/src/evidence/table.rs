//! The SQL of evidence.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::Evidence;

const COLUMNS: &str = "entries, last_at, last_kind, last_index";

/// Takes the mark, so that one node counts at a time, and answers where to begin.
pub(super) async fn take_mark(tx: &Tx) -> Result<i64, StoreError> {
    let update = "UPDATE compliance_evidence_mark SET rounds = rounds + 1 WHERE id = 1";
    tx.run(update, vec![]).await?;
    let row = tx.one("SELECT next_index FROM compliance_evidence_mark WHERE id = 1", vec![]).await?;
    row.ok_or_else(|| StoreError::Shape("compliance_evidence_mark".into()))?.get("next_index")
}

pub(super) async fn mark(sql: &impl Sql) -> Result<i64, StoreError> {
    let row = sql.one("SELECT next_index FROM compliance_evidence_mark WHERE id = 1", vec![]).await?;
    row.ok_or_else(|| StoreError::Shape("compliance_evidence_mark".into()))?.get("next_index")
}

pub(super) async fn move_mark(tx: &Tx, next: i64) -> Result<(), StoreError> {
    let update = "UPDATE compliance_evidence_mark SET next_index = $1 WHERE id = 1";
    tx.run(update, vec![next.into()]).await.map(drop)
}

pub(super) async fn add(tx: &Tx, control: &str, body: Uuid, more: &Evidence) -> Result<(), StoreError> {
    let put = "INSERT INTO compliance_evidence (control, body, entries, last_at, last_kind, last_index)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (control, body) DO UPDATE SET entries = compliance_evidence.entries + excluded.entries,
            last_at = excluded.last_at, last_kind = excluded.last_kind, last_index = excluded.last_index";
    let values = vec![
        control.into(),
        body.into(),
        more.entries.into(),
        more.last_at.0.into(),
        more.last_kind.clone().into(),
        more.last_index.into(),
    ];
    tx.run(put, values).await.map(drop)
}

pub(crate) async fn find(sql: &impl Sql, control: &str, body: Uuid) -> Result<Option<Evidence>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM compliance_evidence WHERE control = $1 AND body = $2");
    sql.find(&select, vec![control.into(), body.into()], read).await
}

/// By body: of one control; the nil id stands for all of them.
pub(crate) async fn at_bodies(sql: &impl Sql, control: &str) -> Result<Vec<(Uuid, Evidence)>, StoreError> {
    let select = format!("SELECT body, {COLUMNS} FROM compliance_evidence WHERE control = $1 ORDER BY body");
    sql.list(&select, vec![control.into()], |row| Ok((row.get("body")?, read(row)?))).await
}

/// By control: of one body, or of all together with the nil id.
pub(crate) async fn of_body(sql: &impl Sql, body: Uuid) -> Result<Vec<(String, Evidence)>, StoreError> {
    let select =
        format!("SELECT control, {COLUMNS} FROM compliance_evidence WHERE body = $1 ORDER BY control");
    sql.list(&select, vec![body.into()], |row| Ok((row.get("control")?, read(row)?))).await
}

fn read(row: &Row) -> Result<Evidence, StoreError> {
    Ok(Evidence {
        entries: row.get("entries")?,
        last_at: Timestamp(row.get("last_at")?),
        last_kind: row.get("last_kind")?,
        last_index: row.get("last_index")?,
    })
}
