//! The SQL of assignment.

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Rule, Way};
use crate::request::Desk;

const COLUMNS: &str = "body, role, entry, way, last";

/// The rule of the service, or else of the body.
pub(crate) async fn rule_for(sql: &impl Sql, desk: &Desk, entry: Uuid) -> Result<Option<Rule>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM assignment_rule WHERE body = $1 AND role = $2 AND entry IN ($3, $4)
         ORDER BY entry DESC LIMIT 1"
    );
    let values = vec![desk.body.into(), desk.role.as_str().into(), entry.into(), Uuid::nil().into()];
    sql.find(&select, values, rule).await
}

pub(crate) async fn rules(sql: &impl Sql, body: Uuid) -> Result<Vec<Rule>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM assignment_rule WHERE body = $1 ORDER BY role, entry");
    sql.list(&select, vec![body.into()], rule).await
}

pub(super) async fn set_rule(tx: &Tx, rule: &Rule) -> Result<(), StoreError> {
    let upsert = "INSERT INTO assignment_rule (body, role, entry, way, last) VALUES ($1, $2, $3, $4, NULL)
        ON CONFLICT (body, role, entry) DO UPDATE SET way = excluded.way, last = NULL";
    let values = vec![
        rule.desk.body.into(),
        rule.desk.role.as_str().into(),
        rule.entry.into(),
        rule.way.word().into(),
    ];
    tx.run(upsert, values).await.map(drop)
}

pub(super) async fn turn(tx: &Tx, rule: &Rule, last: Option<Uuid>) -> Result<(), StoreError> {
    let update = "UPDATE assignment_rule SET last = $4 WHERE body = $1 AND role = $2 AND entry = $3";
    let values = vec![rule.desk.body.into(), rule.desk.role.as_str().into(), rule.entry.into(), last.into()];
    tx.run(update, values).await.map(drop)
}

/// Who held the request's task of this kind the last time.
pub(super) async fn holder_before(
    sql: &impl Sql,
    request: Uuid,
    desk: &Desk,
) -> Result<Option<Uuid>, StoreError> {
    let select =
        "SELECT holder FROM task WHERE request = $1 AND body = $2 AND role = $3 AND holder IS NOT NULL
        ORDER BY id DESC LIMIT 1";
    let row = sql.one(select, vec![request.into(), desk.body.into(), desk.role.as_str().into()]).await?;
    row.map(|row| row.get("holder")).transpose()
}

/// Whoever is appointed to the desk and not away, in a fixed order.
pub(crate) async fn present(sql: &impl Sql, desk: &Desk, now: Timestamp) -> Result<Vec<Uuid>, StoreError> {
    let away = away(sql, desk.body).await?;
    let appointed = organisations::people_with(sql, &desk.role, desk.body, now).await?;
    Ok(appointed.into_iter().filter(|person| !away.contains(person)).collect())
}

pub(crate) async fn away(sql: &impl Sql, body: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let select = "SELECT person FROM assignment_absence WHERE body = $1 ORDER BY person";
    sql.all(select, vec![body.into()]).await?.iter().map(|row| row.get("person")).collect()
}

pub(super) async fn set_away(tx: &Tx, person: Uuid, body: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let insert = "INSERT INTO assignment_absence (person, body, since) VALUES ($1, $2, $3)
        ON CONFLICT (person, body) DO NOTHING";
    tx.run(insert, vec![person.into(), body.into(), at.0.into()]).await.map(drop)
}

pub(super) async fn set_present(tx: &Tx, person: Uuid, body: Uuid) -> Result<(), StoreError> {
    let delete = "DELETE FROM assignment_absence WHERE person = $1 AND body = $2";
    tx.run(delete, vec![person.into(), body.into()]).await.map(drop)
}

/// Open tasks of a body by holder.
pub(crate) async fn loads(sql: &impl Sql, body: Uuid) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let select = "SELECT holder, COUNT(*) AS held FROM task
        WHERE body = $1 AND done_at IS NULL AND holder IS NOT NULL GROUP BY holder";
    let rows = sql.all(select, vec![body.into()]).await?;
    rows.iter().map(|row| Ok((row.get("holder")?, row.get("held")?))).collect()
}

fn rule(row: &Row) -> Result<Rule, StoreError> {
    let word = |column| -> Result<String, StoreError> { row.get(column) };
    Ok(Rule {
        desk: Desk { role: word("role")?, body: row.get("body")? },
        entry: row.get("entry")?,
        way: Way::named(&word("way")?).ok_or_else(|| StoreError::Shape("way".into()))?,
        last: row.get("last")?,
    })
}
