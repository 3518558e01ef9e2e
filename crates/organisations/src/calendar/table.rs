//! The SQL of hours and holidays.

use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{
    Calendar, Hours,
    change::{Change, ChangeCalendar, Holiday, Scope},
};

/// The calendar of a body: its own hours, else the state's, else the defaults; its own holidays and the state's.
pub async fn calendar(sql: &impl Sql, body: Uuid) -> Result<Calendar, StoreError> {
    let select = "SELECT day FROM organisations_holiday WHERE body = $1
        UNION ALL SELECT day FROM organisations_state_holiday";
    let days = sql.all(select, vec![body.into()]).await?;
    let hours = hours_of(sql, Some(body)).await?.map(|(hours, _)| hours).unwrap_or_default();
    let holidays: Vec<i64> = days.iter().map(|row| row.get("day")).collect::<Result<_, _>>()?;
    Ok(Calendar::new(hours, holidays))
}

/// The hours of a body, or of the state when it has none of its own or none is named; and whether they are its own.
/// Nothing when nobody has set any.
pub async fn hours_of(sql: &impl Sql, body: Option<Uuid>) -> Result<Option<(Hours, bool)>, StoreError> {
    let select =
        "SELECT CAST(0 AS BIGINT) AS place, weekend_days, opens_minute, closes_minute, offset_minutes
            FROM organisations_hours WHERE body = $1
        UNION ALL SELECT CAST(1 AS BIGINT) AS place, weekend_days, opens_minute, closes_minute, offset_minutes
            FROM organisations_state_hours
        ORDER BY place LIMIT 1";
    let row = sql.one(select, vec![body.unwrap_or_default().into()]).await?;
    row.map(|row| Ok((hours_from(&row)?, row.get::<i64>("place")? == 0))).transpose()
}

/// The holidays of a body from one day to before another, in order, each with whether the whole state keeps it; of the
/// state alone when no body is named.
pub async fn holidays(
    sql: &impl Sql,
    body: Option<Uuid>,
    from: i64,
    until: i64,
) -> Result<Vec<(Holiday, bool)>, StoreError> {
    let select =
        "SELECT day, name_ar, name_en, CAST(1 AS BIGINT) AS of_state FROM organisations_state_holiday
            WHERE day >= $2 AND day < $3
        UNION ALL SELECT day, name_ar, name_en, CAST(0 AS BIGINT) AS of_state FROM organisations_holiday
            WHERE body = $1 AND day >= $2 AND day < $3
        ORDER BY day, of_state DESC";
    let values = vec![body.unwrap_or_default().into(), from.into(), until.into()];
    let rows = sql.all(select, values).await?;
    rows.iter()
        .map(|row| {
            let holiday = Holiday { day: row.get("day")?, name: name_from(row)? };
            Ok((holiday, row.get::<i64>("of_state")? == 1))
        })
        .collect()
}

/// A change of a calendar as it was made.
#[derive(Clone, Debug)]
pub struct ChangeMade {
    pub version: i64,
    pub change: Change,
    pub reason: String,
    pub source: String,
    pub actor: Option<Uuid>,
    pub at: Timestamp,
}

/// The changes of a calendar before a version, the newest first.
pub async fn calendar_changes(
    sql: &impl Sql,
    scope: Scope,
    before: i64,
    limit: i64,
) -> Result<Vec<ChangeMade>, StoreError> {
    let select = "SELECT version, what, reason, source, actor, at FROM organisations_calendar_change
        WHERE scope = $1 AND version < $2 ORDER BY version DESC LIMIT $3";
    let rows = sql.all(select, vec![scope.word().into(), before.into(), limit.into()]).await?;
    rows.iter().map(change_from).collect()
}

/// Keeps a change as the next version of its calendar.
pub(super) async fn add_change(tx: &Tx, made: &ChangeCalendar) -> Result<i64, StoreError> {
    let scope = made.scope.word();
    let select =
        "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) AS version FROM organisations_calendar_change
        WHERE scope = $1";
    let last = tx.one(select, vec![scope.clone().into()]).await?;
    let version = last.map_or(Ok(0), |row| row.get::<i64>("version"))? + 1;
    let what = serde_json::to_string(&made.change).map_err(|error| StoreError::Shape(error.to_string()))?;
    let insert = "INSERT INTO organisations_calendar_change (scope, version, what, reason, source, actor, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = vec![
        scope.into(),
        version.into(),
        what.into(),
        made.reason.trim().into(),
        made.source.trim().into(),
        made.actor.into(),
        made.at.0.into(),
    ];
    tx.run(insert, values).await?;
    Ok(version)
}

pub(super) async fn put_hours(tx: &Tx, scope: Scope, hours: &Hours) -> Result<(), StoreError> {
    let (table, column, key) = match scope {
        Scope::State => ("organisations_state_hours", "id", Value::from(1_i64)),
        Scope::Body(body) => ("organisations_hours", "body", body.into()),
    };
    let upsert = format!(
        "INSERT INTO {table} ({column}, weekend_days, opens_minute, closes_minute, offset_minutes)
            VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT ({column}) DO UPDATE SET weekend_days = excluded.weekend_days,
            opens_minute = excluded.opens_minute, closes_minute = excluded.closes_minute,
            offset_minutes = excluded.offset_minutes"
    );
    let values = vec![
        key,
        i64::from(hours.weekend_days).into(),
        i64::from(hours.opens_minute).into(),
        i64::from(hours.closes_minute).into(),
        i64::from(hours.offset_minutes).into(),
    ];
    tx.run(&upsert, values).await.map(drop)
}

pub(super) async fn put_holiday(tx: &Tx, scope: Scope, day: i64, name: &Text) -> Result<(), StoreError> {
    let mut values = vec![day.into(), name.ar.clone().into(), name.en.clone().into()];
    let upsert = match scope {
        Scope::State => {
            "INSERT INTO organisations_state_holiday (day, name_ar, name_en) VALUES ($1, $2, $3)
             ON CONFLICT (day) DO UPDATE SET name_ar = excluded.name_ar, name_en = excluded.name_en"
        }
        Scope::Body(body) => {
            values.push(body.into());
            "INSERT INTO organisations_holiday (day, name_ar, name_en, body) VALUES ($1, $2, $3, $4)
             ON CONFLICT (body, day) DO UPDATE SET name_ar = excluded.name_ar, name_en = excluded.name_en"
        }
    };
    tx.run(upsert, values).await.map(drop)
}

/// The name of a holiday, where the day is one.
pub(super) async fn holiday(tx: &Tx, scope: Scope, day: i64) -> Result<Option<Text>, StoreError> {
    let row = match scope {
        Scope::State => {
            let select = "SELECT name_ar, name_en FROM organisations_state_holiday WHERE day = $1";
            tx.one(select, vec![day.into()]).await?
        }
        Scope::Body(body) => {
            let select = "SELECT name_ar, name_en FROM organisations_holiday WHERE day = $1 AND body = $2";
            tx.one(select, vec![day.into(), body.into()]).await?
        }
    };
    row.as_ref().map(name_from).transpose()
}

/// True when the day was a holiday and is none any more.
pub(super) async fn remove_holiday(tx: &Tx, scope: Scope, day: i64) -> Result<bool, StoreError> {
    let removed = match scope {
        Scope::State => {
            tx.run("DELETE FROM organisations_state_holiday WHERE day = $1", vec![day.into()]).await?
        }
        Scope::Body(body) => {
            let delete = "DELETE FROM organisations_holiday WHERE day = $1 AND body = $2";
            tx.run(delete, vec![day.into(), body.into()]).await?
        }
    };
    Ok(removed == 1)
}

/// Moves with every change of a calendar; whoever holds calendars in memory reads them anew when it has moved.
pub async fn generation(sql: &impl Sql) -> Result<i64, StoreError> {
    let row = sql.one("SELECT value FROM organisations_generation WHERE id = 1", vec![]).await?;
    row.ok_or_else(|| StoreError::Shape("organisations_generation".into()))?.get("value")
}

pub(super) async fn move_generation(tx: &Tx) -> Result<(), StoreError> {
    tx.run("UPDATE organisations_generation SET value = value + 1 WHERE id = 1", vec![]).await.map(drop)
}

/// A day as people and programs write it: `2026-03-01`.
pub fn day_in_words(day: i64) -> String {
    let mut words = Timestamp::midnight(day).to_string();
    words.truncate("2026-03-01".len());
    words
}

fn name_from(row: &Row) -> Result<Text, StoreError> {
    Ok(Text::new(row.get::<String>("name_ar")?, row.get::<String>("name_en")?))
}

fn change_from(row: &Row) -> Result<ChangeMade, StoreError> {
    let what: String = row.get("what")?;
    Ok(ChangeMade {
        version: row.get("version")?,
        change: serde_json::from_str(&what).map_err(|error| StoreError::Shape(error.to_string()))?,
        reason: row.get("reason")?,
        source: row.get("source")?,
        actor: row.get("actor")?,
        at: Timestamp(row.get("at")?),
    })
}

fn hours_from(row: &Row) -> Result<Hours, StoreError> {
    Ok(Hours {
        weekend_days: narrow(row, "weekend_days")?,
        opens_minute: narrow(row, "opens_minute")?,
        closes_minute: narrow(row, "closes_minute")?,
        offset_minutes: narrow(row, "offset_minutes")?,
    })
}

fn narrow<T: TryFrom<i64>>(row: &Row, column: &str) -> Result<T, StoreError> {
    T::try_from(row.get::<i64>(column)?).map_err(|_| StoreError::Shape(column.into()))
}
