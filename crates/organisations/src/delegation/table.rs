//! The SQL of delegations.

use authz::Role;
use behalf::Lapsed;
use clock::{DAY, Timestamp};
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Delegation, LAPSED_TOLD_DAYS, Written};

const COLUMNS: &str = "id, body, delegator, delegate, topics, state, from_at, until_at, over_at, asked_at,
    decided_by, decided_at, ended_by, reason";

/// What was delegated to somebody: what holds now, and what held until lately.
#[derive(Clone, Debug, Default)]
pub struct Delegated {
    pub roles: Vec<Role>,
    pub lapsed: Vec<Lapsed>,
}

/// What others delegated to this person. It holds as long as the delegator holds the role and the delegate works for the body.
pub async fn delegated_to(sql: &impl Sql, person: Uuid, now: Timestamp) -> Result<Delegated, StoreError> {
    let select = "SELECT d.id, d.body, d.delegator, d.over_at, p.role, a.id AS appointment, a.unit
        FROM organisations_delegation d JOIN organisations_delegated_power p ON p.delegation = d.id
        LEFT JOIN organisations_appointment a ON a.person = d.delegator AND a.body = d.body AND a.role = p.role
            AND a.from_at <= $2 AND (a.until_at IS NULL OR a.until_at > $2)
        WHERE d.delegate = $1 AND d.state = 'approved' AND d.from_at <= $2 AND d.over_at > $3
            AND EXISTS (SELECT 1 FROM organisations_appointment w WHERE w.person = $1 AND w.body = d.body
                AND w.from_at <= $2 AND (w.until_at IS NULL OR w.until_at > $2))
        ORDER BY d.id, p.role";
    let told_from = now - DAY * LAPSED_TOLD_DAYS;
    let rows = sql.all(select, vec![person.into(), now.0.into(), told_from.0.into()]).await?;
    let mut delegated = Delegated::default();
    for row in rows {
        let (body, name): (Uuid, String) = (row.get("body")?, row.get("role")?);
        let holds = row.get::<i64>("over_at")? > now.0 && row.get::<Option<Uuid>>("appointment")?.is_some();
        if holds {
            let by = behalf::Delegation { id: row.get("id")?, of: row.get("delegator")? };
            delegated.roles.push(Role { body, unit: row.get("unit")?, name, by: Some(by) });
        } else {
            delegated.lapsed.push(Lapsed { role: name, body });
        }
    }
    Ok(delegated)
}

/// Delegations that somebody gave or was given, the newest first.
pub async fn delegations_of(
    sql: &impl Sql,
    person: Uuid,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Delegation>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM organisations_delegation WHERE (delegator = $1 OR delegate = $1) AND id < $2
        ORDER BY id DESC LIMIT $3"
    );
    with_powers(sql, sql.all(&select, vec![person.into(), before.into(), limit.into()]).await?).await
}

/// Delegations at a body, the newest first.
pub async fn delegations_at(
    sql: &impl Sql,
    body: Uuid,
    before: Uuid,
    limit: i64,
) -> Result<Vec<Delegation>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM organisations_delegation WHERE body = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
    );
    with_powers(sql, sql.all(&select, vec![body.into(), before.into(), limit.into()]).await?).await
}

pub async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Delegation>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM organisations_delegation WHERE id = $1");
    Ok(with_powers(sql, sql.all(&select, vec![id.into()]).await?).await?.pop())
}

pub(super) async fn insert(tx: &Tx, it: &Delegation) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO organisations_delegation ({COLUMNS})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    );
    let values = vec![
        it.id.into(),
        it.body.into(),
        it.delegator.into(),
        it.delegate.into(),
        it.topics.clone().into(),
        it.written.word().into(),
        it.from.0.into(),
        it.until.0.into(),
        it.over_at.0.into(),
        it.asked_at.0.into(),
        it.decided_by.into(),
        it.decided_at.map(Timestamp::micros).into(),
        it.ended_by.into(),
        it.reason.clone().into(),
    ];
    tx.run(&insert, values).await?;
    for power in &it.powers {
        let insert = "INSERT INTO organisations_delegated_power (delegation, role) VALUES ($1, $2)";
        tx.run(insert, vec![it.id.into(), power.as_str().into()]).await?;
    }
    Ok(())
}

pub(super) async fn save(tx: &Tx, it: &Delegation) -> Result<(), StoreError> {
    let update =
        "UPDATE organisations_delegation SET state = $2, over_at = $3, decided_by = $4, decided_at = $5,
        ended_by = $6, reason = $7 WHERE id = $1";
    let values = vec![
        it.id.into(),
        it.written.word().into(),
        it.over_at.0.into(),
        it.decided_by.into(),
        it.decided_at.map(Timestamp::micros).into(),
        it.ended_by.into(),
        it.reason.clone().into(),
    ];
    tx.run(update, values).await.map(drop)
}

async fn with_powers(sql: &impl Sql, rows: Vec<Row>) -> Result<Vec<Delegation>, StoreError> {
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut delegation = from_row(row)?;
        let select = "SELECT role FROM organisations_delegated_power WHERE delegation = $1 ORDER BY role";
        delegation.powers = sql.list(select, vec![delegation.id.into()], |row| row.get("role")).await?;
        found.push(delegation);
    }
    Ok(found)
}

fn from_row(row: &Row) -> Result<Delegation, StoreError> {
    let state: String = row.get("state")?;
    Ok(Delegation {
        id: row.get("id")?,
        body: row.get("body")?,
        delegator: row.get("delegator")?,
        delegate: row.get("delegate")?,
        powers: Vec::new(),
        topics: row.get("topics")?,
        written: Written::named(&state)
            .ok_or_else(|| StoreError::Shape(format!("state of delegation: {state}")))?,
        from: Timestamp(row.get("from_at")?),
        until: Timestamp(row.get("until_at")?),
        over_at: Timestamp(row.get("over_at")?),
        asked_at: Timestamp(row.get("asked_at")?),
        decided_by: row.get("decided_by")?,
        decided_at: row.get::<Option<i64>>("decided_at")?.map(Timestamp),
        ended_by: row.get("ended_by")?,
        reason: row.get("reason")?,
    })
}
