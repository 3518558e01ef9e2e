//! The SQL of assignments. Who works where is read from the appointments, as they stand at that moment.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{Assignment, Standing};
use crate::version::{Ask, Version};

const COLUMNS: &str = "g.id, g.policy, g.version, g.clause, g.person, g.body, g.unit, g.assigned_at, g.due_at, g.acknowledged_at";
/// The version of an assignment is the one in force at `$1`; the reader of an older one is asked for the newer.
const IS_CURRENT: &str =
    "g.version = (SELECT c.id FROM policies_version c WHERE c.policy = g.policy AND c.in_force_at <= $1
    ORDER BY c.in_force_at DESC, c.number DESC LIMIT 1)";
/// Whoever holds no appointment at `$1` has left.
const STILL_HERE: &str =
    "EXISTS (SELECT 1 FROM organisations_appointment w WHERE w.person = g.person AND w.body = g.body
    AND w.from_at <= $1 AND (w.until_at IS NULL OR w.until_at > $1))";
/// Members of a unit who may sign where it has no head.
const MEMBERS_MAX: i64 = 500;
/// Assignments of one person; nobody is bound by as many.
pub(super) const OWN_MAX: i64 = 500;

/// Somebody at work.
pub(super) struct Worker {
    pub person: Uuid,
    pub body: Uuid,
    pub unit: Option<Uuid>,
}

pub(crate) async fn members_of(sql: &impl Sql, unit: Uuid, at: Timestamp) -> Result<Vec<Uuid>, StoreError> {
    let select = "SELECT DISTINCT person FROM organisations_appointment
        WHERE unit = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2) ORDER BY person LIMIT $3";
    sql.list(select, vec![unit.into(), at.0.into(), MEMBERS_MAX.into()], |row| row.get("person")).await
}

/// The condition on an appointment `a` that somebody works now and is asked; adds its values.
fn asked_of(ask: &Ask, body: Option<Uuid>, values: &mut Vec<Value>) -> String {
    let mut only = "a.from_at <= $1 AND (a.until_at IS NULL OR a.until_at > $1)".to_owned();
    let mut place = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    if let Some(body) = body {
        only += &format!(" AND a.body = {}", place(body.into()));
    }
    if let Some(unit) = ask.unit {
        only += &format!(" AND a.unit = {}", place(unit.into()));
    }
    if !ask.role.is_empty() {
        only += &format!(" AND a.role = {}", place(ask.role.clone().into()));
    }
    only
}

/// Those who are asked and not assigned yet; somebody with several appointments comes several times.
pub(super) async fn to_assign(
    sql: &impl Sql,
    version: Uuid,
    ask: &Ask,
    (body, at): (Option<Uuid>, Timestamp),
    limit: i64,
) -> Result<Vec<Worker>, StoreError> {
    let mut values: Vec<Value> = vec![at.0.into(), version.into(), ask.clause.clone().into(), limit.into()];
    let only = asked_of(ask, body, &mut values);
    let select = format!(
        "SELECT a.person, a.body, a.unit FROM organisations_appointment a WHERE {only} AND NOT EXISTS (
            SELECT 1 FROM policies_assignment g WHERE g.version = $2 AND g.clause = $3 AND g.person = a.person)
         ORDER BY a.person, a.from_at, a.id LIMIT $4"
    );
    sql.list(&select, values, |row| {
        Ok(Worker { person: row.get("person")?, body: row.get("body")?, unit: row.get("unit")? })
    })
    .await
}

/// False when it was assigned meanwhile.
pub(super) async fn insert(tx: &Tx, new: &Assignment, remind_at: Timestamp) -> Result<bool, StoreError> {
    let insert = "INSERT INTO policies_assignment (id, policy, version, clause, person, body, unit, assigned_at, due_at,
            remind_at, reminders) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0) ON CONFLICT DO NOTHING";
    let values = vec![
        new.id.into(),
        new.policy.into(),
        new.version.into(),
        new.clause.clone().into(),
        new.person.into(),
        new.body.into(),
        new.unit.into(),
        new.assigned_at.0.into(),
        new.due_at.0.into(),
        remind_at.0.into(),
    ];
    Ok(tx.run(insert, values).await? == 1)
}

pub(super) async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Assignment>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM policies_assignment g WHERE g.id = $1");
    sql.find(&select, vec![id.into()], read).await
}

/// False when it was acknowledged before.
pub(super) async fn acknowledge(tx: &Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update =
        "UPDATE policies_assignment SET acknowledged_at = $2 WHERE id = $1 AND acknowledged_at IS NULL";
    Ok(tx.run(update, vec![id.into(), at.0.into()]).await? == 1)
}

/// Asks again for what was acknowledged before a moment.
pub(super) async fn refresh(
    tx: &Tx,
    version: Uuid,
    before: Timestamp,
    (due_at, remind_at): (Timestamp, Timestamp),
) -> Result<u64, StoreError> {
    let update = "UPDATE policies_assignment SET acknowledged_at = NULL, due_at = $3, remind_at = $4
        WHERE version = $1 AND acknowledged_at < $2";
    tx.run(update, vec![version.into(), before.0.into(), due_at.0.into(), remind_at.0.into()]).await
}

/// Open ones of versions in force whose reminder is due, of people who are still here.
pub(super) async fn to_remind(
    sql: &impl Sql,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Assignment>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM policies_assignment g
         WHERE g.acknowledged_at IS NULL AND g.remind_at <= $1 AND {IS_CURRENT} AND {STILL_HERE}
         ORDER BY g.remind_at, g.id LIMIT $2"
    );
    sql.list(&select, vec![now.0.into(), limit.into()], read).await
}

/// False when another node reminded.
pub(super) async fn reminded(tx: &Tx, id: Uuid, now: Timestamp, next: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE policies_assignment SET remind_at = $3, reminders = reminders + 1
        WHERE id = $1 AND remind_at <= $2 AND acknowledged_at IS NULL";
    Ok(tx.run(update, vec![id.into(), now.0.into(), next.0.into()]).await? == 1)
}

/// What is asked of one person by the versions in force, what is open first.
pub(crate) async fn of_person(
    sql: &impl Sql,
    person: Uuid,
    at: Timestamp,
) -> Result<Vec<Assignment>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM policies_assignment g WHERE g.person = $2 AND {IS_CURRENT} AND {STILL_HERE}
         ORDER BY CASE WHEN g.acknowledged_at IS NULL THEN 0 ELSE 1 END, g.due_at, g.id LIMIT $3"
    );
    sql.list(&select, vec![at.0.into(), person.into(), OWN_MAX.into()], read).await
}

/// By policy: the number of the newest version that somebody acknowledged as a whole.
pub(super) async fn last_acknowledged(sql: &impl Sql, person: Uuid) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let select = "SELECT g.policy, MAX(v.number) AS number FROM policies_assignment g
        JOIN policies_version v ON v.id = g.version
        WHERE g.person = $1 AND g.clause = '' AND g.acknowledged_at IS NOT NULL GROUP BY g.policy";
    sql.list(select, vec![person.into()], |row| Ok((row.get("policy")?, row.get("number")?))).await
}

/// What somebody was asked by one version: the whole and each clause.
pub(crate) async fn of_person_and_version(
    sql: &impl Sql,
    person: Uuid,
    version: Uuid,
) -> Result<Vec<Assignment>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM policies_assignment g WHERE g.person = $1 AND g.version = $2 ORDER BY g.clause"
    );
    sql.list(&select, vec![person.into(), version.into()], read).await
}

/// People who are asked and work now, and how far they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    pub people: i64,
    pub acknowledged: i64,
    pub overdue: i64,
}

/// Of one thing that a version asks, by body and unit.
pub(crate) async fn counted(
    sql: &impl Sql,
    version: &Version,
    ask: &Ask,
    (body, at): (Option<Uuid>, Timestamp),
) -> Result<Vec<(Uuid, Option<Uuid>, Counted)>, StoreError> {
    let (select, values) = counting(version, ask, (body, at), "a.body, a.unit");
    let select = format!("{select} GROUP BY a.body, a.unit ORDER BY a.body, a.unit");
    sql.list(&select, values, |row| Ok((row.get("body")?, row.get("unit")?, counted_row(row)?))).await
}

/// The same over everybody, each person once.
pub(crate) async fn counted_all(
    sql: &impl Sql,
    version: &Version,
    ask: &Ask,
    place: (Option<Uuid>, Timestamp),
) -> Result<Counted, StoreError> {
    let (select, values) = counting(version, ask, place, "1 AS one");
    let row = sql.one(&select, values).await?;
    row.as_ref().map_or(Ok(Counted::default()), counted_row)
}

fn counting(
    version: &Version,
    ask: &Ask,
    (body, at): (Option<Uuid>, Timestamp),
    by: &str,
) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![at.0.into(), version.id.into(), ask.clause.clone().into()];
    let only = asked_of(ask, body, &mut values);
    let select = format!(
        "SELECT {by}, COUNT(DISTINCT a.person) AS people,
            COUNT(DISTINCT CASE WHEN g.acknowledged_at IS NOT NULL THEN a.person END) AS acknowledged,
            COUNT(DISTINCT CASE WHEN g.acknowledged_at IS NULL AND g.due_at < $1 THEN a.person END) AS overdue
         FROM organisations_appointment a
         LEFT JOIN policies_assignment g ON g.version = $2 AND g.clause = $3 AND g.person = a.person
         WHERE {only}"
    );
    (select, values)
}

fn counted_row(row: &Row) -> Result<Counted, StoreError> {
    Ok(Counted {
        people: row.get("people")?,
        acknowledged: row.get("acknowledged")?,
        overdue: row.get("overdue")?,
    })
}

/// Which of a version's assignments.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub standing: Option<Standing>,
    pub unit: Option<Uuid>,
    pub body: Option<Uuid>,
}

/// Of people who are still here, in the order of their assignment.
pub(super) async fn listed(
    sql: &impl Sql,
    version: Uuid,
    wanted: &Wanted,
    (after, now): (Uuid, Timestamp),
    limit: i64,
) -> Result<Vec<Assignment>, StoreError> {
    let mut values: Vec<Value> = vec![now.0.into(), version.into(), after.into(), limit.into()];
    let mut place = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let mut only = String::new();
    if let Some(unit) = wanted.unit {
        only += &format!(" AND g.unit = {}", place(unit.into()));
    }
    if let Some(body) = wanted.body {
        only += &format!(" AND g.body = {}", place(body.into()));
    }
    only += match wanted.standing {
        Some(Standing::Acknowledged) => " AND g.acknowledged_at IS NOT NULL",
        Some(Standing::Outstanding) => " AND g.acknowledged_at IS NULL AND g.due_at >= $1",
        Some(Standing::Overdue) => " AND g.acknowledged_at IS NULL AND g.due_at < $1",
        None => "",
    };
    let select = format!(
        "SELECT {COLUMNS} FROM policies_assignment g
         WHERE g.version = $2 AND g.id > $3 AND {STILL_HERE}{only} ORDER BY g.id LIMIT $4"
    );
    sql.list(&select, values, read).await
}

fn read(row: &Row) -> Result<Assignment, StoreError> {
    Ok(Assignment {
        id: row.get("id")?,
        policy: row.get("policy")?,
        version: row.get("version")?,
        clause: row.get("clause")?,
        person: row.get("person")?,
        body: row.get("body")?,
        unit: row.get("unit")?,
        assigned_at: Timestamp(row.get("assigned_at")?),
        due_at: Timestamp(row.get("due_at")?),
        acknowledged_at: row.get::<Option<i64>>("acknowledged_at")?.map(Timestamp),
    })
}
