//! The SQL of proposals.

use authz::Failure;
use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::Proposal;

const COLUMNS: &str = "id, body, author, slug, card, form, process, begun_at, saved_at, revision";

pub(super) async fn insert(tx: &Tx, new: &Proposal) -> Result<(), Failure> {
    let insert =
        format!("INSERT INTO entry_proposal ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
    let values = vec![
        new.id.into(),
        new.body.into(),
        new.author.into(),
        new.slug.clone().into(),
        serde_json::to_string(&new.card)?.into(),
        new.form.clone().into(),
        new.process.clone().into(),
        new.begun_at.0.into(),
        new.saved_at.0.into(),
        new.revision.into(),
    ];
    tx.run(&insert, values).await?;
    Ok(())
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Proposal>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM entry_proposal WHERE id = $1 AND closed_at IS NULL");
    sql.find(&select, vec![id.into()], read).await
}

/// An open proposal for a service, when there is one.
pub(crate) async fn open_for(sql: &impl Sql, body: Uuid, slug: &str) -> Result<Option<Proposal>, Failure> {
    let select = format!(
        "SELECT {COLUMNS} FROM entry_proposal WHERE body = $1 AND slug = $2 AND closed_at IS NULL
         ORDER BY saved_at DESC LIMIT 1"
    );
    sql.find(&select, vec![body.into(), slug.into()], read).await
}

/// Open proposals of a body that were touched since a moment, the newest first.
pub(crate) async fn open_at(
    sql: &impl Sql,
    body: Uuid,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Proposal>, Failure> {
    let select = format!(
        "SELECT {COLUMNS} FROM entry_proposal WHERE body = $1 AND closed_at IS NULL AND saved_at >= $2
         ORDER BY saved_at DESC, id LIMIT $3"
    );
    sql.list(&select, vec![body.into(), since.0.into(), limit.into()], read).await
}

/// Writes what changed, if nobody was faster.
pub(super) async fn update(tx: &Tx, proposal: &Proposal) -> Result<bool, Failure> {
    let update = "UPDATE entry_proposal SET slug = $3, card = $4, form = $5, process = $6, saved_at = $7,
        revision = $2 + 1
        WHERE id = $1 AND revision = $2 AND closed_at IS NULL";
    let values = vec![
        proposal.id.into(),
        proposal.revision.into(),
        proposal.slug.clone().into(),
        serde_json::to_string(&proposal.card)?.into(),
        proposal.form.clone().into(),
        proposal.process.clone().into(),
        proposal.saved_at.0.into(),
    ];
    Ok(tx.run(update, values).await? == 1)
}

pub(super) async fn close(tx: &Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE entry_proposal SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL";
    Ok(tx.run(update, vec![id.into(), at.0.into()]).await? == 1)
}

/// Removes proposals whose time is over, at most so many: those never submitted, and copies of those that were.
pub(super) async fn remove_old(
    tx: &Tx,
    untouched_since: Timestamp,
    closed_before: Timestamp,
    limit: i64,
) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    let delete = "DELETE FROM entry_proposal WHERE id IN (
            SELECT id FROM entry_proposal
            WHERE (closed_at IS NULL AND saved_at < $1) OR closed_at < $2 ORDER BY saved_at, id LIMIT $3)
        RETURNING id, body";
    let rows = tx.all(delete, vec![untouched_since.0.into(), closed_before.0.into(), limit.into()]).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("body")?))).collect()
}

fn read(row: &Row) -> Result<Proposal, Failure> {
    Ok(Proposal {
        id: row.get("id")?,
        body: row.get("body")?,
        author: row.get("author")?,
        slug: row.get("slug")?,
        card: serde_json::from_str(&row.get::<String>("card")?)?,
        form: row.get("form")?,
        process: row.get("process")?,
        begun_at: Timestamp(row.get("begun_at")?),
        saved_at: Timestamp(row.get("saved_at")?),
        revision: row.get("revision")?,
    })
}
