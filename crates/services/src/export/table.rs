//! The SQL of exports.

use std::time::Duration;

use authz::{Assurance, Failure};
use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;
use web::ExportForm;

use super::{Export, ExportState, List, Narrowed};

const COLUMNS: &str =
    "id, owner, list, narrowed, form, language, assurance, state, row_count, byte_count, parts,
    continues, reason, asked_at, changed_at, expires_at, expected, spent_micros";

pub(super) async fn insert(tx: &Tx, export: &Export) -> Result<(), Failure> {
    let insert = format!(
        "INSERT INTO export ({COLUMNS})
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, NULL, '', $9, $9, $10, NULL, 0)"
    );
    let values = vec![
        export.id.into(),
        export.owner.into(),
        export.list.code().into(),
        serde_json::to_string(&export.narrowed)?.into(),
        export.form.code().into(),
        export.language.code().into(),
        (export.assurance as i64).into(),
        export.state.word().into(),
        export.asked_at.0.into(),
        export.expires_at.0.into(),
    ];
    tx.run(&insert, values).await?;
    Ok(())
}

pub(super) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Export>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM export WHERE id = $1");
    sql.one(&select, vec![id.into()]).await?.as_ref().map(read).transpose()
}

/// A person's exports, the newest first, before `before`.
pub(super) async fn of_owner(
    sql: &impl Sql,
    owner: Uuid,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Export>, Failure> {
    let select =
        format!("SELECT {COLUMNS} FROM export WHERE owner = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    let rows = sql.all(&select, vec![owner.into(), before.into(), limit.into()]).await?;
    rows.iter().map(read).collect()
}

/// How many files of a person are not made yet.
pub(super) async fn waiting(sql: &impl Sql, owner: Uuid) -> Result<i64, StoreError> {
    let select = "SELECT COUNT(*) AS waiting FROM export WHERE owner = $1 AND state IN ('asked', 'running')";
    sql.one(select, vec![owner.into()]).await?.map_or(Ok(0), |row| row.get("waiting"))
}

/// A part that lies among the documents.
pub(super) struct Part {
    pub document: Option<Uuid>,
    pub rows: i64,
    pub bytes: i64,
    pub continues: Option<String>,
    pub state: ExportState,
    /// How many rows there will be; given with the first part alone.
    pub expected: Option<i64>,
    pub spent: Duration,
}

/// Adds the next part, if nobody added it before. False when somebody did.
pub(super) async fn add_part(
    tx: &Tx,
    export: &Export,
    part: &Part,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let update =
        "UPDATE export SET row_count = row_count + $3, byte_count = byte_count + $4, parts = parts + $5,
            continues = $6, state = $7, changed_at = $8, expected = COALESCE(expected, $9),
            spent_micros = spent_micros + $10
        WHERE id = $1 AND parts = $2 AND state IN ('asked', 'running')";
    let values = vec![
        export.id.into(),
        export.parts.into(),
        part.rows.into(),
        part.bytes.into(),
        i64::from(part.document.is_some()).into(),
        part.continues.clone().into(),
        part.state.word().into(),
        now.0.into(),
        part.expected.into(),
        (part.spent.as_micros() as i64).into(),
    ];
    if tx.run(update, values).await? != 1 {
        return Ok(false);
    }
    if let Some(document) = part.document {
        let insert = "INSERT INTO export_part (export, place, document) VALUES ($1, $2, $3)";
        tx.run(insert, vec![export.id.into(), export.parts.into(), document.into()]).await?;
    }
    Ok(true)
}

pub(super) async fn fail(tx: &Tx, id: Uuid, reason: &str, now: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE export SET state = 'failed', reason = $2, changed_at = $3
        WHERE id = $1 AND state IN ('asked', 'running')";
    tx.run(update, vec![id.into(), reason.into(), now.0.into()]).await.map(drop)
}

/// False when it was not open any more.
pub(super) async fn stop(tx: &Tx, id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE export SET state = 'stopped', changed_at = $2
        WHERE id = $1 AND state IN ('asked', 'running')";
    Ok(tx.run(update, vec![id.into(), now.0.into()]).await? == 1)
}

/// False when it did not stand still.
pub(super) async fn resume(tx: &Tx, id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE export SET state = CASE WHEN parts > 0 THEN 'running' ELSE 'asked' END, reason = '',
            changed_at = $2
        WHERE id = $1 AND state IN ('stopped', 'failed')";
    Ok(tx.run(update, vec![id.into(), now.0.into()]).await? == 1)
}

/// The documents of an export in their order.
pub(super) async fn parts(sql: &impl Sql, export: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let select = "SELECT document FROM export_part WHERE export = $1 ORDER BY place";
    sql.all(select, vec![export.into()]).await?.iter().map(|row| row.get("document")).collect()
}

fn read(row: &Row) -> Result<Export, Failure> {
    let shape = |what: &str| StoreError::Shape(format!("export.{what}"));
    let state: String = row.get("state")?;
    let form: String = row.get("form")?;
    Ok(Export {
        id: row.get("id")?,
        owner: row.get("owner")?,
        list: List::named(&row.get::<String>("list")?)?,
        narrowed: serde_json::from_str::<Narrowed>(&row.get::<String>("narrowed")?)?,
        form: ExportForm::named(&form).ok_or_else(|| shape("form"))?,
        language: row.get::<String>("language")?.parse().unwrap_or_default(),
        assurance: match row.get::<i64>("assurance")? {
            3 => Assurance::High,
            2 => Assurance::Substantial,
            _ => Assurance::Basic,
        },
        state: ExportState::named(&state).ok_or_else(|| shape("state"))?,
        rows: row.get("row_count")?,
        expected: row.get("expected")?,
        spent: Duration::from_micros(row.get::<i64>("spent_micros")?.unsigned_abs()),
        bytes: row.get("byte_count")?,
        parts: row.get("parts")?,
        continues: row.get("continues")?,
        reason: row.get("reason")?,
        asked_at: Timestamp(row.get("asked_at")?),
        changed_at: Timestamp(row.get("changed_at")?),
        expires_at: Timestamp(row.get("expires_at")?),
    })
}
