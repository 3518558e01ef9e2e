//! The SQL of plans, slots and appointments.

use std::collections::HashMap;

use authz::Failure;
use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Appointment, AppointmentState, Handover, Plan};

const PLAN: &str =
    "id, body, entry, place_ar, place_en, days, opens_minute, closes_minute, slot_minutes, capacity";

pub(crate) async fn insert_plan(tx: &Tx, plan: &Plan, by: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let insert = "INSERT INTO appointment_plan (id, body, entry, place_ar, place_en, days, opens_minute,
            closes_minute, slot_minutes, capacity, set_by, set_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let values = vec![
        plan.id.into(),
        plan.body.into(),
        plan.entry.into(),
        plan.place.ar.clone().into(),
        plan.place.en.clone().into(),
        plan.days.into(),
        plan.opens_minute.into(),
        plan.closes_minute.into(),
        plan.slot_minutes.into(),
        plan.capacity.into(),
        by.into(),
        at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(crate) async fn end_plans(tx: &Tx, body: Uuid, entry: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let update =
        "UPDATE appointment_plan SET ended_at = $3 WHERE body = $1 AND entry = $2 AND ended_at IS NULL";
    tx.run(update, vec![body.into(), entry.into(), at.0.into()]).await.map(drop)
}

/// The plan under which a service is collected now.
pub(crate) async fn plan_of(sql: &impl Sql, entry: Uuid) -> Result<Option<Plan>, StoreError> {
    let select = format!("SELECT {PLAN} FROM appointment_plan WHERE entry = $1 AND ended_at IS NULL LIMIT 1");
    sql.find(&select, vec![entry.into()], plan).await
}

/// A plan, in force or ended.
pub(crate) async fn plan_by_id(sql: &impl Sql, id: Uuid) -> Result<Option<Plan>, StoreError> {
    let select = format!("SELECT {PLAN} FROM appointment_plan WHERE id = $1");
    sql.find(&select, vec![id.into()], plan).await
}

/// The plans of a body in force; a body has at most one for each of its services.
pub(crate) async fn plans_at(sql: &impl Sql, body: Uuid) -> Result<Vec<Plan>, StoreError> {
    let select =
        format!("SELECT {PLAN} FROM appointment_plan WHERE body = $1 AND ended_at IS NULL ORDER BY id");
    sql.list(&select, vec![body.into()], plan).await
}

/// Takes a place if one is left. The slot's row is locked by the change, so that two who come for the last place
/// find it one after the other: the condition is looked at again by the second.
pub(crate) async fn take(tx: &Tx, plan: &Plan, starts_at: Timestamp) -> Result<bool, StoreError> {
    let insert = "INSERT INTO appointment_slot (plan, starts_at, taken) VALUES ($1, $2, 0)
        ON CONFLICT (plan, starts_at) DO NOTHING";
    tx.run(insert, vec![plan.id.into(), starts_at.0.into()]).await?;
    let update = "UPDATE appointment_slot SET taken = taken + 1
        WHERE plan = $1 AND starts_at = $2 AND taken < $3";
    let values = vec![plan.id.into(), starts_at.0.into(), plan.capacity.into()];
    Ok(tx.run(update, values).await? == 1)
}

/// Gives a place back.
pub(crate) async fn free(tx: &Tx, plan: Uuid, starts_at: Timestamp) -> Result<(), StoreError> {
    let update =
        "UPDATE appointment_slot SET taken = taken - 1 WHERE plan = $1 AND starts_at = $2 AND taken > 0";
    tx.run(update, vec![plan.into(), starts_at.0.into()]).await.map(drop)
}

/// How many places are taken in each slot of a span; a slot that nobody took is not in the answer.
pub(crate) async fn taken_between(
    sql: &impl Sql,
    plan: Uuid,
    from: Timestamp,
    until: Timestamp,
) -> Result<HashMap<Timestamp, i64>, StoreError> {
    let select = "SELECT starts_at, taken FROM appointment_slot
        WHERE plan = $1 AND starts_at >= $2 AND starts_at < $3";
    let rows = sql.all(select, vec![plan.into(), from.0.into(), until.0.into()]).await?;
    rows.iter().map(|row| Ok((Timestamp(row.get("starts_at")?), row.get("taken")?))).collect()
}

const COLUMNS: &str = "a.id, a.request, a.body, a.plan, a.starts_at, a.ends_at, a.state, a.sequence,
    a.booked_at, a.changed_at, a.reminded_at, a.collected_by, a.collected_identifier, a.handed_over_by,
    a.handed_over_at";

pub(crate) async fn insert(tx: &Tx, appointment: &Appointment) -> Result<(), StoreError> {
    let insert = "INSERT INTO appointment (id, request, body, plan, starts_at, ends_at, state, sequence,
            booked_at, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let values = vec![
        appointment.id.into(),
        appointment.request.into(),
        appointment.body.into(),
        appointment.plan.into(),
        appointment.starts_at.0.into(),
        appointment.ends_at.0.into(),
        appointment.state.word().into(),
        appointment.sequence.into(),
        appointment.booked_at.0.into(),
        appointment.changed_at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

/// Writes what a verb changed, if nobody else changed it since it was read. False when somebody did.
pub(crate) async fn update(tx: &Tx, appointment: &Appointment) -> Result<bool, StoreError> {
    let update =
        "UPDATE appointment SET plan = $3, starts_at = $4, ends_at = $5, state = $6, changed_at = $7,
            reminded_at = $8, collected_by = $9, collected_identifier = $10, handed_over_by = $11,
            handed_over_at = $12, sequence = sequence + 1
        WHERE id = $1 AND sequence = $2";
    let handover = appointment.handover.as_ref();
    let values = vec![
        appointment.id.into(),
        appointment.sequence.into(),
        appointment.plan.into(),
        appointment.starts_at.0.into(),
        appointment.ends_at.0.into(),
        appointment.state.word().into(),
        appointment.changed_at.0.into(),
        appointment.reminded_at.map(|at| at.0).into(),
        handover.map(|handover| handover.collected_by.clone()).into(),
        handover.map(|handover| handover.identifier.clone()).into(),
        handover.map(|handover| handover.officer).into(),
        handover.map(|handover| handover.at.0).into(),
    ];
    Ok(tx.run(update, values).await? == 1)
}

pub(crate) async fn by_id(sql: &impl Sql, id: Uuid) -> Result<Option<Appointment>, Failure> {
    let select = format!("SELECT {COLUMNS} FROM appointment a WHERE a.id = $1");
    Ok(sql.find(&select, vec![id.into()], appointment).await?)
}

/// The newest appointment of a request that was not cancelled.
pub(crate) async fn of_request(sql: &impl Sql, request: Uuid) -> Result<Option<Appointment>, Failure> {
    let select = format!(
        "SELECT {COLUMNS} FROM appointment a WHERE a.request = $1 AND a.state <> 'cancelled'
         ORDER BY a.id DESC LIMIT 1"
    );
    Ok(sql.find(&select, vec![request.into()], appointment).await?)
}

/// A line of the day list.
pub(crate) struct DayLine {
    pub appointment: Appointment,
    pub number: String,
    pub entry: Uuid,
    pub applicant: Uuid,
}

/// Who comes to a body in a span, after a place in the list.
pub(crate) async fn coming(
    sql: &impl Sql,
    body: Uuid,
    after: (i64, Uuid),
    until: Timestamp,
    limit: i64,
) -> Result<Vec<DayLine>, Failure> {
    let select = format!(
        "SELECT {COLUMNS}, r.number, r.entry, r.applicant FROM appointment a JOIN request r ON r.id = a.request
         WHERE a.body = $1 AND a.state <> 'cancelled' AND (a.starts_at, a.id) > ($2, $3) AND a.starts_at < $4
         ORDER BY a.starts_at, a.id LIMIT $5"
    );
    let values = vec![body.into(), after.0.into(), after.1.into(), until.0.into(), limit.into()];
    let rows = sql.all(&select, values).await?;
    let line = |row: &Row| -> Result<DayLine, Failure> {
        Ok(DayLine {
            appointment: appointment(row)?,
            number: row.get("number")?,
            entry: row.get("entry")?,
            applicant: row.get("applicant")?,
        })
    };
    rows.iter().map(line).collect()
}

fn plan(row: &Row) -> Result<Plan, StoreError> {
    Ok(Plan {
        id: row.get("id")?,
        body: row.get("body")?,
        entry: row.get("entry")?,
        place: Text::new(row.get::<String>("place_ar")?, row.get::<String>("place_en")?),
        days: row.get("days")?,
        opens_minute: row.get("opens_minute")?,
        closes_minute: row.get("closes_minute")?,
        slot_minutes: row.get("slot_minutes")?,
        capacity: row.get("capacity")?,
    })
}

fn appointment(row: &Row) -> Result<Appointment, StoreError> {
    let word: String = row.get("state")?;
    let moment = |column| -> Result<Timestamp, StoreError> { Ok(Timestamp(row.get(column)?)) };
    let handover = match row.get::<Option<i64>>("handed_over_at")? {
        None => None,
        Some(at) => Some(Handover {
            collected_by: row.get("collected_by")?,
            identifier: row.get("collected_identifier")?,
            officer: row.get("handed_over_by")?,
            at: Timestamp(at),
        }),
    };
    Ok(Appointment {
        id: row.get("id")?,
        request: row.get("request")?,
        body: row.get("body")?,
        plan: row.get("plan")?,
        starts_at: moment("starts_at")?,
        ends_at: moment("ends_at")?,
        state: AppointmentState::named(&word)
            .ok_or_else(|| StoreError::Shape(format!("state of an appointment: {word}")))?,
        sequence: row.get("sequence")?,
        booked_at: moment("booked_at")?,
        changed_at: moment("changed_at")?,
        reminded_at: row.get::<Option<i64>>("reminded_at")?.map(Timestamp),
        handover,
    })
}
