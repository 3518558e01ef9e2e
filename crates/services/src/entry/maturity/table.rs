//! The SQL of maturity: a row a version.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

use super::Step;
use crate::entry::version::Version;

pub(crate) async fn record(tx: &Tx, version: &Version, at: Timestamp) -> Result<(), StoreError> {
    let insert = "INSERT INTO entry_maturity (entry, version, body, maturity, since)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (entry, version) DO NOTHING";
    let values = vec![
        version.entry.into(),
        version.version.into(),
        version.body.into(),
        version.card.maturity.clone().into(),
        at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

/// Every step of a body's services, or of all, from the oldest.
pub(crate) async fn steps(sql: &impl Sql, body: Option<Uuid>) -> Result<Vec<Step>, StoreError> {
    let rows = match body {
        Some(body) => {
            let select =
                "SELECT entry, maturity, since FROM entry_maturity WHERE body = $1 ORDER BY since, entry";
            sql.all(select, vec![body.into()]).await?
        }
        None => {
            sql.all("SELECT entry, maturity, since FROM entry_maturity ORDER BY since, entry", vec![]).await?
        }
    };
    rows.iter()
        .map(|row| {
            Ok(Step {
                entry: row.get("entry")?,
                maturity: row.get("maturity")?,
                since: Timestamp(row.get("since")?),
            })
        })
        .collect()
}

/// Since when a service stands at the level that it has now.
pub(crate) async fn since(sql: &impl Sql, entry: Uuid) -> Result<Option<Timestamp>, StoreError> {
    let select = "SELECT MIN(since) AS since FROM entry_maturity m WHERE entry = $1
        AND maturity = (SELECT maturity FROM entry_maturity WHERE entry = $1 ORDER BY version DESC LIMIT 1)
        AND version > COALESCE((SELECT MAX(version) FROM entry_maturity o WHERE o.entry = $1
            AND o.maturity <> (SELECT maturity FROM entry_maturity WHERE entry = $1
                ORDER BY version DESC LIMIT 1)), 0)";
    let row = sql.one(select, vec![entry.into()]).await?;
    Ok(row.map(|row| row.get::<Option<i64>>("since")).transpose()?.flatten().map(Timestamp))
}
