//! The SQL of batches.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Batch, Line};

pub(super) async fn insert(tx: &Tx, batch: &Batch, lines: &[Line]) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO batch (id, person, assurance, act, input, ordered_at) VALUES ($1, $2, $3, $4, $5, $6)";
    let input =
        serde_json::to_string(&batch.verdict).map_err(|error| StoreError::Shape(error.to_string()))?;
    let values = vec![
        batch.id.into(),
        batch.person.into(),
        batch.assurance.into(),
        batch.verdict.word().into(),
        input.into(),
        batch.ordered_at.0.into(),
    ];
    tx.run(insert, values).await?;
    let insert =
        "INSERT INTO batch_line (batch, place, number, revision, outcome) VALUES ($1, $2, $3, $4, '')";
    for line in lines {
        let values =
            vec![batch.id.into(), line.place.into(), line.number.as_str().into(), line.revision.into()];
        tx.run(insert, values).await?;
    }
    Ok(())
}

pub(super) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Batch>, StoreError> {
    let select = "SELECT id, person, assurance, input, ordered_at, ended_at FROM batch WHERE id = $1";
    sql.find(select, vec![id.into()], batch).await
}

pub(super) async fn lines(sql: &impl Sql, batch: Uuid) -> Result<Vec<Line>, StoreError> {
    let select = "SELECT place, number, revision, outcome FROM batch_line WHERE batch = $1 ORDER BY place";
    let rows = sql.all(select, vec![batch.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Line {
                place: row.get("place")?,
                number: row.get("number")?,
                revision: row.get("revision")?,
                outcome: row.get("outcome")?,
            })
        })
        .collect()
}

/// Writes how a line ended; false when that is known already, because the job ran before.
pub(super) async fn conclude(
    tx: &Tx,
    batch: Uuid,
    place: i64,
    outcome: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update =
        "UPDATE batch_line SET outcome = $3, done_at = $4 WHERE batch = $1 AND place = $2 AND outcome = ''";
    Ok(tx.run(update, vec![batch.into(), place.into(), outcome.into(), at.0.into()]).await? == 1)
}

pub(super) async fn end(tx: &Tx, batch: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update = "UPDATE batch SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    tx.run(update, vec![batch.into(), at.0.into()]).await.map(drop)
}

fn batch(row: &Row) -> Result<Batch, StoreError> {
    let input: String = row.get("input")?;
    Ok(Batch {
        id: row.get("id")?,
        person: row.get("person")?,
        assurance: row.get("assurance")?,
        verdict: serde_json::from_str(&input).map_err(|error| StoreError::Shape(error.to_string()))?,
        ordered_at: Timestamp(row.get("ordered_at")?),
        ended_at: row.get::<Option<i64>>("ended_at")?.map(Timestamp),
    })
}
