//! The SQL of hours and holidays.

use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Calendar, Hours};

/// The calendar of a body; one that has set no hours keeps the defaults.
pub async fn calendar(sql: &impl Sql, body: Uuid) -> Result<Calendar, StoreError> {
    let select = "SELECT weekend_days, opens_minute, closes_minute, offset_minutes
        FROM organisations_hours WHERE body = $1";
    let hours = sql.one(select, vec![body.into()]).await?;
    let days = sql.all("SELECT day FROM organisations_holiday WHERE body = $1", vec![body.into()]).await?;
    let hours = hours.as_ref().map(hours_from).transpose()?.unwrap_or_default();
    let holidays: Vec<i64> = days.iter().map(|row| row.get("day")).collect::<Result<_, _>>()?;
    Ok(Calendar::new(hours, holidays))
}

pub(super) async fn put_hours(tx: &Tx, body: Uuid, hours: &Hours) -> Result<(), StoreError> {
    let upsert = "INSERT INTO organisations_hours
            (body, weekend_days, opens_minute, closes_minute, offset_minutes) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (body) DO UPDATE SET weekend_days = excluded.weekend_days,
            opens_minute = excluded.opens_minute, closes_minute = excluded.closes_minute,
            offset_minutes = excluded.offset_minutes";
    let values = vec![
        body.into(),
        i64::from(hours.weekend_days).into(),
        i64::from(hours.opens_minute).into(),
        i64::from(hours.closes_minute).into(),
        i64::from(hours.offset_minutes).into(),
    ];
    tx.run(upsert, values).await?;
    move_generation(tx).await
}

pub(super) async fn put_holiday(tx: &Tx, body: Uuid, day: i64, name: &Text) -> Result<(), StoreError> {
    let upsert = "INSERT INTO organisations_holiday (body, day, name_ar, name_en) VALUES ($1, $2, $3, $4)
        ON CONFLICT (body, day) DO UPDATE SET name_ar = excluded.name_ar, name_en = excluded.name_en";
    let values = vec![body.into(), day.into(), name.ar.clone().into(), name.en.clone().into()];
    tx.run(upsert, values).await?;
    move_generation(tx).await
}

/// True when the day was a holiday and is none any more.
pub(super) async fn remove_holiday(tx: &Tx, body: Uuid, day: i64) -> Result<bool, StoreError> {
    let delete = "DELETE FROM organisations_holiday WHERE body = $1 AND day = $2";
    let removed = tx.run(delete, vec![body.into(), day.into()]).await? == 1;
    if removed {
        move_generation(tx).await?;
    }
    Ok(removed)
}

/// Moves with every change of a calendar; whoever holds calendars in memory reads them anew when it has moved.
pub async fn generation(sql: &impl Sql) -> Result<i64, StoreError> {
    let row = sql.one("SELECT value FROM organisations_generation WHERE id = 1", vec![]).await?;
    row.ok_or_else(|| StoreError::Shape("organisations_generation".into()))?.get("value")
}

async fn move_generation(tx: &Tx) -> Result<(), StoreError> {
    tx.run("UPDATE organisations_generation SET value = value + 1 WHERE id = 1", vec![]).await.map(drop)
}

/// A day as people write it, for the ledger.
pub(super) fn day_in_words(day: i64) -> String {
    let mut words = Timestamp(day.saturating_mul(86_400_000_000)).to_string();
    words.truncate("2026-03-01".len());
    words
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
