//! The SQL of alerts.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::Alert;
use crate::component::{Said, table::said};

const COLUMNS: &str =
    "id, component, word, args, opened_at, cleared_at, acknowledged_at, acknowledged_by, note";
/// Before every alert in a list that begins with the newest.
pub(crate) const AFTER_ALL: (i64, Uuid) = (i64::MAX, Uuid::max());

/// False when one about this component is open already.
pub(super) async fn insert(tx: &Tx, alert: &Alert) -> Result<bool, StoreError> {
    let insert = format!(
        "INSERT INTO operation_alert ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, NULL, NULL, NULL, '')
         ON CONFLICT (component) WHERE cleared_at IS NULL DO NOTHING"
    );
    let values: Vec<Value> = vec![
        alert.id.into(),
        alert.component.clone().into(),
        alert.said.word.clone().into(),
        alert.said.args_text().into(),
        alert.opened_at.0.into(),
    ];
    Ok(tx.run(&insert, values).await? == 1)
}

/// The open one about this component ends; nothing when there is none.
pub(super) async fn clear(tx: &Tx, component: &str, at: Timestamp) -> Result<Option<Uuid>, StoreError> {
    let update =
        "UPDATE operation_alert SET cleared_at = $2 WHERE component = $1 AND cleared_at IS NULL RETURNING id";
    tx.find(update, vec![component.into(), at.0.into()], |row| row.get("id")).await
}

/// False when somebody had acknowledged it before.
pub(super) async fn acknowledge(
    tx: &Tx,
    id: Uuid,
    by: Uuid,
    note: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update = "UPDATE operation_alert SET acknowledged_at = $2, acknowledged_by = $3, note = $4
        WHERE id = $1 AND acknowledged_at IS NULL";
    Ok(tx.run(update, vec![id.into(), at.0.into(), by.into(), note.into()]).await? == 1)
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Alert>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM operation_alert WHERE id = $1");
    sql.find(&select, vec![id.into()], read).await
}

/// Those that are not over, the newest first; at most one a component.
pub(crate) async fn open(sql: &impl Sql) -> Result<Vec<Alert>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM operation_alert WHERE cleared_at IS NULL ORDER BY opened_at DESC, id DESC"
    );
    sql.list(&select, vec![], read).await
}

/// The newest first, from after `before` on.
pub(crate) async fn list(sql: &impl Sql, before: (i64, Uuid), limit: i64) -> Result<Vec<Alert>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM operation_alert WHERE (opened_at, id) < ($1, $2)
         ORDER BY opened_at DESC, id DESC LIMIT $3"
    );
    sql.list(&select, vec![before.0.into(), before.1.into(), limit.into()], read).await
}

fn read(row: &Row) -> Result<Alert, StoreError> {
    let moment = |column| Ok::<_, StoreError>(row.get::<Option<i64>>(column)?.map(Timestamp));
    let told: Said = said(row)?;
    Ok(Alert {
        id: row.get("id")?,
        component: row.get("component")?,
        said: told,
        opened_at: Timestamp(row.get("opened_at")?),
        cleared_at: moment("cleared_at")?,
        acknowledged_at: moment("acknowledged_at")?,
        acknowledged_by: row.get("acknowledged_by")?,
        note: row.get("note")?,
    })
}
