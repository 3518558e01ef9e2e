//! The SQL of assignments.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::Assignment;

const COLUMNS: &str = "pack, body, from_at";

/// Assigns, or moves the day from which a document binds.
pub(super) async fn put(
    tx: &Tx,
    new: &Assignment,
    by: Option<Uuid>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let put = "INSERT INTO compliance_assignment (pack, body, from_at, assigned_by, assigned_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (body, pack) DO UPDATE SET from_at = excluded.from_at, assigned_by = excluded.assigned_by,
            assigned_at = excluded.assigned_at";
    let values = vec![new.pack.clone().into(), new.body.into(), new.from_at.0.into(), by.into(), at.0.into()];
    tx.run(put, values).await.map(drop)
}

/// Every assignment: five documents at most for each body.
pub(crate) async fn all(sql: &impl Sql) -> Result<Vec<Assignment>, StoreError> {
    sql.list(&format!("SELECT {COLUMNS} FROM compliance_assignment ORDER BY body, pack"), vec![], read).await
}

pub(crate) async fn of_body(sql: &impl Sql, body: Uuid) -> Result<Vec<Assignment>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM compliance_assignment WHERE body = $1 ORDER BY pack");
    sql.list(&select, vec![body.into()], read).await
}

/// The bodies that a document binds, the earliest first.
pub(crate) async fn of_pack(
    sql: &impl Sql,
    pack: &str,
    after: (i64, Uuid),
    limit: i64,
) -> Result<Vec<Assignment>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM compliance_assignment WHERE pack = $1 AND (from_at, body) > ($2, $3)
         ORDER BY from_at, body LIMIT $4"
    );
    sql.list(&select, vec![pack.into(), after.0.into(), after.1.into(), limit.into()], read).await
}

fn read(row: &Row) -> Result<Assignment, StoreError> {
    Ok(Assignment { pack: row.get("pack")?, body: row.get("body")?, from_at: Timestamp(row.get("from_at")?) })
}
