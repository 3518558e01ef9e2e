//! The SQL of appointments. The sign-in crate joins this table in its one query a request.

use authz::Role;
use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::Appointment;

const COLUMNS: &str = "id, person, body, unit, role, from_at, until_at";

/// The roles that the person holds at this moment.
pub async fn roles_of(sql: &impl Sql, person: Uuid, now: Timestamp) -> Result<Vec<Role>, StoreError> {
    let select = "SELECT body, unit, role FROM organisations_appointment
        WHERE person = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2) ORDER BY id";
    let rows = sql.all(select, vec![person.into(), now.0.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Role { body: row.get("body")?, unit: row.get("unit")?, name: row.get("role")?, by: None })
        })
        .collect()
}

/// Every appointment that the person has or had, the newest first.
pub async fn appointments_of(sql: &impl Sql, person: Uuid) -> Result<Vec<Appointment>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM organisations_appointment WHERE person = $1 ORDER BY from_at DESC, id"
    );
    sql.list(&select, vec![person.into()], from_row).await
}

/// Who holds a role at a body at this moment: whom to tell about a piece of work.
pub async fn people_with(
    sql: &impl Sql,
    role: &str,
    body: Uuid,
    now: Timestamp,
) -> Result<Vec<Uuid>, StoreError> {
    let select = "SELECT DISTINCT person FROM organisations_appointment WHERE body = $1 AND role = $2
        AND from_at <= $3 AND (until_at IS NULL OR until_at > $3) ORDER BY person";
    let rows = sql.all(select, vec![body.into(), role.into(), now.0.into()]).await?;
    rows.iter().map(|row| row.get("person")).collect()
}

/// The registered heads of a unit at this moment; of a body as a whole where no unit is named.
pub async fn heads_of(
    sql: &impl Sql,
    body: Uuid,
    unit: Option<Uuid>,
    now: Timestamp,
) -> Result<Vec<Uuid>, StoreError> {
    let select = "SELECT DISTINCT person FROM organisations_appointment WHERE body = $1 AND role = 'head'
        AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)
        AND ((unit IS NULL AND $3 = $4) OR unit = $3) ORDER BY person";
    let nobody = Uuid::nil();
    let values = vec![body.into(), now.0.into(), unit.unwrap_or(nobody).into(), nobody.into()];
    sql.list(select, values, |row| row.get("person")).await
}

pub async fn find(sql: &impl Sql, id: Uuid) -> Result<Option<Appointment>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM organisations_appointment WHERE id = $1");
    sql.find(&select, vec![id.into()], from_row).await
}

pub(super) async fn insert(tx: &Tx, held: &Appointment) -> Result<(), StoreError> {
    let insert =
        format!("INSERT INTO organisations_appointment ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    let values = vec![
        held.id.into(),
        held.person.into(),
        held.body.into(),
        held.unit.into(),
        held.role.clone().into(),
        held.from.0.into(),
        held.until.map(Timestamp::micros).into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

/// True when the appointment was still open at `at` and ends there now.
pub(super) async fn end(tx: &Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE organisations_appointment SET until_at = $2
        WHERE id = $1 AND (until_at IS NULL OR until_at > $2)";
    Ok(tx.run(update, vec![id.into(), at.0.into()]).await? == 1)
}

/// Everybody's appointments at a body end; how many did.
pub(crate) async fn end_all_at(tx: &Tx, body: Uuid, at: Timestamp) -> Result<u64, StoreError> {
    let update = "UPDATE organisations_appointment SET until_at = $2
        WHERE body = $1 AND (until_at IS NULL OR until_at > $2)";
    tx.run(update, vec![body.into(), at.0.into()]).await
}

/// The appointments at a body that hold or are still to come, by role; the newest of each first.
pub async fn appointments_at(
    sql: &impl Sql,
    body: Uuid,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Appointment>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM organisations_appointment WHERE body = $1 AND (until_at IS NULL OR until_at > $2)
        ORDER BY role, id DESC LIMIT $3"
    );
    sql.list(&select, vec![body.into(), now.0.into(), limit.into()], from_row).await
}

/// The appointments at a body that are over, the last ended first.
pub async fn past_appointments_at(
    sql: &impl Sql,
    body: Uuid,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Appointment>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM organisations_appointment WHERE body = $1 AND until_at <= $2
        ORDER BY until_at DESC, id LIMIT $3"
    );
    sql.list(&select, vec![body.into(), now.0.into(), limit.into()], from_row).await
}

fn from_row(row: &Row) -> Result<Appointment, StoreError> {
    Ok(Appointment {
        id: row.get("id")?,
        person: row.get("person")?,
        body: row.get("body")?,
        unit: row.get("unit")?,
        role: row.get("role")?,
        from: Timestamp(row.get("from_at")?),
        until: row.get::<Option<i64>>("until_at")?.map(Timestamp),
    })
}
