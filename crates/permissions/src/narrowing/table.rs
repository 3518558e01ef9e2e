//! The SQL of narrowings.

use authz::{Assurance, Narrowed, Narrowing};
use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{Held, State};

const COLUMNS: &str = "id, capability, action, role, assurance, controls, reason, state, proposed_by, proposed_at, \
    decided_by, decided_at, words, end_reason, end_proposed_by, end_proposed_at";

pub(super) async fn insert(tx: &Tx, new: &Held) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO permissions_narrowing (id, capability, action, role, assurance, controls, reason, state,
            proposed_by, proposed_at, words, end_reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '')";
    let (role, assurance) = match &new.narrowing.what {
        Narrowed::WithoutRole(role) => (role.clone(), 0),
        Narrowed::Assurance(level) => (String::new(), *level as i64),
    };
    let values: Vec<Value> = vec![
        new.id.into(),
        new.narrowing.capability.clone().into(),
        new.narrowing.action.clone().into(),
        role.into(),
        assurance.into(),
        new.narrowing.controls.join(" ").into(),
        new.reason.clone().into(),
        new.state.word().into(),
        new.proposed_by.into(),
        new.proposed_at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(crate) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Held>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM permissions_narrowing WHERE id = $1");
    sql.find(&select, vec![id.into()], read).await
}

/// Those in force; few, because each one was agreed on by hand.
pub(crate) async fn in_force(sql: &impl Sql) -> Result<Vec<Held>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM permissions_narrowing WHERE state IN ('in_force', 'ending') ORDER BY id"
    );
    sql.list(&select, vec![], read).await
}

/// Those of one act that are proposed or in force.
pub(crate) async fn of_act(
    sql: &impl Sql,
    (capability, action): (&str, &str),
) -> Result<Vec<Held>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM permissions_narrowing
         WHERE capability = $1 AND action = $2 AND state IN ('proposed', 'in_force', 'ending') ORDER BY id"
    );
    sql.list(&select, vec![capability.into(), action.into()], read).await
}

/// The newest first, those before an id.
pub(crate) async fn listed(
    sql: &impl Sql,
    state: Option<State>,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Held>, StoreError> {
    let mut values: Vec<Value> = vec![before.into(), limit.into()];
    let only = match state {
        Some(state) => {
            values.push(state.word().into());
            " AND state = $3"
        }
        None => "",
    };
    let select =
        format!("SELECT {COLUMNS} FROM permissions_narrowing WHERE id < $1{only} ORDER BY id DESC LIMIT $2");
    sql.list(&select, values, read).await
}

/// Moves a proposal on; false when somebody else had.
pub(super) async fn decide(
    tx: &Tx,
    id: Uuid,
    (from, to): (State, State),
    (by, words): (Uuid, &str),
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update = "UPDATE permissions_narrowing SET state = $3, decided_by = $4, decided_at = $5, words = $6
        WHERE id = $1 AND state = $2";
    let values: Vec<Value> =
        vec![id.into(), from.word().into(), to.word().into(), by.into(), at.0.into(), words.into()];
    Ok(tx.run(update, values).await? == 1)
}

pub(super) async fn propose_end(
    tx: &Tx,
    id: Uuid,
    (by, reason): (Uuid, &str),
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update = "UPDATE permissions_narrowing
        SET state = 'ending', end_proposed_by = $2, end_proposed_at = $3, end_reason = $4
        WHERE id = $1 AND state = 'in_force'";
    Ok(tx.run(update, vec![id.into(), by.into(), at.0.into(), reason.into()]).await? == 1)
}

/// What is in force changed.
pub(super) async fn move_generation(tx: &Tx) -> Result<(), StoreError> {
    tx.run("UPDATE permissions_generation SET value = value + 1 WHERE id = 1", vec![]).await.map(drop)
}

pub(super) async fn generation(sql: &impl Sql) -> Result<i64, StoreError> {
    let row = sql.one("SELECT value FROM permissions_generation WHERE id = 1", vec![]).await?;
    row.ok_or_else(|| StoreError::Shape("permissions_generation".into()))?.get("value")
}

fn read(row: &Row) -> Result<Held, StoreError> {
    let state: String = row.get("state")?;
    let role: String = row.get("role")?;
    let what = match row.get::<i64>("assurance")? {
        0 => Narrowed::WithoutRole(role),
        3 => Narrowed::Assurance(Assurance::High),
        _ => Narrowed::Assurance(Assurance::Substantial),
    };
    let controls: String = row.get("controls")?;
    let id = row.get("id")?;
    Ok(Held {
        id,
        narrowing: Narrowing {
            id,
            capability: row.get("capability")?,
            action: row.get("action")?,
            what,
            controls: controls.split_whitespace().map(str::to_owned).collect(),
        },
        reason: row.get("reason")?,
        state: State::named(&state).ok_or_else(|| StoreError::Shape(format!("narrowing {state}")))?,
        proposed_by: row.get("proposed_by")?,
        proposed_at: Timestamp(row.get("proposed_at")?),
        decided_by: row.get("decided_by")?,
        decided_at: row.get::<Option<i64>>("decided_at")?.map(Timestamp),
        words: row.get("words")?,
        end_reason: row.get("end_reason")?,
        end_proposed_by: row.get("end_proposed_by")?,
        end_proposed_at: row.get::<Option<i64>>("end_proposed_at")?.map(Timestamp),
    })
}
