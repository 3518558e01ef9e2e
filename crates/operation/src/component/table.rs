//! The SQL of components, nodes and gaps.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Component, Finding, Gap, Node, Said, State};

pub(crate) fn said(row: &Row) -> Result<Said, StoreError> {
    let args: String = row.get("args")?;
    let args = serde_json::from_str(&args).map_err(|error| StoreError::Shape(error.to_string()))?;
    Ok(Said { word: row.get("word")?, args })
}

const COLUMNS: &str = "name, state, word, args, checked_at, since_at";

pub(crate) async fn components(sql: &impl Sql) -> Result<Vec<Component>, StoreError> {
    sql.list(&format!("SELECT {COLUMNS} FROM operation_component ORDER BY name"), vec![], read).await
}

pub(super) async fn find(sql: &impl Sql, name: &str) -> Result<Option<Component>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM operation_component WHERE name = $1");
    sql.find(&select, vec![name.into()], read).await
}

fn read(row: &Row) -> Result<Component, StoreError> {
    let state: String = row.get("state")?;
    Ok(Component {
        name: row.get("name")?,
        state: State::named(&state),
        said: said(row)?,
        checked_at: Timestamp(row.get("checked_at")?),
        since: Timestamp(row.get("since_at")?),
    })
}

/// The newest look at anything.
pub(super) async fn looked_at(sql: &impl Sql) -> Result<Option<Timestamp>, StoreError> {
    let select = "SELECT MAX(checked_at) AS newest FROM operation_component";
    let row = sql.one(select, vec![]).await?;
    Ok(row.map(|row| row.get::<Option<i64>>("newest")).transpose()?.flatten().map(Timestamp))
}

/// What was found now; a state that is new counts from now.
pub(super) async fn put(tx: &Tx, found: &Finding, at: Timestamp) -> Result<(), StoreError> {
    let upsert = "INSERT INTO operation_component (name, state, word, args, checked_at, since_at)
        VALUES ($1, $2, $3, $4, $5, $5)
        ON CONFLICT (name) DO UPDATE SET word = excluded.word, args = excluded.args,
            checked_at = excluded.checked_at,
            since_at = CASE WHEN operation_component.state = excluded.state
                THEN operation_component.since_at ELSE excluded.since_at END,
            state = excluded.state";
    let values = vec![
        found.component.clone().into(),
        found.state.word().into(),
        found.said.word.clone().into(),
        found.said.args_text().into(),
        at.0.into(),
    ];
    tx.run(upsert, values).await.map(drop)
}

pub(super) async fn beat(
    tx: &Tx,
    id: Uuid,
    role: &str,
    started: Timestamp,
    at: Timestamp,
) -> Result<(), StoreError> {
    let upsert = "INSERT INTO operation_node (id, role, started_at, beat_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at";
    tx.run(upsert, vec![id.into(), role.into(), started.0.into(), at.0.into()]).await.map(drop)
}

/// Said goodbye, or silent for so long that it will not come back.
pub(super) async fn leave(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    tx.run("DELETE FROM operation_node WHERE id = $1", vec![id.into()]).await.map(drop)
}

pub(crate) async fn nodes(sql: &impl Sql) -> Result<Vec<Node>, StoreError> {
    let select = "SELECT id, role, started_at, beat_at FROM operation_node ORDER BY started_at, id";
    sql.list(select, vec![], |row| {
        Ok(Node {
            id: row.get("id")?,
            role: row.get("role")?,
            started_at: Timestamp(row.get("started_at")?),
            beat_at: Timestamp(row.get("beat_at")?),
        })
    })
    .await
}

pub(super) async fn insert_gap(tx: &Tx, gap: Gap) -> Result<(), StoreError> {
    let insert = "INSERT INTO operation_gap (id, from_at, until_at) VALUES ($1, $2, $3)";
    tx.run(insert, vec![Uuid::now_v7().into(), gap.from.0.into(), gap.until.0.into()]).await.map(drop)
}

/// The newest first.
pub(crate) async fn gaps(sql: &impl Sql, limit: i64) -> Result<Vec<Gap>, StoreError> {
    let select = "SELECT from_at, until_at FROM operation_gap ORDER BY from_at DESC, id DESC LIMIT $1";
    sql.list(select, vec![limit.into()], |row| {
        Ok(Gap { from: Timestamp(row.get("from_at")?), until: Timestamp(row.get("until_at")?) })
    })
    .await
}
