//! The SQL of approvals of forms.

use clock::Timestamp;
use store::{Sql, StoreError, Tx};
use uuid::Uuid;

use super::approval::Approval;

pub(super) async fn insert(
    tx: &Tx,
    entry: Uuid,
    version: i64,
    approval: &Approval,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO form_approval (entry, version, side, person, standard, at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (entry, version, side) DO NOTHING";
    let values = vec![
        entry.into(),
        version.into(),
        approval.side.clone().into(),
        approval.person.into(),
        approval.standard.clone().into(),
        approval.at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(super) async fn remove(tx: &Tx, entry: Uuid, version: i64, side: &str) -> Result<(), StoreError> {
    let delete = "DELETE FROM form_approval WHERE entry = $1 AND version = $2 AND side = $3";
    tx.run(delete, vec![entry.into(), version.into(), side.into()]).await.map(drop)
}

pub(crate) async fn of_version(
    sql: &impl Sql,
    entry: Uuid,
    version: i64,
) -> Result<Vec<Approval>, StoreError> {
    let select = "SELECT side, person, standard, at FROM form_approval
        WHERE entry = $1 AND version = $2 ORDER BY at, side";
    let rows = sql.all(select, vec![entry.into(), version.into()]).await?;
    let approval = |row: &store::Row| {
        Ok(Approval {
            side: row.get("side")?,
            person: row.get("person")?,
            standard: row.get("standard")?,
            at: Timestamp(row.get("at")?),
        })
    };
    rows.iter().map(approval).collect()
}
