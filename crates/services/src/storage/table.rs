//! The SQL of storage agreements.

use authz::Failure;
use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Agreement, Standing, Terms};

const COLUMNS: &str = "id, body, location, site_ar, site_en, retention_years, access, state, proposed_by, proposed_at, \
    approved_at, ended_at, note";

pub(super) async fn insert(tx: &Tx, new: &Agreement) -> Result<(), Failure> {
    let insert = format!(
        "INSERT INTO storage_agreement ({COLUMNS})
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, NULL, $11)"
    );
    let values = vec![
        new.id.into(),
        new.body.into(),
        new.terms.location.clone().into(),
        new.terms.site.ar.clone().into(),
        new.terms.site.en.clone().into(),
        new.terms.retention_years.into(),
        serde_json::to_string(&new.terms.access)?.into(),
        new.standing.word().into(),
        new.proposed_by.into(),
        new.proposed_at.0.into(),
        new.note.clone().into(),
    ];
    tx.run(&insert, values).await?;
    Ok(())
}

pub(super) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Agreement>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM storage_agreement WHERE id = $1");
    sql.one(&select, vec![id.into()]).await?.as_ref().map(read).transpose()
}

/// The agreement under which a body keeps documents now.
pub(crate) async fn in_force(sql: &impl Sql, body: Uuid) -> Result<Option<Agreement>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM storage_agreement WHERE body = $1 AND state = 'in_force'");
    sql.one(&select, vec![body.into()]).await?.as_ref().map(read).transpose()
}

/// Where a body keeps documents now; nothing for one that never agreed.
pub(super) async fn location_of(sql: &impl Sql, body: Uuid) -> Result<Option<String>, StoreError> {
    let select = "SELECT location FROM storage_agreement WHERE body = $1 AND state = 'in_force'";
    sql.one(select, vec![body.into()]).await?.map(|row| row.get("location")).transpose()
}

/// Whether a storage holds, or ever held, what belongs to another body.
pub(super) async fn is_of_another(sql: &impl Sql, location: &str, body: Uuid) -> Result<bool, StoreError> {
    let select = "SELECT 1 AS one FROM storage_agreement
        WHERE location = $1 AND body <> $2 AND approved_at IS NOT NULL LIMIT 1";
    Ok(sql.one(select, vec![location.into(), body.into()]).await?.is_some())
}

/// The agreements of a body, or of all, the newest first.
pub(super) async fn listed(
    sql: &impl Sql,
    body: Option<Uuid>,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Agreement>, Failure> {
    let of = if body.is_some() { "body = $3" } else { "id <> $3" };
    let select =
        format!("SELECT {COLUMNS} FROM storage_agreement WHERE id < $1 AND {of} ORDER BY id DESC LIMIT $2");
    let values = vec![before.unwrap_or(Uuid::max()).into(), limit.into(), body.unwrap_or(Uuid::nil()).into()];
    sql.all(&select, values).await?.iter().map(read).collect()
}

/// A newer proposal takes the place of one that nobody approved.
pub(super) async fn drop_proposals(tx: &Tx, body: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE storage_agreement SET state = 'ended', ended_at = $2
        WHERE body = $1 AND state = 'proposed'";
    tx.run(update, vec![body.into(), at.0.into()]).await.map(drop)
}

/// Puts it in force in the place of the one before.
pub(super) async fn approve(
    tx: &Tx,
    agreement: &Agreement,
    by: Uuid,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let before = "UPDATE storage_agreement SET state = 'ended', ended_at = $2
        WHERE body = $1 AND state = 'in_force'";
    tx.run(before, vec![agreement.body.into(), at.0.into()]).await?;
    let update = "UPDATE storage_agreement SET state = 'in_force', approved_by = $2, approved_at = $3
        WHERE id = $1 AND state = 'proposed'";
    Ok(tx.run(update, vec![agreement.id.into(), by.into(), at.0.into()]).await? == 1)
}

pub(super) async fn end(tx: &Tx, id: Uuid, note: &str, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE storage_agreement SET state = 'ended', ended_at = $3, note = $2
        WHERE id = $1 AND state <> 'ended'";
    Ok(tx.run(update, vec![id.into(), note.into(), at.0.into()]).await? == 1)
}

fn read(row: &Row) -> Result<Agreement, Failure> {
    let state: String = row.get("state")?;
    let terms = Terms {
        location: row.get("location")?,
        site: Text::new(row.get::<String>("site_ar")?, row.get::<String>("site_en")?),
        retention_years: row.get("retention_years")?,
        access: serde_json::from_str(&row.get::<String>("access")?)?,
    };
    Ok(Agreement {
        id: row.get("id")?,
        body: row.get("body")?,
        terms,
        standing: Standing::named(&state).ok_or_else(|| StoreError::Shape(format!("agreement {state}")))?,
        proposed_by: row.get("proposed_by")?,
        proposed_at: Timestamp(row.get("proposed_at")?),
        approved_at: row.get::<Option<i64>>("approved_at")?.map(Timestamp),
        ended_at: row.get::<Option<i64>>("ended_at")?.map(Timestamp),
        note: row.get("note")?,
    })
}
